import { describe, expect, it } from "vitest";
import { packed } from "../../lovelace-card/build/finished-tables.ts";
import { smaller } from "../../lovelace-card/build/small-css.ts";

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

  it("refuses a text that would break the packed table", () => {
    expect(() => packed({ en: { a: "x|y" } })).toThrow(/x\|y/);
  });
});
