import type { ReportProgress } from "@heatloop/core/report-progress";
import type { MinuteFile, MinuteReading } from "./csv/csv-minute-files.ts";
import { isInSpan, spanOf } from "./dates.ts";
import { type DaySummary, filesOfDays, summarizeDays } from "./day-summaries.ts";
import { listDays } from "./days.ts";
import { eventMaker } from "./event-maker.ts";
import {
  type BillOf,
  billOfStored,
  type DaysRequest,
  type DaysSource,
  isMissing,
  missingDates,
  type ReportDays,
  type RequestedKinds,
  requestedKinds,
  storedBill,
} from "./requested-kinds.ts";
import { withGapCauses } from "./transitions.ts";

type IsDate = (date: string) => boolean;
type Stage = { readonly isIn: IsDate; readonly files: readonly MinuteFile[] };
type Load = MinuteReading["load"];

/** Who is told of a reading: of the days of the first stage once they are there, and of each that was made. */
export type ReadingListener = { first(days: ReportDays): void; progress(days: ReportProgress): void };

/** Reads the days of a request stage by stage, each file once. */
export async function readStages(
  request: DaysRequest,
  source: DaysSource,
  listener: ReadingListener,
): Promise<ReportDays> {
  const { files, setup } = source;
  const listed = listDays(files, request.device, spanOf(request.stages.flat()), setup);
  const kinds = requestedKinds(request, source, listed);
  const onMade = madeDays(missingDates(kinds), listener.progress);
  const billOf = kinds.bills.missing.size === 0 ? undefined : await request.billing?.open();
  const stages = request.stages.map((spans): Stage => {
    const isIn: IsDate = (date) => spans.some((span) => isInSpan(date, span));
    return { isIn, files: filesOfDays(listed.files, (date) => isIn(date) && isMissing(kinds, date)) };
  });
  const bytesByPath = new Map<string, Uint8Array>();
  const summaries = new Map<string, DaySummary>();
  const days = (isRead: IsDate): ReportDays => ({
    summaries: new Map([...summaries].sort(([a], [b]) => (a < b ? -1 : 1))),
    events: kinds.events.all(isRead),
    bills: new Map([...kinds.bills.all(isRead)].map(([date, bill]) => [date, billOfStored(bill)])),
    foreign: listed.foreign,
  });
  for (const [i, stage] of stages.entries()) {
    const later = new Set(stages.slice(i + 1).flatMap((each) => each.files));
    const load = sharedLoad(files.load, bytesByPath, (file) => later.has(file));
    await readStage({ source, kinds, stage, load, billOf, onMade });
    for (const [date, { day, problems }] of kinds.summaries.all(stage.isIn)) {
      const [explained] = day === null ? [] : await withGapCauses(files, setup.zone, request.device, [day]);
      summaries.set(date, { day: explained ?? null, problems });
    }
    if (i === 0) listener.first(days(stage.isIn));
  }
  return days(() => true);
}

/** Tells how many days were made, from none on. */
function madeDays(all: number, tell: (days: ReportProgress) => void): () => void {
  let made = 0;
  tell({ made, all });
  return () => {
    made += 1;
    tell({ made, all });
  };
}

/** Makes what is missing of the days of a stage. */
async function readStage(of: {
  readonly source: DaysSource;
  readonly kinds: RequestedKinds;
  readonly stage: Stage;
  readonly load: Load;
  readonly billOf: BillOf | undefined;
  readonly onMade: () => void;
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
      if (stage.isIn(date) && isMissing(of.kinds, date)) of.onMade();
      const made = ofEvents.has(date) ? maker?.make(date, columns, source.scanners.passesOf(columns)) : undefined;
      if (made !== undefined) events.add(date, made);
      if (billOf === undefined || !stage.isIn(date) || !bills.missing.has(date)) return;
      bills.add(date, storedBill(billOf(date, columns, day ?? summaries.get(date)?.day ?? null)));
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
function sharedLoad(
  load: Load,
  bytesByPath: Map<string, Uint8Array>,
  isReadAgain: (file: MinuteFile) => boolean,
): Load {
  return (file, bufferOf) => {
    const known = bytesByPath.get(file.path);
    if (!isReadAgain(file)) bytesByPath.delete(file.path);
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
      bytesByPath.set(file.path, buffer.slice(0, length));
    }
    return length;
  };
}
