import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import en from "@/locales/en";
import zh from "@/locales/zh-CN";
import { languageOf, preferredLanguage } from ".";

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, prefix = ""): Record<string, string> {
  return Object.entries(tree).reduce<Record<string, string>>((all, [key, value]) => ({
    ...all, ...(typeof value === "string" ? { [prefix + key]: value } : flat(value, `${prefix}${key}.`)),
  }), {});
}

const english = flat(en as Tree);
const chinese = flat(zh as Tree);
const HAN = /\p{Script=Han}/u;
/** Names, commands and formats that are the same in every language. */
const ALLOWED = /\{\{\w+(?:, number)?\}\}|Rapport|rapport events replay|XLSX|CSV|PNG|Shift|MB|ID/g;

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "locales" ? [] : sources(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.includes(".test.") ? [path] : [];
  });
}

/** Whether the sources of a namespace say a word: whole, around the blank of a template, or as two blanks. */
function says(source: string, namespace: string, word: string): boolean {
  if ([`"${word}"`, `"${namespace}:${word}"`].some((text) => source.includes(text))) return true;
  return [...word.matchAll(/[._]/g)].some(({ index }) => {
    const [before, after] = [word.slice(0, index), word.slice(index)];
    return (
      [`\`${before}${word[index]}\${`, `\`${namespace}:${before}${word[index]}\${`, `}${after}\``].some((text) =>
        source.includes(text),
      )
      || (source.includes("}.${") && source.includes(`"${before}"`))
    );
  });
}

describe("the two languages", () => {
  it("have the same keys; Chinese needs no singular", () => {
    expect(Object.keys(chinese).sort()).toEqual(Object.keys(english).filter((key) => !key.endsWith("_one")).sort());
  });
  it("have no empty word and the same blanks to fill in", () => {
    const blanks = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();
    for (const [key, text] of Object.entries(chinese)) {
      expect(text.trim(), key).not.toBe("");
      expect(blanks(text), key).toEqual(blanks(english[key] ?? ""));
    }
  });
  it("are never mixed", () => {
    for (const [key, text] of Object.entries(english)) expect(HAN.test(text), `${key}: ${text}`).toBe(false);
    for (const [key, text] of Object.entries(chinese))
      expect(/[A-Za-z]{2,}/.test(text.replace(ALLOWED, "")), `${key}: ${text}`).toBe(false);
  });
  it("hold no word that nothing says", () => {
    const texts = sources(join(__dirname, "..")).map((path) => readFileSync(path, "utf8"));
    const unsaid = Object.entries(en as Tree).flatMap(([namespace, words]) => {
      const source = texts
        .filter((text) => text.includes(`"${namespace}"`) || text.includes(`${namespace}:`))
        .join("\n");
      return Object.keys(flat(words as Tree))
        .filter((word) => !says(source, namespace, word.replace(/_(one|other)$/, "")))
        .map((word) => `${namespace}.${word}`);
    });
    expect(unsaid).toEqual([]);
  });
  it("are written in the locale files only", () => {
    const stray = sources(join(__dirname, "..")).flatMap((path) =>
      readFileSync(path, "utf8")
        .split("\n")
        .filter(
          (line) =>
            HAN.test(line) && !/provinces|OWN_NAME|tokenSeparators|^\s*"[\p{Script=Han}", ]+$/u.test(path + line),
        )
        .map((line) => `${path}: ${line.trim()}`),
    );
    expect(stray).toEqual([]);
  });
});

describe("which language", () => {
  it("is the person's choice, then the browser's, then Chinese", () => {
    expect(preferredLanguage("en", ["zh-CN"])).toBe("en");
    expect(preferredLanguage(null, ["fr", "en-GB"])).toBe("en");
    expect(preferredLanguage(null, ["zh-TW"])).toBe("zh-CN");
    expect(preferredLanguage(null, ["fr"])).toBe("zh-CN");
  });
  it("is told by the server in either form", () => {
    expect([languageOf("zh"), languageOf("zh-CN"), languageOf("en")]).toEqual(["zh-CN", "zh-CN", "en"]);
  });
});
