import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { dayEnergy } from "@heatloop/core/energy/day-energy";
import { usualElectricity } from "@heatloop/core/energy/electricity-setup";
import { contextPoints, type Transition } from "@heatloop/core/live/transition";
import { minuteRow, minutesHeader, transitionRow, transitionsHeader } from "@heatloop/core/minute/csv-writer";
import { figures } from "@heatloop/core/minute/figures";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { typedArchive } from "@heatloop/ha-addon/archive/archive";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { systemClock } from "@heatloop/program/clock";
import { describe, expect, it } from "vitest";
import { minuteOf, wholeMinute } from "#test/core/examples/example-minutes.ts";
import { certifiedRatio } from "#test/support/heat-ratio.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const rome = zoneOf("Europe/Rome") as Zone;
const device = "ecodan-heatpump";
const date = "2026-01-15";
const start = rome.startOf(date);
const later = rome.endOf("2026-01-17");

/** A day of heating with an external meter; blank from 10:00 to 11:00. */
function day(metered = true): Minute[] {
  return Array.from({ length: 1440 }, (_, i) => {
    const at = start + i * minuteMs;
    if (i >= 600 && i < 660) return minuteOf(at);
    const points = {
      flow_rate: 12 + (Math.floor(i / 30) % 2),
      flow_temperature: 35 + (Math.floor(i / 40) % 5) / 2,
      return_temperature: 30.5,
      outdoor_temperature: 3,
      daily_electricity: Math.floor((i + 1) / 5) / 10,
      daily_estimated_heat: (i * 60) / 1000,
      pump_power: 41,
      immersion_heater: i === 700 ? 60 : 0,
    };
    const step = (i + 1) % 5 === 0 || i === 660 ? 100 : 0;
    const minute = wholeMinute(at, "heating", { heatWh: 60.125, electricityWh: step, hz: 41.5 }, points);
    const meter = metered ? { meter_wh: 21.25, meter_s: i === 660 ? 3660 : 60, meter_kwh: 4000 + i / 1000 } : {};
    return { ...minute, figures: { ...minute.figures, ...meter } };
  });
}

function heatByFormula({ figures: { heat_wh }, points }: Minute): number {
  const [flowC, returnC] = [Number(points.flow_temperature), Number(points.return_temperature)];
  return heat_wh === null ? 0 : heat_wh * certifiedRatio(flowC, returnC);
}

const nextDay = [
  minuteOf(rome.startOf("2026-01-16") + 43_200_000, {}, { heating_heat_yesterday: 85.5, dhw_heat_yesterday: 0 }),
];

function archiveIn(folder: string, electricity = usualElectricity) {
  const files = openArchive({ folder, log: recordingLog(), clock: systemClock() });
  return { files, archive: typedArchive(files, () => rome, { electricity: () => electricity }) };
}

async function write(
  folder: string,
  minutes: readonly Minute[],
  transitions: readonly Transition[] = [],
): Promise<void> {
  const { files } = archiveIn(folder);
  const byDate = Map.groupBy(minutes, ({ at }) => rome.dateOf(at));
  for (const [of, rows] of byDate) {
    const place = { device, date: of, kind: "minutes", header: minutesHeader } as const;
    await files.appendMany({ ...place, rows: rows.map((minute) => minuteRow(minute, rome)) });
  }
  if (transitions.length > 0) {
    const rows = transitions.map((transition) => transitionRow(transition, rome));
    await files.appendMany({ device, date, kind: "transitions", header: transitionsHeader, rows });
  }
  await files.close();
}

const context = Object.fromEntries(contextPoints.map((point) => [point, null])) as Transition["context"];
const edge = (hour: number, to: string): Transition => ({
  at: start + hour * 3_600_000,
  kind: "online",
  from: to === "online" ? "offline" : "online",
  to,
  durationS: null,
  context,
});

describe("a day from the archive alone", () => {
  it("has the sources, ranges, consumers and qualities that its minutes have", async () => {
    const folder = temporaryFolder();
    await write(folder, [...day(), ...nextDay]);
    const setup = { ...usualElectricity, correctionFactor: 1.04, boosterHeaterW: 2500 };
    const [read] = await archiveIn(folder, setup).archive.days(device, date, date, later);
    const { gaps, ...expected } = dayEnergy({
      date,
      zone: rome,
      minutes: day(),
      nextDay,
      now: later,
      electricity: setup,
    });
    expect(read).toMatchObject(expected);
    expect(read?.sources.electricity?.source).toBe("meter");
    expect(read?.gaps).toEqual(gaps.map((gap) => ({ ...gap, cause: "broker_away" })));
  });

  it("distinguishes the device's absence from the broker's by the transitions of the day", async () => {
    const folder = temporaryFolder();
    await write(folder, day(), [edge(10, "offline"), edge(11, "online")]);
    const [read] = await archiveIn(folder).archive.days(device, date, date, later);
    expect(read?.gaps).toEqual([{ startAt: start + 36_000_000, seconds: 3600, cause: "device_offline" }]);
  });

  it("of a file from before the external meter reads as it always did", async () => {
    const folder = temporaryFolder();
    const news = ["meter_wh", "meter_s", "meter_kwh", "heat_coefficient_kwh_m3_k"];
    const isNew = (name: string) => news.includes(name);
    const columns = minutesHeader.split(",");
    const kept = columns.map((name) => !isNew(name));
    const cut = (row: string) =>
      row
        .split(",")
        .filter((_, i) => kept[i])
        .join(",");
    const place = join(folder, device, "2026");
    await mkdir(place, { recursive: true });
    const rows = day(false).map((minute) => cut(minuteRow(minute, rome)));
    await writeFile(join(place, `${date}.csv`), `${[cut(minutesHeader), ...rows].join("\n")}\n`);
    const { archive } = archiveIn(folder);
    const [read] = await archive.days(device, date, date, later);
    // Heat was logged by the firmware's formula then.
    const byFormulaWh = Math.round(day(false).reduce((sum, minute) => sum + heatByFormula(minute), 0));
    expect(read).toMatchObject({ electricityWh: 27_700, heatWh: byFormulaWh, quality: { electricity_meter: null } });
    expect(read?.sources.electricity?.source).toBe("counter");
    const minutes = await archive.minutesOf(device, date);
    expect(minutes[0]?.figures).toMatchObject({ meter_wh: null, meter_s: null, meter_kwh: null });
  });

  it("has the meter's columns behind all that the reports had before", () => {
    expect(minutesHeader.startsWith(`time,${figures.join(",")},`)).toBe(true);
    expect(figures.slice(-4)).toEqual(["meter_wh", "meter_s", "meter_kwh", "heat_coefficient_kwh_m3_k"]);
  });

  it("has the last total of the meter, so that a restart goes on from there", async () => {
    const folder = temporaryFolder();
    await write(folder, day());
    const last = await archiveIn(folder).archive.last(device);
    expect(last?.meter).toEqual({ kwh: 4001.439, at: rome.endOf(date) });
    expect(last?.counter).toMatchObject({ kwh: 28.8, at: rome.endOf(date) });
  });
});
