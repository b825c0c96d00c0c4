import { columnsOfMinutes } from "@heatloop/core/energy/day-columns";
import { blankImplausible, plausibleMinute } from "@heatloop/core/energy/plausible-rows";
import { operations } from "@heatloop/core/live/operation";
import type { Minute } from "@heatloop/core/minute/minute";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minuteOf, wholeMinute } from "#test/core/examples/example-minutes.ts";

const heating = wholeMinute(0, "heating", { heatWh: 80, electricityWh: 20 }, { flow_rate: 15 });
const withFigures = (figures: Partial<Minute["figures"]>, points: Minute["points"] = {}): Minute => ({
  ...heating,
  figures: { ...heating.figures, ...figures },
  points: { ...heating.points, ...points },
});

describe("the heat of a row", () => {
  test.each<[string, Minute]>([
    ["all cells are there", heating],
    ["a part that did not run is missing", withFigures({ hot_water_wh: null, hot_water_s: null })],
    ["nothing flows while the compressor is off", withFigures({}, { flow_rate: 0, compressor: 0 })],
    ["nothing flowed for some time of it", withFigures({}, { flow_rate: 3.2 })],
    ["the compressor started in it", withFigures({}, { flow_rate: 0, compressor: 20 })],
    ["the flow is not known", withFigures({}, { flow_rate: null })],
    ["nothing is known at all", minuteOf(0)],
  ])("is plausible where %s", (_what, minute) => {
    expect(plausibleMinute(minute)).toEqual(minute);
  });

  test.each<[string, Minute]>([
    ["its cell is blank", withFigures({ heat_wh: null })],
    ["the cell of what ran is blank", withFigures({ heating_wh: null })],
    ["the compressor ran without a flow", withFigures({ heat_wh: 0, heating_wh: 0 }, { flow_rate: 0 })],
  ])("is unknown and its time not covered where %s", (_what, minute) => {
    const { figures } = plausibleMinute(minute);
    expect([figures.covered_s, figures.heat_wh, figures.heating_wh, figures.defrost_wh]).toEqual([0, null, null, null]);
    expect([figures.heating_s, figures.electricity_wh]).toEqual([60, 20]);
  });

  test("is plausible alike row by row and in columns", () => {
    const cell = fc.option(fc.constantFrom(0, 20, 59.5, 60));
    const names = ["covered_s", "heat_wh", "cooling_wh", ...operations.flatMap((o) => [`${o}_s`, `${o}_wh`])];
    const row = fc.record({
      figures: fc.record(Object.fromEntries(names.map((name) => [name, cell]))),
      points: fc.record({ flow_rate: cell, compressor: cell }),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), (rows) => {
        const minutes = rows.map(({ figures, points }, i) => minuteOf(i * 60_000, figures, points));
        const columns = columnsOfMinutes(minutes);
        blankImplausible(columns);
        expect(columns).toEqual(columnsOfMinutes(minutes.map(plausibleMinute)));
      }),
    );
  });
});
