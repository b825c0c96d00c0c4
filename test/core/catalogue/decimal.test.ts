import { decimalOf, decimalOfBytes } from "@heatloop/core/catalogue/decimal";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe("a plain decimal number", () => {
  it.each([
    ["21.3", 21.3],
    ["21.299999", 21.299999],
    ["-3.50", -3.5],
    ["+7", 7],
    ["0", 0],
    ["007", 7],
    ["123456789012345678", 123456789012345680],
    ["0.12345678901234567890", 0.12345678901234568],
    ["12345678901234567890.12345678901234567890", 12345678901234567000],
  ])("%s is %d, as text and as bytes", (text, value) => {
    expect({ text: decimalOf(text), bytes: decimalOfBytes(bytesOf(text)) }).toEqual({ text: value, bytes: value });
  });

  it.each([
    "",
    "+",
    "-",
    ".",
    ".5",
    "5.",
    "1.2.3",
    "1e3",
    "0x10",
    " 1",
    "1 ",
    "1\n",
    "--1",
    "nan",
    "12°",
    "٣",
    "123456789012345678901",
    "0.123456789012345678901",
    "1".repeat(1024),
  ])("%j is none, as text and as bytes", (text) => {
    const read = { text: decimalOf(text), bytes: decimalOfBytes(bytesOf(text)) };
    expect(read).toEqual({ text: Number.NaN, bytes: Number.NaN });
  });

  it("is the same of any bytes as of their text", () => {
    const alphabet = fc.constantFrom(..."0123456789.+-e x°");
    fc.assert(
      fc.property(fc.string({ unit: alphabet, maxLength: 50 }), (text) => {
        expect(decimalOfBytes(bytesOf(text))).toBe(decimalOf(text));
      }),
    );
  });

  it("that JavaScript prints is read back as it was", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }), (number) => {
        const text = number.toString();
        fc.pre(!text.includes("e"));
        const digits = text.split(".")[1]?.length ?? 0;
        fc.pre(digits <= 20);
        expect(decimalOfBytes(bytesOf(text))).toBe(number === 0 ? 0 : number);
      }),
    );
  });
});
