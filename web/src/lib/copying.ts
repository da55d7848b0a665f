/**
 * Puts a text on the clipboard; false where the browser lets nobody. Over plain http there is no
 * `navigator.clipboard`: then the text is selected where it takes no focus, and copied as by hand.
 */
export async function copyText(text: string): Promise<boolean> {
  // Typed as always there, and absent outside a secure context.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  try {
    if (clipboard) { await clipboard.writeText(text); return true; }
  } catch { /* Not allowed to: the old way may be. */ }
  return copyBySelection(text);
}

function copyBySelection(text: string): boolean {
  const held = document.createElement("span");
  held.textContent = text;
  held.style.cssText = "position: fixed; top: 0; white-space: pre; opacity: 0; user-select: text";
  document.body.append(held);
  const selection = getSelection();
  const before = selection?.rangeCount ? selection.getRangeAt(0) : null;
  const plainly = (event: ClipboardEvent) => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
  };
  document.addEventListener("copy", plainly);
  try {
    selection?.removeAllRanges();
    const range = document.createRange();
    range.selectNodeContents(held);
    selection?.addRange(range);
    return document.execCommand("copy");
  } finally {
    document.removeEventListener("copy", plainly);
    selection?.removeAllRanges();
    if (before) selection?.addRange(before);
    held.remove();
  }
}
