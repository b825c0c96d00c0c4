import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minuteChooser } from "#scripts/migrating/chosen-minutes.ts";
import { knownS, pairMinutes } from "#scripts/migrating/minute-pairs.ts";
import { total } from "#test/core/examples/example-readings.ts";
import { beginAt, countedBy, dayOf, type Outage, rowsHeard } from "./heard-twice.ts";

const minutes = 400;

function merge(old: readonly Minute[], fresh: readonly Minute[]): Minute[] {
  const chooser = minuteChooser(dayOf);
  return pairMinutes(old, fresh).map((pair, i, pairs) => chooser.choose(pair, pairs[i + 1]).minute);
}

/** Times of silence of either program of which no two touch; what a program that never ends has to make up for. */
const outages = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 5, max: 60 }),
      length: fc.integer({ min: 1, max: 40 }),
      side: fc.boolean(),
      isDown: fc.boolean(),
    }),
    { maxLength: 6 },
  )
  .map((drawn) => {
    const of: { readonly old: Outage[]; readonly new: Outage[] } = { old: [], new: [] };
    let from = 3;
    for (const { gap, length, side, isDown } of drawn) {
      from += gap;
      if (from + length + 5 > minutes) break;
      of[side ? "old" : "new"].push({
        from: from + (isDown ? 0 : 0.5),
        minutes: length,
        kind: isDown ? "down" : "deaf",
      });
      from += length;
    }
    return of;
  });
const runs = fc
  .array(fc.integer({ min: 4, max: 30 }), { minLength: 1, maxLength: 4 })
  .map((lengths) => lengths.flatMap((each) => [each, each + 3]));

describe("two archives of one heat pump, of which one or the other misses something", () => {
  it("make one in which every minute is once, and electricity and starts are those of the heat pump", () => {
    fc.assert(
      fc.property(runs, outages, (runs, { old, new: fresh }) => {
        const [oldRows, newRows] = [rowsHeard(runs, minutes, old), rowsHeard(runs, minutes, fresh)];
        const merged = merge(oldRows, newRows);
        expect(merged.map(({ at }) => at)).toEqual(
          Array.from({ length: minutes - 1 }, (_, i) => beginAt + i * minuteMs),
        );
        const counted = countedBy(runs, minutes - 1);
        expect(total(merged, "electricity_wh")).toBe(counted.electricityWh);
        expect(total(merged, "starts")).toBe(counted.starts);
      }),
    );
  });

  it("make one that knows of no minute less than either of them, and as much heat as one that missed nothing", () => {
    fc.assert(
      fc.property(runs, outages, (runs, { old, new: fresh }) => {
        const [oldRows, newRows] = [rowsHeard(runs, minutes, old), rowsHeard(runs, minutes, fresh)];
        const merged = merge(oldRows, newRows);
        const pairs = pairMinutes(oldRows, newRows);
        for (const [i, minute] of merged.entries()) {
          expect(knownS(minute)).toBeGreaterThanOrEqual(Math.max(knownS(pairs[i]?.old), knownS(pairs[i]?.new)) - 2);
        }
        const all = total(rowsHeard(runs, minutes, []), "heat_wh") ?? 0;
        // Two seconds a minute are within what two programs hear apart.
        expect(Math.abs((total(merged, "heat_wh") ?? 0) - all)).toBeLessThanOrEqual(all * (2 / 60) + 1);
      }),
    );
  });

  it("are the same again when the old one is brought in once more", () => {
    fc.assert(
      fc.property(runs, outages, (runs, { old, new: fresh }) => {
        const oldRows = rowsHeard(runs, minutes, old);
        const merged = merge(oldRows, rowsHeard(runs, minutes, fresh));
        expect(merge(oldRows, merged)).toEqual(merged);
      }),
    );
  });

  it("lose no electricity where the new one misses the last minute before midnight, after which the counter begins again", () => {
    const [oldRows, newRows] = [
      rowsHeard([4, 7], minutes, []),
      rowsHeard([4, 7], minutes, [{ from: 149.5, minutes: 1, kind: "deaf" }]),
    ];
    expect(total(merge(oldRows, newRows), "electricity_wh")).toBe(countedBy([4, 7], minutes - 1).electricityWh);
  });

  it("that missed nothing are the new one as it is", () => {
    const rows = rowsHeard([10, 12], minutes, []);
    expect(merge(rows, rows)).toEqual(rows);
  });

  it("where the old one ends and the new one begins in time, go over from one to the other", () => {
    const whole = rowsHeard([10, 12], minutes, []);
    const merged = merge(whole.slice(0, 200), whole.slice(150));
    expect(merged).toEqual(whole);
  });

  it("of which the new one began with an empty counter lose no electricity where it takes over", () => {
    const [oldRows, newRows] = [
      rowsHeard([10, 12], minutes, [{ from: 200, minutes: minutes, kind: "down" }]),
      rowsHeard([10, 12], minutes, [{ from: 0, minutes: 230, kind: "down" }]),
    ];
    const merged = merge(oldRows, newRows);
    expect(total(merged, "electricity_wh")).toBe(countedBy([10, 12], minutes - 1).electricityWh);
  });
});
