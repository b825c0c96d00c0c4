import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { describe, expect, it } from "vitest";
import { compareMinute, type MinuteVerdict } from "#scripts/migrating/compared-minutes.ts";
import { pairMinutes } from "#scripts/migrating/minute-pairs.ts";
import { minuteOf, wholeMinute } from "#test/core/examples/example-minutes.ts";

const at = Date.parse("2026-11-20T08:00:00Z");
const energy = { heatWh: 100, electricityWh: 0 };
const water = {
  flow_temperature: 35.2,
  return_temperature: 30.1,
  flow_rate: 18,
  daily_electricity: 7.4,
  dhw_temperature: 48.5,
};
const row = (points: Partial<Minute["points"]> = {}, figures: Partial<Minute["figures"]> = {}) => {
  const minute = wholeMinute(at, "heating", energy, { ...water, ...points });
  return { ...minute, figures: { ...minute.figures, ...figures } };
};
const blank = minuteOf(at);
const later = (minute: Minute, minutes: number): Minute => ({ ...minute, at: at + minutes * minuteMs });

describe("the rows of a minute", () => {
  it.each<readonly [string, Minute | undefined, Minute | undefined, MinuteVerdict]>([
    ["are the same", row(), row(), { kind: "same" }],
    ["are the same where a mean is a sample apart", row(), row({ flow_temperature: 35.28 }), { kind: "same" }],
    [
      "are the same where heat is a watt-hour apart",
      row(),
      row({}, { heat_wh: 101, heating_wh: 101 }),
      { kind: "same" },
    ],
    ["are the same where neither knows anything", blank, blank, { kind: "same" }],
    ["are of the old one alone", row(), undefined, { kind: "only_old" }],
    ["are of the new one alone", undefined, row(), { kind: "only_new" }],
    ["say that the old one heard more", row(), row({}, { covered_s: 41 }), { kind: "old_knows_more" }],
    ["say that the new one heard more", blank, row(), { kind: "new_knows_more" }],
    ["say that only the old one heard temperatures", minuteOf(at, {}, water), blank, { kind: "old_knows_more" }],
    [
      "have heat by two formulas",
      row({}, { heat_coefficient_kwh_m3_k: 1.16 }),
      row({}, { heat_wh: 92, heating_wh: 92, heat_coefficient_kwh_m3_k: 1.07 }),
      { kind: "formula" },
    ],
    [
      "have a column that only the old one knows",
      row(),
      row({ dhw_temperature: null }),
      { kind: "one_sided", side: "old", columns: ["dhw_temperature_c"] },
    ],
    [
      "have columns that only the new one knows",
      row({ flow_rate: null }),
      row(),
      { kind: "one_sided", side: "new", columns: ["flow_rate_l_min"] },
    ],
    [
      "have another temperature",
      row(),
      row({ flow_temperature: 39 }),
      { kind: "values", columns: ["flow_temperature_c"] },
    ],
    [
      "have another counter, however near",
      row(),
      row({ daily_electricity: 7.5 }),
      { kind: "values", columns: ["daily_electricity_kwh"] },
    ],
    [
      "have another count of starts",
      row({}, { starts: 1 }),
      row({}, { starts: 0 }),
      { kind: "values", columns: ["starts"] },
    ],
  ])("%s", (_, old, fresh, expected) => {
    const [pair] = pairMinutes(old === undefined ? [] : [old], fresh === undefined ? [] : [fresh]);
    if (pair === undefined) throw new Error("there is no row");
    expect(compareMinute(pair, {})).toEqual(expected);
  });

  it.each<readonly [string, readonly Minute[], readonly Minute[]]>([
    [
      "a step of the counter",
      [row({ daily_electricity: 7.3 }), later(row({}, { electricity_wh: 100 }), 1), later(row(), 2)],
      [
        row({ daily_electricity: 7.3 }),
        later(row({ daily_electricity: 7.3 }), 1),
        later(row({}, { electricity_wh: 100 }), 2),
      ],
    ],
    [
      "a start",
      [row(), later(row({}, { starts: 1 }), 1), later(row(), 2)],
      [row(), later(row(), 1), later(row({}, { starts: 1 }), 2)],
    ],
    [
      "a temperature that rises",
      [row({ flow_temperature: 33 }), later(row({ flow_temperature: 36 }), 1), later(row({ flow_temperature: 39 }), 2)],
      [row({ flow_temperature: 33 }), later(row({ flow_temperature: 34 }), 1), later(row({ flow_temperature: 38 }), 2)],
    ],
  ])("are the same where %s came just before the end of one and just after it in the other", (_, old, fresh) => {
    const [before, pair, after] = pairMinutes(old, fresh);
    if (pair === undefined) throw new Error("there is no row");
    expect(compareMinute(pair, { before, after })).toEqual({ kind: "moved" });
  });

  it("are not where a step is in one of them and in neither minute beside it of the other", () => {
    const [first, second] = pairMinutes([row({}, { starts: 1 }), later(row(), 1)], [row(), later(row(), 1)]);
    if (first === undefined) throw new Error("there are no rows");
    expect(compareMinute(first, { after: second })).toEqual({ kind: "values", columns: ["starts"] });
  });
});
