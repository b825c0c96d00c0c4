import type { Bill } from "@heatloop/core/cost/bill";
import type { DayColumns } from "@heatloop/core/energy/day-columns";
import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import type { DayEvents } from "@heatloop/core/events/day-events";
import type { MinuteFile, MinuteReading } from "./csv-minute-files.ts";
import type { CsvReading } from "./csv-reading.ts";
import { type DateSpan, isInSpan, spanOf } from "./dates.ts";
import type { FinishedDays } from "./day-cache.ts";
import { type DaySetup, type DaySummary, filesOfDays, summarizeDays } from "./day-summaries.ts";
import { listDays, summaryBasis } from "./days.ts";
import { eventFormula } from "./event-formula.ts";
import { type EventsBasis, eventMaker } from "./event-maker.ts";
import { type RequestedDays, requestedDays } from "./requested-days.ts";
import type { Scanners } from "./scan/open-scanners.ts";
import { withGapCauses } from "./transitions.ts";

/** The bill of a date from its columns and its energy, null where that is not known. */
export type BillOf = (date: string, columns: DayColumns, day: DayEnergy | null) => Bill;

/** The bills that a report needs. */
export type Billing = {
  readonly spans: readonly DateSpan[];
  /** What they follow from beside the files and the setup of the days: plain data. */
  readonly basis: readonly unknown[];
  /** Gets ready what makes them, such as prices; called only where a bill is made. */
  readonly open: () => Promise<BillOf>;
};

/** What reports need of a device's days. */
export type DaysRequest = {
  readonly device: string;
  readonly now: number;
  /** Ranges of dates; the days of a stage are ready before the files of the next are read. */
  readonly stages: readonly (readonly DateSpan[])[];
  /** Whether the events of the days are made too. */
  readonly events: boolean;
  readonly billing?: Billing | undefined;
};

/** Days by date and in order. */
export type ReportDays = {
  readonly summaries: ReadonlyMap<string, DaySummary>;
  /** Of the days that were logged; none where they were not requested. */
  readonly events: ReadonlyMap<string, DayEvents>;
  /** Of the days that were logged; none where they were not requested. */
  readonly bills: ReadonlyMap<string, Bill>;
  /** Paths in the archive that are none of its own. */
  readonly foreign: readonly string[];
};

/** Where days come from, and what they follow from beside the files. */
export type DaysSource = {
  readonly files: Pick<CsvReading, "minuteFiles" | "load" | "readFiles">;
  /** Where the finished days of each kind are kept, so that their files are read once. */
  readonly kept: {
    readonly summaries?: FinishedDays<DaySummary> | undefined;
    readonly events?: FinishedDays<DayEvents> | undefined;
  };
  readonly scanners: Scanners;
  readonly setup: DaySetup;
  readonly basis: EventsBasis;
};

/** The days of each kind that a request is about. */
type Kinds = {
  readonly summaries: RequestedDays<DaySummary>;
  readonly events: RequestedDays<DayEvents>;
  readonly bills: RequestedDays<Bill>;
};

type IsDate = (date: string) => boolean;
type Stage = { readonly isIn: IsDate; readonly files: readonly MinuteFile[] };
type Load = MinuteReading["load"];

/** Reads the days of a request stage by stage, each file once. `onFirst` takes those of the first stage. */
export async function readStages(
  request: DaysRequest,
  source: DaysSource,
  onFirst: (days: ReportDays) => void,
): Promise<ReportDays> {
  const { files, setup } = source;
  const listed = listDays(files, request.device, spanOf(request.stages.flat()), setup);
  const kinds = kindsOf(request, source, listed);
  const billOf = kinds.bills.missing.size === 0 ? undefined : await request.billing?.open();
  const stages = request.stages.map((spans): Stage => {
    const isIn: IsDate = (date) => spans.some((span) => isInSpan(date, span));
    return { isIn, files: filesOfDays(listed.files, (date) => isIn(date) && isMissing(kinds, date)) };
  });
  const held = new Map<string, Uint8Array>();
  const summaries = new Map<string, DaySummary>();
  const days = (isRead: IsDate): ReportDays => ({
    summaries: new Map([...summaries].sort(([a], [b]) => (a < b ? -1 : 1))),
    events: kinds.events.all(isRead),
    bills: kinds.bills.all(isRead),
    foreign: listed.foreign,
  });
  for (const [i, stage] of stages.entries()) {
    const later = new Set(stages.slice(i + 1).flatMap((each) => each.files));
    const load = sharedLoad(files.load, held, (file) => later.has(file));
    await readStage({ source, kinds, stage, load, billOf });
    for (const [date, { day, findings }] of kinds.summaries.all(stage.isIn)) {
      const [explained] = day === null ? [] : await withGapCauses(files, setup.zone, request.device, [day]);
      summaries.set(date, { day: explained ?? null, findings });
    }
    if (i === 0) onFirst(days(stage.isIn));
  }
  return days(() => true);
}

