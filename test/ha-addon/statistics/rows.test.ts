import { type KnownRow, rowsToWrite } from "@heatloop/ha-addon/statistics/rows";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const always = () => true;
const hoursOf = (...whs: readonly (number | null)[]) =>
  new Map(whs.flatMap((wh, at) => (wh === null ? [] : [[at, wh] as const])));

/** Home Assistant after it took rows. */
function taken(known: ReadonlyMap<number, KnownRow>, parts: Omit<Parameters<typeof rowsToWrite>[0], "known">) {
  const { rows, sumWh } = rowsToWrite({ ...parts, known });
  const after = new Map(known);
  for (const { at, ...row } of rows) after.set(at, row);
  return { rows, sumWh, known: after };
}

describe("the rows that Home Assistant takes", () => {
  test("carry what the hour added and the sum so far; unknown hours have none", () => {
    const { rows, sumWh } = rowsToWrite({
      sumWh: 500,
      hours: hoursOf(10, null, 30),
      known: new Map(),
      isArchived: always,
    });
    expect(rows).toEqual([
      { at: 0, wh: 10, sumWh: 510 },
      { at: 2, wh: 30, sumWh: 540 },
    ]);
    expect(sumWh).toBe(540);
  });

  test("begin with the first energy", () => {
    const { rows } = rowsToWrite({ sumWh: null, hours: hoursOf(0, 0, 5, 0), known: new Map(), isArchived: always });
    expect(rows.map(({ at, sumWh }) => [at, sumWh])).toEqual([
      [2, 5],
      [3, 5],
    ]);
    expect(rowsToWrite({ sumWh: null, hours: hoursOf(0, 0), known: new Map(), isArchived: always }).sumWh).toBeNull();
  });

  test("sink with the heat that a defrost takes back", () => {
    const { rows } = rowsToWrite({ sumWh: null, hours: hoursOf(-40, -20), known: new Map(), isArchived: always });
    expect(rows.map(({ sumWh }) => sumWh)).toEqual([-40, -60]);
  });

  test("are those from the first changed hour on", () => {
    const first = taken(new Map(), { sumWh: null, hours: hoursOf(1, 2, 3, 4), isArchived: always });
    const again = { sumWh: null, hours: hoursOf(1, 2, 7, 4), isArchived: always, known: first.known };
    expect(rowsToWrite(again).rows).toEqual([
      { at: 2, wh: 7, sumWh: 10 },
      { at: 3, wh: 4, sumWh: 14 },
    ]);
  });

  test("keep what the archive has lost, and take back what it knows better", () => {
    const { known } = taken(new Map(), { sumWh: null, hours: hoursOf(1, 2, 3, 4), isArchived: always });
    const hours = hoursOf(5, null, null, 4);
    const lost = rowsToWrite({ sumWh: null, hours, known, isArchived: (at) => at !== 1 });
    expect(lost.rows.map(({ wh, sumWh }) => [wh, sumWh])).toEqual([
      [5, 5],
      [2, 7],
      [0, 7],
      [4, 11],
    ]);
  });

  test("of somebody's who set no state are known by their sums", () => {
    const known = new Map([
      [0, { wh: null, sumWh: 100 }],
      [1, { wh: null, sumWh: 130 }],
    ]);
    const { rows } = rowsToWrite({ sumWh: 90, hours: hoursOf(20), known, isArchived: (at) => at === 0 });
    expect(rows).toEqual([
      { at: 0, wh: 20, sumWh: 110 },
      { at: 1, wh: 30, sumWh: 140 },
    ]);
  });
});

const someHours = fc.array(fc.option(fc.oneof(fc.constant(0), fc.integer({ min: -50, max: 4000 }))), { maxLength: 40 });

test("are none when all was taken before, whatever it was", () => {
  fc.assert(
    fc.property(someHours, fc.option(fc.nat()), (list, sumWh) => {
      const parts = { sumWh, hours: hoursOf(...list), isArchived: always };
      const once = taken(new Map(), parts);
      const twice = taken(once.known, parts);
      expect([twice.rows, twice.sumWh]).toEqual([[], once.sumWh]);
    }),
  );
});

test("come to the same rows and sums, in whatever order days come and are corrected", () => {
  const steps = fc.array(fc.record({ from: fc.nat(39), length: fc.nat(15) }), { maxLength: 6 });
  fc.assert(
    fc.property(someHours, steps, (list, order) => {
      const whole = hoursOf(...list);
      const some = new Map<number, number>();
      let known: ReadonlyMap<number, KnownRow> = new Map();
      for (const { from, length } of order) {
        for (const [at, wh] of whole) if (at >= from && at < from + length) some.set(at, wh);
        known = taken(known, { sumWh: null, hours: some, isArchived: always }).known;
      }
      const bySteps = taken(known, { sumWh: null, hours: whole, isArchived: always }).known;
      const atOnce = taken(new Map(), { sumWh: null, hours: whole, isArchived: always }).known;
      const inOrder = (rows: ReadonlyMap<number, KnownRow>) => [...rows].sort(([a], [b]) => a - b);
      expect(inOrder(bySteps)).toEqual(inOrder(atOnce));
    }),
  );
});

test("written chunk by chunk are those that are written at once", () => {
  fc.assert(
    fc.property(someHours, fc.nat(39), (list, cut) => {
      const whole = hoursOf(...list);
      const part = (is: (at: number) => boolean) => new Map([...whole].filter(([at]) => is(at)));
      const known = new Map<number, KnownRow>();
      const first = rowsToWrite({ sumWh: null, hours: part((at) => at < cut), known, isArchived: always });
      const rest = rowsToWrite({ sumWh: first.sumWh, hours: part((at) => at >= cut), known, isArchived: always });
      const atOnce = rowsToWrite({ sumWh: null, hours: whole, known, isArchived: always });
      expect([...first.rows, ...rest.rows]).toEqual(atOnce.rows);
    }),
  );
});
