import { describe, expect, it } from "vitest";
import { packed } from "../../../lovelace-card/build/finished-tables.ts";
import { sheetsLast, smaller } from "../../../lovelace-card/build/small-css.ts";

describe("the build", () => {
  it.each([
    ["a {\n  color: red;\n}\n", "a{color:red}"],
    [
      ".a .b,\n.c > .d :hover { margin: 0 1px; padding: calc(1px + 2px) }",
      ".a .b,.c > .d :hover{margin:0 1px;padding:calc(1px + 2px)}",
    ],
    ["@container card (max-width: 150px) { a { b: c } }", "@container card (max-width:150px){a{b:c}}"],
    ["/* why */ a { b: var(--x, #fff) }", "a{b:var(--x,#fff)}"],
  ])("makes CSS smaller: %j", (css, expected) => {
    expect(smaller(css)).toBe(expected);
  });

  it("puts style sheets together at the end, where each is still what it was", () => {
    const code = 'const a=c`/*css*/a{b:c}`,d=c`/*css*/e{f:"\\\\201c"}`,g=`h{i:j}`;return[a,d,g].join("")';
    const run = (text: string) => new Function("c", text)((sheet: readonly string[]) => sheet[0]);
    const moved = sheetsLast(code);
    expect(moved.indexOf("a{b:c}")).toBeGreaterThan(moved.indexOf("return"));
    expect(run(moved)).toBe(run(code).replaceAll("/*css*/", ""));
  });

  it("refuses a text that would break the packed table", () => {
    expect(() => packed({ en: { a: "x|y" } })).toThrow(/x\|y/);
  });
});
