import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { columnOf } from "@heatloop/core/catalogue/points";
import { heatFormula } from "@heatloop/core/heat/heat-formula";
import { contextPoints } from "@heatloop/core/live/transition";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import { figures } from "@heatloop/core/minute/figures";
import { loggedPoints, type Minute } from "@heatloop/core/minute/minute";
import { minuteByFormula } from "@heatloop/core/minute/minute-formula";
import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { openArchiveReports } from "@heatloop/ha-addon/report/archive-reports";
import { parseSettings } from "@heatloop/ha-addon/settings/settings";
import { parse } from "csv-parse/sync";
import { describe, expect, it, onTestFinished } from "vitest";
import { rome } from "#test/support/examples/archive.ts";
import { collect } from "#test/support/logging-home.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { copyOfForm, olderArchives, olderDate, olderDevice } from "./forms.ts";

const from = rome.startOf(olderDate);
const until = from + dayMs;
const now = until + dayMs;

type Cells = Readonly<Record<string, string>>;

/** An archive as the program opens it. */
function opened(folder: string) {
  const log = recordingLog();
  const clock = simulatedClock(now);
  const files = openArchive({ folder, log, clock });
  onTestFinished(() => files.close());
  const { settings } = parseSettings({ tariff: { price_per_kwh: 0.3, currency: "EUR" } });
  const reports = openArchiveReports({
    clock,
    log,
    files,
    folders: undefined,
    settings: { current: () => settings, onChange: () => () => undefined },
    homeAssistant: undefined,
    zone: () => rome,
    version: "1",
  });
  return { files, log, ...reports };
}

/** The lines of a file of the day as another reader of CSV has them. */
function cellsOf(archive: string, kind: "" | ".transitions"): Cells[] {
  const text = readFileSync(join(archive, olderDevice, "2026", `${olderDate}${kind}.csv`), "utf8");
  return parse(text, { columns: true }) as Cells[];
}

/** A value as its cell is: empty for none. */
const cellOf = (value: unknown) => (value === null || value === undefined ? "" : String(value));

function cellsOfMinute({ at, figures: values, points }: Minute, header: readonly string[]): Record<string, string> {
  const all: Record<string, string> = { time: new Date(at).toISOString() };
  for (const figure of figures) all[figure] = cellOf(values[figure]);
  for (const id of loggedPoints) all[columnOf(id)] = cellOf(points[id]);
  return Object.fromEntries(header.map((name) => [name, all[name] ?? "no such column"]));
}

const sumOf = (minutes: readonly Minute[], figure: (typeof figures)[number]) =>
  minutes.reduce((sum, { figures: values }) => sum + (values[figure] ?? 0), 0);

