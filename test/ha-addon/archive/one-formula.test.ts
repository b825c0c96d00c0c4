import { readdirSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type HeatFormula, heatFormula, loggedCoefficient, type WaterSetup } from "@heatloop/core/heat/heat-formula";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { openArchiveReports } from "@heatloop/ha-addon/report/archive-reports";
import { parseSettings } from "@heatloop/ha-addon/settings/settings";
import { hourChunks } from "@heatloop/ha-addon/statistics/hours";
import { systemClock } from "@heatloop/program/clock";
import { describe, expect, it } from "vitest";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { certifiedCoefficient, certifiedRatio } from "#test/support/heat-ratio.ts";
import { coefficientByEnthalpy } from "#test/support/iapws-97.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const rome = zoneOf("Europe/Rome") as Zone;
const [device, date] = ["pump", "2026-01-15"];
const start = rome.startOf(date);
const now = rome.endOf("2026-01-16");
const [flowC, returnC] = [55, 47];

type Row = { readonly heatWh: number; readonly formula?: HeatFormula; readonly coefficient?: number | null };

/** A minute of heating at 55/47 °C; where neither formula nor coefficient is given, as it is logged without settings. */
function minute(i: number, { heatWh, formula, coefficient }: Row, water: Partial<Minute["points"]> = {}): Minute {
  const points = {
    flow_rate: 12,
    flow_temperature: flowC,
    return_temperature: returnC,
    outdoor_temperature: 2,
    ...water,
  };
  const made = wholeMinute(start + i * minuteMs, "heating", { heatWh, electricityWh: 40 }, points);
  const logged = formula === undefined ? coefficient : loggedCoefficient(formula, flowC, returnC);
  if (logged === undefined) return made;
  return { ...made, figures: { ...made.figures, heat_coefficient_kwh_m3_k: logged } };
}

const rowOf = (made: Minute) => minuteRow(made, rome);
const formulaOf = (water: Partial<WaterSetup>) => heatFormula({ flowSensor: "unknown", glycolPercent: 0, ...water });

/** The lines without a column, as written by a version that did not have it. */
function without(column: string, lines: readonly string[]): string[] {
  const place = minutesHeader.split(",").indexOf(column);
  return lines.map((line) =>
    line
      .split(",")
      .filter((_, i) => i !== place)
      .join(","),
  );
}

function opened(folder: string, house: unknown = {}) {
  const { settings, mistakes } = parseSettings({ house, tariff: { price_per_kwh: 0.3, currency: "EUR" } });
  expect(mistakes).toEqual([]);
  const log = recordingLog();
  const files = openArchive({ folder, log, clock: systemClock() });
  const energy = openArchiveReports({
    clock: systemClock(),
    log,
    files,
    folders: undefined,
    settings: { current: () => settings, onChange: () => () => undefined },
    homeAssistant: undefined,
    zone: () => rome,
    version: "1",
  });
  return { files, ...energy };
}

/** The heat of the day, Wh, in each place of a report and of the statistics. */
async function heatByPlace(folder: string, house: unknown = {}): Promise<Record<string, number>> {
  const { files, archive, reports, electricity, water } = opened(folder, house);
  const [day] = await archive.days(device, date, date, now);
  const made = await reports.report(device, { from: date, to: date, house: false }, now);
  const basics = { files, device, date, until: now, zone: rome, now, electricity: electricity(), water: water() };
  let hours = 0;
  for await (const chunk of hourChunks(basics)) for (const { heatWh } of chunk.hours) hours += heatWh?.heating ?? 0;
  await files.close();
  const billed = made.cost?.windows.reduce((sum, { heatWh }) => sum + heatWh, 0) ?? Number.NaN;
  const runs = made.events?.performance.heating.byOutdoor.reduce((sum, { heatWh }) => sum + heatWh, 0) ?? Number.NaN;
  return { day: day?.heatWh ?? Number.NaN, report: made.total.heatWh ?? Number.NaN, hours, billed, runs };
}

