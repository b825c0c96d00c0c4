import { energyColumns, noRows } from "@heatloop/core/energy/day-columns";
import { type DayEnergy, dayEnergyOfColumns } from "@heatloop/core/energy/day-energy";
import type { ElectricitySetup } from "@heatloop/core/energy/electricity-setup";
import { type HeatFormula, heatFormula, usualWater, type WaterSetup } from "@heatloop/core/heat/heat-formula";
import { operations } from "@heatloop/core/live/operation";
import { datesBetween, nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import { inTurn } from "../base/in-turn.ts";
import type { FileFinding } from "./chunk.ts";
import { readDays, scannersNeeded } from "./columns.ts";
import type { MinuteFile, MinuteReading } from "./csv-minute-files.ts";
import { datesIn, runsOf } from "./dates.ts";
import type { FinishedDays } from "./day-cache.ts";
import { dayFormula } from "./day-formula.ts";
import { openScanners, type Scanners } from "./scan/open-scanners.ts";

/**
 * The days of a range that have any minute, or of which the controller told on the day after; and what is not as it should
 * be in the files that tell of them.
 */
export type ArchiveDays = { readonly days: readonly DayEnergy[]; readonly findings: readonly ArchiveFinding[] };

/** Something to tell the owner of the archive; `file` null: it is about the range. Nothing is changed on the disk. */
export type ArchiveFinding = {
  readonly file: string | null;
  readonly line: number | null;
  readonly problem: string;
};

/** What a date's files came to: its energy, null where no minute is of that date, and what was found in them. */
export type DaySummary = { readonly day: DayEnergy | null; readonly findings: readonly FileFinding[] };

/** What days follow from, beside the files. */
type Known = {
  readonly zone: Zone;
  readonly now: number;
  readonly electricity: ElectricitySetup | undefined;
  readonly formula: HeatFormula;
};

/** At most so many findings of a date are kept: a foreign file may have one in each line. */
const mostFindings = 20;
/** A day that has just begun is not yet one without heat. */
const leastMinutes = 60;

/**
 * Reads days from the archive, one question after the other: they share their scanners. Days that `summaries` know are
 * not read again; without it all are.
 */
export function archiveDays(parts: {
  readonly files: MinuteReading;
  readonly zone: () => Zone;
  readonly summaries?: FinishedDays<DaySummary> | undefined;
  readonly electricity?: (() => ElectricitySetup) | undefined;
  readonly water?: (() => WaterSetup) | undefined;
}): (device: string, from: string, to: string, now: number) => Promise<ArchiveDays> {
  const { files } = parts;
  let scanners: Scanners | undefined;

  async function read(device: string, from: string, to: string, now: number): Promise<ArchiveDays> {
    const zone = parts.zone();
    const electricity = parts.electricity?.();
    const water = parts.water?.() ?? usualWater;
    const known: Known = { zone, now, electricity, formula: heatFormula(water) };
    const [first, last] = [previousDate(from), nextDate(nextDate(to))];
    const listed = files.minuteFiles(device, first, last);
    const byDate = Map.groupBy(listed.files, (file) => file.date);
    const summaries = parts.summaries?.open({
      basis: [dayFormula, zone.name, electricity, water, energyColumns],
      files: byDate,
      from: first,
      to: last,
    });
    const told = new Map<string, DaySummary>();
    const missing: string[] = [];
    for (const date of datesIn(byDate.keys(), from, to)) {
      const summary = summaries?.get(device, date);
      if (summary === undefined) missing.push(date);
      else told.set(date, summary);
    }
    const settled = previousDate(zone.dateOf(now));
    const keeping = summaries?.keeping(device);
    try {
      for (const run of runsOf(missing)) {
        for await (const [date, summary] of compute(run, listed.files, known)) {
          told.set(date, summary);
          if (date < settled) keeping?.add(date, summary);
        }
      }
    } finally {
      keeping?.end();
    }
    const ordered = missing.length === 0 ? [...told] : [...told].sort(([a], [b]) => (a < b ? -1 : 1));
    const days = ordered.flatMap(([, { day }]) => (day === null ? [] : [day]));
    const findings = ordered.flatMap(([, summary]) => summary.findings);
    return {
      days,
      findings: [...findings, ...foreignFindings(listed.foreign), ...gapFindings(days), ...heatlessFindings(days)],
    };
  }

  /** The days of dates that follow each other, each as soon as no further file can tell of it. */
  async function* compute(
    dates: readonly string[],
    all: readonly MinuteFile[],
    known: Known,
  ): AsyncIterable<readonly [string, DaySummary]> {
    const { zone, formula } = known;
    const [first, lastDate] = [dates[0] as string, dates.at(-1) as string];
    const [from, to] = [previousDate(first), nextDate(nextDate(lastDate))];
    scanners ??= openScanners(scannersNeeded);
    const findings = new Map<string, FileFinding[]>();
    const days = new Map<string, DayEnergy>();
    const reading = readDays({
      files: all.filter(({ date }) => date >= from && date <= to),
      load: files.load,
      zone,
      scanners,
      formula,
      found(date, finding) {
        const ofDate = findings.get(date);
        if (ofDate === undefined) findings.set(date, [finding]);
        else ofDate.push(finding);
      },
    });
    const isWanted = (date: string) => date >= first && date <= lastDate;
    let told = 0;
    function* toldUntil(date: string): Iterable<readonly [string, DaySummary]> {
      for (let next = dates[told]; next !== undefined && next <= date; next = dates[told]) {
        yield [next, { day: days.get(next) ?? null, findings: fewest(findings.get(next) ?? []) }];
        days.delete(next);
        findings.delete(next);
        told += 1;
      }
    }
    let last = "";
    for await (const { date, columns, nextDay } of reading) {
      const before = previousDate(date);
      if (before !== last && isWanted(before)) {
        const unlogged = dayEnergyOfColumns({ ...known, date: before, columns: noRows, nextDay: columns });
        if (isTold(unlogged)) days.set(before, unlogged);
      }
      last = date;
      if (isWanted(date)) {
        const passes = scanners.passesOf(columns);
        days.set(date, dayEnergyOfColumns({ ...known, date, columns, nextDay, passes }));
      }
      yield* toldUntil(date);
    }
    yield* toldUntil(lastDate);
  }

  return inTurn(read);
}

/** Whether any source told of a day. */
function isTold({ sources }: DayEnergy): boolean {
  return sources.heat !== null || sources.cooling !== null || sources.electricity !== null;
}

function fewest(findings: readonly FileFinding[]): FileFinding[] {
  const more = findings.length - mostFindings;
  if (more <= 0) return [...findings];
  const kept = findings.slice(0, mostFindings);
  return [...kept, { file: kept.at(-1)?.file ?? "", line: null, problem: `and ${more} more of this day` }];
}

function foreignFindings(paths: readonly string[]): ArchiveFinding[] {
  return paths.map((file) => ({ file, line: null, problem: "not a file of the archive: it is left alone" }));
}

/** Logged days of which no heat is known, and why: then they have no COP. */
function heatlessFindings(days: readonly DayEnergy[]): ArchiveFinding[] {
  const heatless = days.filter(({ heatWh, loggedMinutes }) => heatWh === null && loggedMinutes >= leastMinutes);
  const isUnknown = ({ parts }: DayEnergy) => operations.every((operation) => parts[operation].seconds === 0);
  return [
    { of: heatless.filter(isUnknown), why: "they don't tell what the heat pump did (compressor, operation mode)" },
    { of: heatless.filter((day) => !isUnknown(day)), why: "flow rate or flow and return temperature are missing" },
  ].flatMap(({ of, why }) => {
    const [first, last] = [of[0], of.at(-1)];
    if (first === undefined || last === undefined) return [];
    const dates = first === last ? `of ${first.date}` : `of ${of.length} days from ${first.date} to ${last.date}`;
    return [{ file: null, line: null, problem: `no heat is known from the minutes ${dates}: ${why}` }];
  });
}

/** Dates without a minute between the first and the last that has one. */
function gapFindings(days: readonly DayEnergy[]): ArchiveFinding[] {
  const logged = days.filter(({ loggedMinutes }) => loggedMinutes > 0);
  return logged.flatMap(({ date }, i) => {
    const before = logged[i - 1]?.date;
    if (before === undefined || nextDate(before) === date) return [];
    const [from, to] = [nextDate(before), previousDate(date)];
    const count = datesBetween(from, to).length;
    const problem =
      count === 1 ? `there is no minute of ${from}` : `there are no minutes of ${count} days, ${from} to ${to}`;
    return [{ file: null, line: null, problem }];
  });
}
