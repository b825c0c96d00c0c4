import {
  type DayColumns,
  type EnergyColumn,
  energyColumnNames,
  energyColumns,
} from "@heatloop/core/energy/day-columns";
import { dayEnergyOfColumns } from "@heatloop/core/energy/day-energy";
import { daySums } from "@heatloop/core/energy/day-sums";
import { usualElectricity } from "@heatloop/core/energy/electricity-setup";
import { fittedDay } from "@heatloop/core/energy/fitted-sensors";
import { plainPasses } from "@heatloop/core/energy/passes/row-passes";
import { minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { openScanners, type Scanners } from "@heatloop/ha-addon/archive/scan/open-scanners";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sampleDay } from "#test/support/sample-day.ts";

const rome = zoneOf("Europe/Rome") as Zone;
const date = "2026-03-28";
const startAt = rome.startOf(date);

/** Minutes that are alike, after minutes that have no row; what is not named is 0. */
type Stretch = {
  readonly without: number;
  readonly minutes: number;
  readonly values: Partial<Record<EnergyColumn, number | null>>;
};

const seconds = fc.constantFrom(0, 0, 60, 60, 25, null);
const degrees = fc.oneof(
  fc.constant(null),
  fc.integer({ min: -100, max: 400 }).map((tenths) => tenths / 10),
);
const energy = fc.oneof(
  fc.constantFrom(0, null),
  fc.integer({ min: -500, max: 5000 }).map((tenths) => tenths / 10),
);
const stretch: fc.Arbitrary<Stretch> = fc.record({
  without: fc.constantFrom(0, 0, 0, 1, 2, 45),
  minutes: fc.integer({ min: 1, max: 120 }),
  values: fc.record<Partial<Record<EnergyColumn, number | null>>>({
    covered_s: fc.constantFrom(60, 60, 60, 0, 40, null),
    heat_wh: energy,
    cooling_wh: energy,
    heating_wh: energy,
    electricity_wh: fc.constantFrom(0, 0, 100, 33.3, null),
    heating_s: seconds,
    hot_water_s: seconds,
    cooling_s: seconds,
    defrost_s: seconds,
    standby_s: seconds,
    meter_wh: fc.constantFrom(null, null, 12.5),
    meter_s: fc.constantFrom(0, 60),
    compressor_frequency: fc.constantFrom(0, 38.5, 92, null),
    immersion_heater: seconds,
    booster_heater: seconds,
    flow_rate: fc.constantFrom(0, 14, 18, null),
    flow_temperature: degrees,
    return_temperature: degrees,
    outdoor_temperature: degrees,
    daily_electricity: fc.constantFrom(0.1, 3.4, 12, null),
    daily_estimated_heat: fc.constantFrom(0.5, 8.2, 21, null),
    heating_heat_yesterday: fc.constantFrom(20, 31.5, null),
    heating_electricity_yesterday: fc.constantFrom(5, 9.25, null),
    dhw_electricity_yesterday: fc.constantFrom(2, null),
    dhw_heat_yesterday: fc.constantFrom(4, null),
    pump_power: fc.constantFrom(0, 45.5, null),
  }),
});

/** A file of the stretches, as the archive has them. */
function fileOf(stretches: readonly Stretch[]): string {
  const rows: string[] = [];
  let minute = 0;
  for (const { without, minutes, values } of stretches) {
    minute += without;
    for (let i = 0; i < minutes && minute < 1440; i += 1, minute += 1) {
      const cells = energyColumnNames.map((name) => values[name] ?? (name in values ? "" : 0));
      rows.push([rome.isoOf(startAt + minute * minuteMs), ...cells].join(","));
    }
  }
  return `${[`time,${energyColumns.join(",")}`, ...rows].join("\n")}\n`;
}

function scanned({ scanners: [scanner] }: Scanners, text: string): DayColumns {
  const bytes = Buffer.from(text);
  scanner?.buffer(bytes.length).set(bytes);
  return scanner?.scan(bytes.length) as DayColumns;
}

const electricities = [
  usualElectricity,
  { ...usualElectricity, correctionFactor: 1.04 },
  { ...usualElectricity, meterHasImmersion: false },
];

describe("the passes in WebAssembly", () => {
  test("make the same day of any minutes as those of core, to the last bit", () => {
    const scanners = openScanners(1);
    const choices = fc.record({
      stretches: fc.array(stretch, { minLength: 1, maxLength: 25 }),
      electricity: fc.constantFrom(...electricities),
      passed: fc.constantFrom(1440, 1440, 700),
    });
    fc.assert(
      fc.property(choices, ({ stretches, electricity, passed }) => {
        const columns = scanned(scanners, fileOf(stretches));
        const day = { date, zone: rome, columns, now: startAt + passed * minuteMs, electricity };
        const passes = scanners.passesOf(columns);
        expect(passes.scratch[0]?.buffer, "the day lies in the memory").toBe(columns.times.buffer);
        const fast = dayEnergyOfColumns({ ...day, passes });
        expect(fast).toEqual(dayEnergyOfColumns({ ...day, passes: plainPasses(columns.rows) }));
      }),
      { numRuns: 150 },
    );
  });

  test("go over a day whose flow sensor is not fitted too, though some of its columns are unknown then", () => {
    const scanners = openScanners(1);
    const run = { covered_s: 60, compressor: 60, compressor_frequency: 40, flow_rate: 0, electricity_wh: 20 };
    const columns = scanned(scanners, fileOf([{ without: 0, minutes: 90, values: run }]));
    const fitted = fittedDay(columns, scanners.passesOf(columns));
    expect(fitted.sums.known.flow_rate).toBe(0);
    expect(fitted.passes.scratch[0]?.buffer).toBe(columns.times.buffer);
    expect(fitted.sums).toEqual(daySums(fitted.columns, fitted.passes));
    expect(fitted.sums).toEqual(daySums(fitted.columns));
  });

  test("are those of core for a day that lies elsewhere", () => {
    const { passesOf } = openScanners(1);
    const day = sampleDay();
    const passes = passesOf(day.columns);
    expect(passes.scratch[0]?.length).toBeGreaterThan(day.columns.rows);
    expect(dayEnergyOfColumns({ ...day, passes })).toEqual(dayEnergyOfColumns(day));
  });

  test("are those of core for more rows than a file is read of at once", () => {
    const rows = 2000;
    const column = new Float64Array(rows);
    const { passesOf } = openScanners(1);
    const passes = passesOf({ rows, times: column, columns: energyColumns.map(() => column) });
    expect(passes.scratch[0]?.length).toBeGreaterThan(rows);
  });

  test("of a day stay what they are while the next file is read by another scanner", () => {
    const scanners = openScanners(2);
    const columns = scanned(scanners, fileOf([{ without: 0, minutes: 60, values: { electricity_wh: 100 } }]));
    const [, second] = scanners.scanners;
    const other = Buffer.from(fileOf([{ without: 0, minutes: 90, values: { electricity_wh: 33.3 } }]));
    second?.buffer(other.length).set(other);
    second?.scan(other.length);
    const passes = scanners.passesOf(columns);
    passes.sumColumns(columns.rows, columns.columns, passes.results);
    expect(passes.results[2]).toBe(6000);
  });
});

test("a file that is longer than any day's is read all the same", () => {
  const columns = scanned(openScanners(1), fileOf([{ without: 0, minutes: 3, values: {} }]).padEnd(4_500_000, " "));
  expect(columns.rows).toBe(3);
});
