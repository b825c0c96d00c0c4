import type { Bill, WindowBill } from "@heatloop/core/cost/bill";
import type { DayColumns } from "@heatloop/core/energy/day-columns";
import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import type { DayEvents } from "@heatloop/core/events/day-events";
import type { CsvReading } from "./csv/csv-reading.ts";
import { type DateSpan, isInSpan } from "./dates.ts";
import type { DayCache } from "./day-cache.ts";
import type { DaySetup, DaySummary } from "./day-summaries.ts";
import { type listDays, summaryBasis } from "./days.ts";
import { eventFormula } from "./event-formula.ts";
import type { EventsBasis } from "./event-maker.ts";
import { type RequestedDays, requestedDays } from "./requested-days.ts";
import type { Scanners } from "./scan/open-scanners.ts";

/** The bill of a date from its columns and its energy, null where that is not known. */
export type BillOf = (date: string, columns: DayColumns, day: DayEnergy | null) => Bill;

/** The bills that a report needs. */
export type Billing = {
  readonly spans: readonly DateSpan[];
  /** What they follow from beside the files and the setup of the days: plain data. */
  readonly basis: readonly unknown[];
  /** Folders of the archive whose files they follow from too, such as prices. */
  readonly folders: readonly string[];
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
  readonly caches: {
    readonly summaries?: DayCache<DaySummary> | undefined;
    readonly events?: DayCache<DayEvents> | undefined;
    readonly bills?: DayCache<StoredBill> | undefined;
  };
  readonly scanners: Scanners;
  readonly setup: DaySetup;
  readonly basis: EventsBasis;
};

/** A bill as plain data. */
export type StoredBill = Omit<Bill, "windows"> & { readonly windows: readonly (readonly [string, WindowBill])[] };

export function storedBill(bill: Bill): StoredBill {
  return { ...bill, windows: [...bill.windows] };
}

export function billOfStored(stored: StoredBill): Bill {
  return { ...stored, windows: new Map(stored.windows) };
}

/** The days of each kind that a request is about. */
export type RequestedKinds = {
  readonly summaries: RequestedDays<DaySummary>;
  readonly events: RequestedDays<DayEvents>;
  readonly bills: RequestedDays<StoredBill>;
};

/** Looks up which days are stored. Where it is known that nothing was logged on a date, it has neither events nor a bill. */
export function requestedKinds(
  request: DaysRequest,
  source: DaysSource,
  listed: ReturnType<typeof listDays>,
): RequestedKinds {
  const { caches, setup, basis } = source;
  const { zone, electricity, water, limits } = basis;
  const spans = request.stages.flat();
  const shared = { device: request.device, firstOpenDate: listed.firstOpenDate };
  const rangeBy = (...of: unknown[]) => ({ ...listed.range, basis: of });
  const dates = listed.dates.filter((date) => spans.some((span) => isInSpan(date, span)));
  const range = rangeBy(...summaryBasis(setup));
  const summaries = requestedDays({ ...shared, cache: caches.summaries, range, dates, inMemory: true });
  const logged = dates.filter((date) => summaries.missing.has(date) || summaries.get(date)?.day?.loggedMinutes);
  const events = requestedDays({
    ...shared,
    cache: caches.events,
    range: rangeBy(eventFormula, zone.name, electricity, water, limits),
    dates: request.events ? logged : [],
    inMemory: false,
  });
  const bills = requestedDays({
    ...shared,
    cache: caches.bills,
    range: billRange(source, listed, request.billing),
    dates: logged.filter((date) => request.billing?.spans.some((span) => isInSpan(date, span))),
    inMemory: true,
  });
  return { summaries, events, bills };
}

/** Bills follow from what days follow from, and from more. */
function billRange({ files, setup }: DaysSource, { range }: ReturnType<typeof listDays>, billing: Billing | undefined) {
  const { folders = [], basis = [] } = billing ?? {};
  const more = folders.flatMap((folder) => files.minuteFiles(folder, range.from, range.to).files);
  const all = [...[...range.files.values()].flat(), ...more];
  return { ...range, files: Map.groupBy(all, ({ date }) => date), basis: [...summaryBasis(setup), ...basis] };
}

/** How many dates there are of which anything is to be made. */
export function missingDates({ summaries, events, bills }: RequestedKinds): number {
  return new Set([summaries, events, bills].flatMap(({ missing }) => [...missing])).size;
}

/** Whether anything of a date is to be made. */
export function isMissing({ summaries, events, bills }: RequestedKinds, date: string): boolean {
  return [summaries, events, bills].some(({ missing }) => missing.has(date));
}