/** Looks up which days are kept. Where it is known that nothing was logged on a date, it has neither events nor a bill. */
function kindsOf(request: DaysRequest, source: DaysSource, listed: ReturnType<typeof listDays>): Kinds {
  const { kept, setup, basis } = source;
  const { zone, electricity, water, limits } = basis;
  const spans = request.stages.flat();
  const shared = { device: request.device, settled: listed.settled };
  const rangeBy = (...of: unknown[]) => ({ ...listed.range, basis: of });
  const dates = listed.dates.filter((date) => spans.some((span) => isInSpan(date, span)));
  const range = rangeBy(...summaryBasis(setup));
  const summaries = requestedDays({ ...shared, kept: kept.summaries, range, dates, isHeld: true });
  const logged = dates.filter((date) => summaries.missing.has(date) || summaries.get(date)?.day?.loggedMinutes);
  const events = requestedDays({
    ...shared,
    kept: kept.events,
    range: rangeBy(eventFormula, zone.name, electricity, water, limits),
    dates: request.events ? logged : [],
    isHeld: false,
  });
  const billed = logged.filter((date) => request.billing?.spans.some((span) => isInSpan(date, span)));
  const bills = requestedDays<Bill>({ ...shared, kept: undefined, range: rangeBy(), dates: billed, isHeld: true });
  return { summaries, events, bills };
}

function isMissing({ summaries, events, bills }: Kinds, date: string): boolean {
  return [summaries, events, bills].some(({ missing }) => missing.has(date));
}

/** Makes what is missing of the days of a stage. */
async function readStage(of: {
  readonly source: DaysSource;
  readonly kinds: Kinds;
  readonly stage: Stage;
  readonly load: Load;
  readonly billOf: BillOf | undefined;
}): Promise<void> {
  const { source, stage, load, billOf } = of;
  const { summaries, events, bills } = of.kinds;
  const ofEvents = new Set([...events.missing].filter(stage.isIn));
  const maker = ofEvents.size === 0 ? undefined : eventMaker(source.basis, (date) => ofEvents.has(date));
  const days = summarizeDays({
    dates: new Set([...summaries.missing].filter(stage.isIn)),
    files: stage.files,
    load,
    scanners: source.scanners,
    setup: source.setup,
    onFile: maker?.take,
    onDay({ date, columns }, day) {
      const made = ofEvents.has(date) ? maker?.make(date) : undefined;
      if (made !== undefined) events.add(date, made);
      if (billOf === undefined || !stage.isIn(date) || !bills.missing.has(date)) return;
      bills.add(date, billOf(date, columns, day ?? summaries.get(date)?.day ?? null));
    },
  });
  try {
    for await (const [date, summary] of days) summaries.add(date, summary);
  } finally {
    for (const kind of [summaries, events, bills]) kind.end();
  }
}

/** Chosen: several times what a day of minutes takes. A longer file is read again. */
const mostHeldBytes = 4_000_000;

/** Loads files; those that are read again are in memory until then. */
function sharedLoad(load: Load, held: Map<string, Uint8Array>, isReadAgain: (file: MinuteFile) => boolean): Load {
  return (file, bufferOf) => {
    const known = held.get(file.path);
    if (!isReadAgain(file)) held.delete(file.path);
    if (known !== undefined) {
      bufferOf(known.length).set(known);
      return known.length;
    }
    let buffer: Uint8Array = new Uint8Array(0);
    const length = load(file, (count) => {
      buffer = bufferOf(count);
      return buffer;
    });
    if (typeof length === "number" && length <= mostHeldBytes && isReadAgain(file)) {
      held.set(file.path, buffer.slice(0, length));
    }
    return length;
  };
}
