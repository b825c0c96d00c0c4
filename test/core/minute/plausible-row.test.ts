import { energyColumns } from "@heatloop/core/energy/day-columns";
import { type Figure, figures } from "@heatloop/core/minute/figures";
import {
  implausibleColumns,
  plausibleFigures,
  pointLimits,
  usualCellLimits,
} from "@heatloop/core/minute/plausible-row";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minuteOf } from "#test/core/examples/example-minutes.ts";

type Row = Partial<Record<Figure, number>>;

const plausibleIn = (row: Row) => plausibleFigures(minuteOf(0, { covered_s: null, ...row }).figures);

describe("a figure of a row", () => {
  test.each<[string, Row]>([
    ["a whole minute", { covered_s: 60, heat_wh: 86.94, heating_s: 60 }],
    ["a minute that ended late", { covered_s: 61.2, standby_s: 61.2 }],
    ["a defrost", { covered_s: 60, heat_wh: -120, defrost_wh: -120 }],
    ["an hour, as the clock was set back", { covered_s: 3660, heat_wh: 60_000, heating_wh: 60_000, heating_s: 3660 }],
    ["the electricity of an outage", { covered_s: 12, electricity_wh: 38_400 }],
    [
      "a meter's electricity of a month without Heatloop",
      { meter_wh: 480_000, meter_s: 30 * 86_400, meter_kwh: 9_000 },
    ],
    ["starts in a row that covers an hour", { starts: 90, defrosts: 2 }],
  ])("is plausible: %s", (_, row) => {
    expect(plausibleIn(row)).toMatchObject(row);
  });

  test.each<[Row, readonly Figure[]]>([
    [{ covered_s: -99_999_999 }, ["covered_s"]],
    [{ covered_s: 99_999_999 }, ["covered_s"]],
    [{ covered_s: -0.001 }, ["covered_s"]],
    [{ covered_s: 60, heat_wh: 50_000 }, ["heat_wh"]],
    [{ covered_s: 60, heating_wh: -50_000 }, ["heating_wh"]],
    [{ covered_s: 99_999_999, heat_wh: 50_000, hot_water_wh: 900 }, ["covered_s", "heat_wh"]],
    [{ covered_s: 3600, heat_wh: 200_000, cooling_wh: 90_000 }, ["heat_wh"]],
    [{ electricity_wh: -1 }, ["electricity_wh"]],
    [{ electricity_wh: 9e9 }, ["electricity_wh"]],
    [{ meter_wh: 480_000, meter_s: 60 }, ["meter_wh"]],
    [{ meter_wh: -5 }, ["meter_wh"]],
    [{ meter_kwh: -5, meter_s: -1 }, ["meter_s", "meter_kwh"]],
    [{ starts: -1, defrosts: 1e6 }, ["starts", "defrosts"]],
    [{ heating_s: -1, standby_s: 1e9 }, ["heating_s", "standby_s"]],
  ])("of %o is unknown: %o", (row, wrong) => {
    const values = figures.map((figure) => row[figure] ?? null);
    expect(implausibleColumns(figures, values)).toEqual(wrong);
    const known = Object.fromEntries(Object.entries(row).filter(([name]) => !wrong.includes(name as Figure)));
    const unknown = Object.fromEntries(wrong.map((name) => [name, null]));
    expect(plausibleIn(row)).toMatchObject({ ...known, ...unknown });
  });

  test("within the usual limits is plausible whatever the rest of the row contains", () => {
    const cell = fc.option(fc.double({ noNaN: true }), { nil: null });
    fc.assert(
      fc.property(fc.array(cell, { minLength: energyColumns.length, maxLength: energyColumns.length }), (values) => {
        for (const name of implausibleColumns(energyColumns, values)) {
          const value = values[energyColumns.indexOf(name)] as number;
          const { low, high } = usualCellLimits(name);
          expect(value < low || value > high).toBe(true);
        }
      }),
    );
  });
});

test("a point is plausible within its own range, and as seconds where it is logged as such", () => {
  expect(pointLimits("flow_temperature")).toEqual({ low: -60, high: 150 });
  expect(pointLimits("compressor")).toEqual({ low: 0, high: 90_000 });
  expect(usualCellLimits("someone_elses_column")).toEqual({ low: -Infinity, high: Infinity });
});
