const ADDRESS = /url\("?([^")]+)"?\)/;

/** The rules of the fonts that the page draws with, the fonts themselves in them: a picture can ask no address. */
export async function fontsInUse(): Promise<string> {
  const drawn = new Set(
    [...document.fonts].filter((font) => font.status === "loaded").map((font) => plain(font.unicodeRange)),
  );
  const rules = [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSFontFaceRule);
  const wanted = rules.filter((rule) => drawn.has(plain(rule.style.getPropertyValue("unicode-range"))));
  return (await Promise.all(wanted.map(withItsFont))).join("\n");
}

const plain = (range: string) => range.replace(/\s/g, "").toUpperCase();

async function withItsFont(rule: CSSFontFaceRule): Promise<string> {
  const address = ADDRESS.exec(rule.style.getPropertyValue("src"))?.[1] ?? "";
  // eslint-disable-next-line no-restricted-globals -- a file of the page's own, nothing of the API
  const answer = await fetch(new URL(address, rule.parentStyleSheet?.href ?? document.baseURI));
  const inlined = await asAddress(await answer.blob());
  return rule.cssText.replace(ADDRESS, () => `url("${inlined}")`);
}

function asAddress(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => { resolve(reader.result as string); };
    reader.onerror = () => { reject(reader.error ?? new Error("unreadable")); };
    reader.readAsDataURL(file);
  });
}
