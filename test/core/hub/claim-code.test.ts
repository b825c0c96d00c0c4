import { claimCodeBytes, claimCodeIn, claimCodeOf } from "@heatloop/core/hub/claim-code";
import fc from "fast-check";
import { expect, test } from "vitest";

const random = fc.uint8Array({ minLength: claimCodeBytes, maxLength: claimCodeBytes });

test("a code is three groups of four letters of which none looks like another", () => {
  fc.assert(
    fc.property(random, (bytes) => {
      expect(claimCodeOf(bytes)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    }),
  );
});

test("each letter is as likely as any other", () => {
  const codes = Array.from({ length: 256 }, (_, byte) => claimCodeOf(new Uint8Array(claimCodeBytes).fill(byte)));
  const counts = [...Map.groupBy(codes, (code) => code)].map(([, same]) => same.length);
  expect(counts).toEqual(new Array(32).fill(8));
});

test("a code is known however it is typed", () => {
  fc.assert(
    fc.property(random, (bytes) => {
      const code = claimCodeOf(bytes);
      const typed = ` ${code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l")} `;
      expect([claimCodeIn(code), claimCodeIn(code.replaceAll("-", "")), claimCodeIn(typed)]).toEqual([
        code,
        code,
        code,
      ]);
    }),
  );
});

test.each(["", "ABCD-EFGH", "ABCD-EFGH-JKMU", "ABCD-EFGH-JKM!", "ABCD-EFGH-JKMN-P", "A".repeat(200)])(
  "what can be no code is none: %j",
  (typed) => {
    expect(claimCodeIn(typed)).toBe(undefined);
  },
);
