import { believedMinute } from "@heatloop/core/believed-rows";
import {
  minuteReader,
  minuteRow,
  minutesHeader,
  type RowReader,
  transitionReader,
  transitionRow,
  transitionsHeader,
} from "@heatloop/core/csv";
import { counterAfter } from "@heatloop/core/daily-counter";
import type { DayEnergy } from "@heatloop/core/day-energy";
import type { ElectricityFacts } from "@heatloop/core/electricity-facts";
import { mayBeBroker, withOnlineEdges } from "@heatloop/core/gaps";
import type { WaterFacts } from "@heatloop/core/heat-formula";
import { nextDate, previousDate, type Zone } from "@heatloop/core/local-day";
import type { Minute } from "@heatloop/core/minute";
import type { PointId } from "@heatloop/core/points";
import type { CounterState, RunningTotal } from "@heatloop/core/running-total";
import type { Transition } from "@heatloop/core/transition";
import { type ArchiveDays, archiveDays, type DaySummary } from "./archive-days.ts";
import type { CsvFiles } from "./csv-files.ts";
import type { FinishedDays } from "./finished-days.ts";

type Kind = "minutes" | "transitions";
type Day = { readonly date: string; readonly minutes: Minute[] };

/** So many of the last files are looked through for what the electricity counter showed. */
const datesBack = 8;

/** The archive as minutes, transitions and days; the CSV files are the truth, everything else follows from them. */
export type Archive = {
  writeMinute(device: string, minute: Minute): Promise<void>;
  writeTransition(device: string, transition: Transition): Promise<void>;
  /** The minutes of a local date in order of time, each once. */
  minutesOf(device: string, date: string): Promise<Minute[]>;
  minutes(device: string, from: number, to: number): AsyncIterable<Minute>;
  /** The same of the local dates of a range, both included, date by date; with some points only, where they are named. */
  minutesByDate(
    device: string,
    from: string,
    to: string,
    points?: readonly PointId[],
  ): AsyncIterable<{ readonly date: string; readonly minutes: readonly Minute[] }>;
  /** CSV text with its header, for a download. */
  minuteLines(device: string, from: number, to: number): AsyncIterable<string>;
  transitions(device: string, from: number, to: number): AsyncIterable<Transition>;
  /** The days of a range that have any minute; `to` included. */
  days(device: string, from: string, to: string, now: number): Promise<readonly DayEnergy[]>;
  /** The same, with what is wrong in the files that tell of them, by file and line. */
  daysAndFindings(device: string, from: string, to: string, now: number): Promise<ArchiveDays>;
  /** When the newest minute began, and where counter and external meter stand by what was written last. */
  last(device: string): Promise<LastKnown | undefined>;
};

export type LastKnown = {
  readonly minuteAt: number;
  readonly counter: RunningTotal | undefined;
  readonly meter: CounterState | undefined;
};

/**
 * `summaries`: where finished days are kept, so that they are not read again; `electricity` and `water`: what the owner
 * knows of them, for the days.
 */
