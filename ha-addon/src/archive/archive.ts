import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import type { ElectricitySetup } from "@heatloop/core/energy/electricity-setup";
import { mayBeBroker, withOnlineEdges } from "@heatloop/core/energy/gaps";
import type { WaterSetup } from "@heatloop/core/heat/heat-formula";
import type { CounterState, RunningTotal } from "@heatloop/core/live/running-total";
import type { Transition } from "@heatloop/core/live/transition";
import {
  minuteReader,
  minuteRow,
  minutesHeader,
  type RowReader,
  transitionReader,
  transitionRow,
  transitionsHeader,
} from "@heatloop/core/minute/csv";
import { counterAfter } from "@heatloop/core/minute/daily-counter";
import type { Minute } from "@heatloop/core/minute/minute";
import type { Zone } from "@heatloop/core/time/local-day";
import type { CsvFiles } from "./csv-files.ts";
import { linesOf } from "./csv-text.ts";
import type { FinishedDays } from "./day-cache.ts";
import { type ArchiveDays, archiveDays, type DaySummary } from "./days.ts";
import { type ArchiveMinutes, archiveMinutes } from "./minutes.ts";

type Kind = "minutes" | "transitions";

/** So many of the last files are looked through for what the electricity counter showed. */
const datesBack = 8;

/** The archive as minutes, transitions and days; the CSV files are the truth, everything else follows from them. */
export type Archive = Omit<ArchiveMinutes, "datesIn"> & {
  writeMinute(device: string, minute: Minute): Promise<void>;
  writeTransition(device: string, transition: Transition): Promise<void>;
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
    readonly electricity?: () => ElectricitySetup;
    readonly water?: () => WaterSetup;
  } = {},
): Archive {
  const readDays = archiveDays({ files, zone, ...more });
  const { datesIn, minutes, ...byDate } = archiveMinutes(files, zone);

  async function daysAndFindings(device: string, from: string, to: string, now: number): Promise<ArchiveDays> {
    const read = await readDays(device, from, to, now);
    const days: DayEnergy[] = [];
    // One after the other: of four years at once there would be more open files than a small machine allows.
    for (const day of read.days) days.push(mayBeBroker(day.gaps) ? await withCauses(device, day) : day);
    return { ...read, days };
  }

  /** Transitions are read only for days with gaps that they may explain. */
  async function withCauses(device: string, day: DayEnergy): Promise<DayEnergy> {
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
    for await (const text of files.readFiles(device, date, kind)) {
      if (text.header !== header) {
        header = text.header;
        read = reader(header);
      }
      for (const line of linesOf(text)) {
        const row = read(line.row);
        if (row !== undefined) yield row;
      }
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
    minutes,
    ...byDate,
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
      let newestAt = Number.NEGATIVE_INFINITY;
      let minuteAt: number | undefined;
      let meter: CounterState | undefined;
      for (const date of (await files.dates(device)).reverse().slice(0, datesBack)) {
        // In the order in which they were written: the clock may have been set back meanwhile.
        const minutes: Minute[] = [];
        for await (const minute of rows(device, date, "minutes", lastReader)) minutes.push(minute);
        for (const { at } of minutes) newestAt = Math.max(newestAt, at);
        if (minutes.length > 0) minuteAt ??= newestAt;
        const metered = minutes.findLast(({ figures }) => figures.meter_kwh !== null);
        meter ??= metered && { kwh: metered.figures.meter_kwh as number, at: metered.at + 60_000 };
        const counter = counterAfter(counterStates(minutes), (at) => zone().dateOf(at));
        if (minuteAt !== undefined && counter !== undefined) return { minuteAt, counter, meter };
      }
      return minuteAt === undefined ? undefined : { minuteAt, counter: undefined, meter };
    },
  };
}

function lastReader(header: string): RowReader<Minute> {
  return minuteReader(header, ["daily_electricity"]);
}

function* counterStates(minutes: readonly Minute[]): Generator<CounterState> {
  for (const { at, points } of minutes) {
    if (typeof points.daily_electricity === "number") yield { kwh: points.daily_electricity, at: at + 60_000 };
  }
}
