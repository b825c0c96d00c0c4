import { priceColumns, pricesHeader, slotReader, slotRow } from "@heatloop/core/cost/price-series";
import { splitRow } from "@heatloop/core/minute/csv-cells";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import fc from "fast-check";
import { expect, test } from "vitest";

const rome = zoneOf("Europe/Rome") as Zone;

test("what the archive writes of any slot is read back as it was", () => {
  const slot = fc.record({
    start: fc.integer({ min: 5_000_000, max: 6_500_000 }).map((cell) => cell * 300_000),
    length: fc.integer({ min: 1, max: 300 }),
    value: fc.integer({ min: -1e6, max: 1e8 }).map((hundredThousandths) => hundredThousandths / 1e5),
  });
  fc.assert(
    fc.property(slot, ({ start, length, value }) => {
      const written = { start, end: start + length * 300_000, value };
      const read = slotReader(splitRow(pricesHeader), rome, priceColumns);
      expect(read?.(splitRow(slotRow(written, rome)))).toEqual(written);
    }),
  );
});
