import { describe, expect, it } from "vitest";
import { encodingOf } from "./api";

describe("encodingOf", () => {
  it.each([
    ["utf-8-sig", "UTF-8"],
    ["utf-16-le", "UTF-16"],
    ["gb18030", "GB18030"],
    ["cp950", "Big5"],
  ])("says %s as people know it", (name, said) => {
    expect(encodingOf(name)).toBe(said);
  });
});
