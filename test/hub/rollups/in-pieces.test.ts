import { datesBetween } from "@heatloop/core/time/local-day";
import { inPieces } from "@heatloop/hub/rollups/in-pieces";
import fc from "fast-check";
import { expect, test } from "vitest";

const all = datesBetween("2026-02-20", "2027-03-05");

test("pieces have all that the dates have, in their order, and no more of them is read than it takes", async () => {
  const date = fc.nat(all.length - 1);
  await fc.assert(
    fc.asyncProperty(
      ...([
        date,
        date,
        fc.uniqueArray(date),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 100 }),
      ] as const),
      async (one, other, withItems, daysAtOnce, most) => {
        const [from, to] = [all[Math.min(one, other)] ?? "", all[Math.max(one, other)] ?? ""];
        const items = withItems.map((nth) => all[nth] ?? "").sort();
        const read: string[] = [];
        const found = await inPieces({ from, to }, { daysAtOnce, most }, async (piece) => {
          const dates = datesBetween(piece.from, piece.to);
          expect(dates.length).toBeLessThanOrEqual(daysAtOnce);
          read.push(...dates);
          return items.filter((each) => dates.includes(each));
        });
        const expected = items.filter((each) => each >= from && each <= to);
        expect(found.slice(0, most)).toEqual(expected.slice(0, most));
        expect(found.length).toBeLessThan(most + daysAtOnce);
        expect(read).toEqual(datesBetween(from, to).slice(0, read.length));
      },
    ),
  );
});