describe.each(olderArchives)("the archive that the version '%s' wrote", (form) => {
  const copied = () => join(copyOfForm(form), "archive");

  it("is read row by row, each cell of it", async () => {
    const archive = copied();
    const { archive: read, log } = opened(archive);
    const rows = cellsOf(archive, "");
    const minutes = await collect(read.minutes(olderDevice, from, until));
    expect(minutes.map((minute) => cellsOfMinute(minute, Object.keys(rows[0] ?? {})))).toEqual(
      rows.map((row) => ({ ...row, time: new Date(row.time ?? "").toISOString() })),
    );
    expect(rows).toHaveLength(90);
    expect(log.lines).toEqual([]);
  });

  it("has its transitions, each cell of them", async () => {
    const archive = copied();
    const { archive: read } = opened(archive);
    const transitions = await collect(read.transitions(olderDevice, from, until));
    const shown = transitions.map(({ at, kind, from: before, to, durationS, zone, context }) => ({
      time: new Date(at).toISOString(),
      what: kind,
      from: cellOf(before),
      to: cellOf(to),
      duration_s: cellOf(durationS),
      ...Object.fromEntries(contextPoints.map((id) => [columnOf(id), cellOf(context[id])])),
      zone: cellOf(zone),
    }));
    const rows = cellsOf(archive, ".transitions");
    expect(rows.length).toBeGreaterThan(10);
    expect(shown).toEqual(rows.map((row) => ({ zone: "", ...row, time: new Date(row.time ?? "").toISOString() })));
  });

  it("has the figures of its rows in the report, as if they had been logged today", async () => {
    const old = opened(copied());
    const minutes = await collect(old.archive.minutes(olderDevice, from, until));
    const today = opened(temporaryFolder());
    const rows = minutes.map((minute) => minuteRow(minute, rome));
    await today.files.appendMany({
      device: olderDevice,
      date: olderDate,
      kind: "minutes",
      header: minutesHeader,
      rows,
    });
    const request = { from: olderDate, to: olderDate, house: false };
    const report = await old.reports.report(olderDevice, request, now);
    const ofToday = await today.reports.report(olderDevice, request, now);
    expect(report.total).toEqual(ofToday.total);
    expect(report.cost).toEqual(ofToday.cost);
    expect(report.events?.performance).toEqual(ofToday.events?.performance);
    const certified = minutes.map((minute) => minuteByFormula(minute, heatFormula(old.water())));
    const { total } = report;
    expect(total.starts).toBe(sumOf(minutes, "starts"));
    // Reports are in whole Wh.
    expect(Math.abs((total.heatWh ?? Number.NaN) - sumOf(certified, "heat_wh"))).toBeLessThan(1);
    expect(Math.abs((total.parts.heating.heatWh ?? Number.NaN) - sumOf(certified, "heating_wh"))).toBeLessThan(1);
    expect(Math.abs((total.electricityWh ?? Number.NaN) - sumOf(certified, "electricity_wh"))).toBeLessThan(1);
  });

  it("goes on, in a file of its own where the columns are others, and no row of it changes", async () => {
    const folder = copied();
    const year = join(folder, olderDevice, "2026");
    const name = `${olderDate}.csv`;
    const before = readFileSync(join(year, name), "utf8");
    const { archive: log } = opened(folder);
    const minutes = await collect(log.minutes(olderDevice, from, until));
    const next = { ...(minutes.at(-1) as Minute), at: (minutes.at(-1) as Minute).at + minuteMs };
    await log.writeMinute(olderDevice, next);
    const isSame = before.startsWith(`${minutesHeader}\n`);
    const after = readFileSync(join(year, name), "utf8");
    expect(after).toBe(isSame ? `${before}${minuteRow(next, rome)}\n` : before);
    expect(readdirSync(year).includes(`${olderDate}.2.csv`)).toBe(!isSame);
    expect(await collect(log.minutes(olderDevice, from, until))).toEqual([...minutes, next]);
    const last = await log.last(olderDevice);
    expect(last?.minuteAt).toBe(form === "energy" ? Date.parse("2026-11-30T00:29:00Z") : next.at);
  });

  it("goes on with transitions too", async () => {
    const folder = copied();
    const { archive: log } = opened(folder);
    const transitions = await collect(log.transitions(olderDevice, from, until));
    const last = transitions.at(-1);
    if (last === undefined) throw new Error("no transitions");
    const next = { ...last, at: last.at + minuteMs, kind: "room_feed", from: "ok", to: "degraded", zone: 2 } as const;
    await log.writeTransition(olderDevice, next);
    expect(await collect(log.transitions(olderDevice, from, until))).toEqual([...transitions, next]);
  });
});

it("a day that an earlier version compressed is read", async () => {
  const { archive } = opened(join(copyOfForm("energy"), "archive"));
  const start = Date.parse("2026-11-30T00:00:00Z");
  const minutes = await collect(archive.minutes(olderDevice, start, start + dayMs));
  expect(minutes.map(({ at }) => at)).toEqual(Array.from({ length: 30 }, (_, i) => start + i * minuteMs));
  expect(minutes[0]?.figures).toMatchObject({ covered_s: 60, heat_wh: 41.745 });
});