export function typedArchive(
  files: CsvFiles,
  zone: () => Zone,
  more: {
    readonly summaries?: FinishedDays<DaySummary> | undefined;
    readonly electricity?: () => ElectricityFacts;
    readonly water?: () => WaterFacts;
  } = {},
): Archive {
  const readDays = archiveDays({ files, zone, ...more });

  async function daysAndFindings(device: string, from: string, to: string, now: number): Promise<ArchiveDays> {
    const read = await readDays(device, from, to, now);
    return { ...read, days: await Promise.all(read.days.map((day) => withCauses(device, day))) };
  }

  /** Transitions are read only for days with gaps that they may explain. */
  async function withCauses(device: string, day: DayEnergy): Promise<DayEnergy> {
    if (!mayBeBroker(day.gaps)) return day;
    const [from, to] = [zone().startOf(day.date), zone().endOf(day.date)];
    const edges: Transition[] = [];
    for await (const edge of rows(device, day.date, "transitions", transitionReader)) {
      if (edge.at >= from && edge.at < to) edges.push(edge);
    }
    return { ...day, gaps: withOnlineEdges(day.gaps, edges, day.coveredS > 0) };
  }

  async function* rows<T extends { readonly at: number }>(
    device: string,
    date: string,
    kind: Kind,
    reader: (header: string) => RowReader<T>,
  ): AsyncIterable<T> {
    let header: string | undefined;
    let read: RowReader<T> = () => undefined;
    for await (const line of files.read(device, date, kind)) {
      if (line.header !== header) {
        header = line.header;
        read = reader(header);
      }
      const row = read(line.row);
      if (row !== undefined) yield row;
    }
  }

  async function minutesOf(device: string, date: string): Promise<Minute[]> {
    for await (const day of daysOf(device, date, date)) if (day.date === date) return day.minutes;
    return [];
  }

  /** The files that may hold rows of a range: after a change of the time zone also those of the dates beside it. */
  async function datesIn(device: string, from: string, to: string): Promise<string[]> {
    return (await files.dates(device)).filter((date) => date >= previousDate(from) && date <= nextDate(to));
  }

  /** The local dates of a range that have minutes, in order, each minute once. */
  async function* daysOf(device: string, from: string, to: string, points?: readonly PointId[]): AsyncIterable<Day> {
    const reader = (header: string) => believedReader(header, points);
    const days = new Map<string, Map<number, Minute>>();
    for (const name of [...(await datesIn(device, from, to)), undefined]) {
      // What a file tells of the date before it is the last that is told of that.
      for (const date of [...days.keys()].sort()) {
        if (name !== undefined && date >= previousDate(name)) continue;
        if (date >= from && date <= to) yield { date, minutes: inOrder([...(days.get(date)?.values() ?? [])]) };
        days.delete(date);
      }
      if (name === undefined) return;
      for await (const minute of rows(device, name, "minutes", reader)) {
        const date = zone().dateOf(minute.at);
        if (date < previousDate(name) || date > nextDate(name)) continue;
        const day = days.get(date) ?? new Map<number, Minute>();
        days.set(date, day);
        if (!day.has(minute.at)) day.set(minute.at, minute);
      }
    }
  }

  async function* minutes(device: string, from: number, to: number): AsyncIterable<Minute> {
    for await (const day of daysOf(device, zone().dateOf(from), zone().dateOf(to))) {
      for (const minute of day.minutes) if (minute.at >= from && minute.at < to) yield minute;
    }
  }

  return {
    writeMinute: (device, minute) =>
      files.append({
        device,
        date: zone().dateOf(minute.at),
        kind: "minutes",
        header: minutesHeader,
        row: minuteRow(minute, zone()),
      }),
    writeTransition: (device, transition) =>
      files.append({
        device,
        date: zone().dateOf(transition.at),
        kind: "transitions",
        header: transitionsHeader,
        row: transitionRow(transition, zone()),
      }),
    minutesOf,
    minutes,
    minutesByDate: daysOf,
    async *minuteLines(device, from, to) {
      yield `${minutesHeader}\n`;
      for await (const minute of minutes(device, from, to)) yield `${minuteRow(minute, zone())}\n`;
    },
    async *transitions(device, from, to) {
      for (const date of await datesIn(device, zone().dateOf(from), zone().dateOf(to))) {
        for await (const edge of rows(device, date, "transitions", transitionReader))
          if (edge.at >= from && edge.at < to) yield edge;
      }
    },
    days: async (device, from, to, now) => (await daysAndFindings(device, from, to, now)).days,
    daysAndFindings,
    async last(device) {
      let minuteAt: number | undefined;
      let meter: CounterState | undefined;
      for (const date of (await files.dates(device)).reverse().slice(0, datesBack)) {
        // In the order in which they were written: the clock may have been set back meanwhile.
        const minutes: Minute[] = [];
        for await (const minute of rows(device, date, "minutes", (header) => minuteReader(header)))
          minutes.push(minute);
        minuteAt ??= inOrder([...minutes]).at(-1)?.at;
        const metered = minutes.findLast(({ figures }) => figures.meter_kwh !== null);
        meter ??= metered && { kwh: metered.figures.meter_kwh as number, at: metered.at + 60_000 };
        const counter = counterAfter(counterStates(minutes), (at) => zone().dateOf(at));
        if (minuteAt !== undefined && counter !== undefined) return { minuteAt, counter, meter };
      }
      return minuteAt === undefined ? undefined : { minuteAt, counter: undefined, meter };
    },
  };
}

function believedReader(header: string, points: readonly PointId[] | undefined): RowReader<Minute> {
  const read = minuteReader(header, points);
  return (line) => {
    const minute = read(line);
    return minute && believedMinute(minute);
  };
}

function* counterStates(minutes: readonly Minute[]): Generator<CounterState> {
  for (const { at, points } of minutes) {
    if (typeof points.daily_electricity === "number") yield { kwh: points.daily_electricity, at: at + 60_000 };
  }
}

function inOrder(minutes: Minute[]): Minute[] {
  return minutes.sort((a, b) => a.at - b.at);
}