async function write(minutes: readonly Minute[]): Promise<string> {
  const folder = temporaryFolder();
  const { files } = opened(folder);
  await files.appendMany({ device, date, kind: "minutes", header: minutesHeader, rows: minutes.map(rowOf) });
  await files.close();
  return folder;
}

const hourOf = (row: Row, water: Partial<Minute["points"]> = {}) =>
  Array.from({ length: 60 }, (_, i) => minute(i, row, water));

async function expectHeat(folder: string, wh: number, house: unknown = {}): Promise<void> {
  for (const [where, reported] of Object.entries(await heatByPlace(folder, house)))
    expect(Math.abs(reported - wh), `${where}: ${reported} for ${wh}`).toBeLessThan(0.6);
}

describe("the heat of a day that was logged by more than one formula", () => {
  it("goes on in the day's next part where the program was updated in the course of it, and is one figure", async () => {
    const folder = temporaryFolder();
    const place = join(folder, device, "2026");
    await mkdir(place, { recursive: true });
    const before = Array.from({ length: 30 }, (_, i) => rowOf(minute(i, { heatWh: 100 })));
    const older = without("heat_coefficient_kwh_m3_k", [minutesHeader, ...before]);
    await writeFile(join(place, `${date}.csv`), `${older.join("\n")}\n`);
    const { files } = opened(folder);
    for (let i = 30; i < 60; i += 1) {
      const row = rowOf(minute(i, { heatWh: 90 }));
      await files.append({ device, date, kind: "minutes", header: minutesHeader, row });
    }
    await files.close();
    expect(readdirSync(place).sort()).toEqual([`${date}.2.csv`, `${date}.csv`]);
    await expectHeat(folder, 30 * 100 * certifiedRatio(flowC, returnC) + 30 * 90);
  });

  it("is that of the pipe that the settings name, also of rows from before", async () => {
    const folder = await write(hourOf({ heatWh: 100, formula: formulaOf({ flowSensor: "return" }) }));
    const [inReturn, inFlow] = (["return", "flow"] as const).map((side) => coefficientByEnthalpy(flowC, returnC, side));
    await expectHeat(folder, 6000, { flow_sensor: "return" });
    await expectHeat(folder, (6000 * (inFlow ?? 0)) / (inReturn ?? 0), { flow_sensor: "flow" });
    await expectHeat(folder, (6000 * certifiedCoefficient(flowC, returnC)) / (inReturn ?? 0));
  });

  it("is that of the glycol that the settings name", async () => {
    const folder = await write(hourOf({ heatWh: 100 }));
    const { day = 0 } = await heatByPlace(folder, { glycol_percent: 30 });
    // ASHRAE: 1012.1 kg/m3 and 3.933 kJ/(kg K) at 51 °C.
    expect(day / 6000).toBeCloseTo((1012.1 * 3.933) / 3600 / certifiedCoefficient(flowC, returnC), 3);
  });
});

describe("heat that no formula changes", () => {
  it("is what a heat meter reported", async () => {
    const folder = await write(hourOf({ heatWh: 100, coefficient: 0 }));
    await expectHeat(folder, 6000, { flow_sensor: "flow", glycol_percent: 40 });
  });

  it("is what an older import of a heat meter wrote, which knew no flow rate", async () => {
    const folder = await write(hourOf({ heatWh: 100, coefficient: null }, { flow_rate: null }));
    await expectHeat(folder, 6000, { flow_sensor: "flow" });
  });

  it("is what today's formula logged, to the last digit", async () => {
    const folder = await write(hourOf({ heatWh: 123.457 }));
    await expectHeat(folder, 60 * 123.457);
  });
});

it("heat that was logged without its temperatures is corrected as that of 35/30 °C", async () => {
  const blank = { flow_temperature: null, return_temperature: null };
  const folder = await write(hourOf({ heatWh: 100, coefficient: null }, blank));
  const { day } = await heatByPlace(folder);
  expect(day).toBe(Math.round(6000 * certifiedRatio(35, 30)));
});
