import { basename } from "node:path";
import { type PointId, pointOf } from "@heatloop/core/catalogue/points";
import type { Zone } from "@heatloop/core/time/local-day";
import { type Flag, type FlagSample, flags, leastHoldMs, withMode } from "./emoncms-mode.ts";
import { type FeedColumn, feedRows, usualStepMs } from "./emoncms-rows.ts";
import type { SpaceMode } from "./python-log.ts";
import type { Sample, Source, SourceReport, Target } from "./sample.ts";
import { sourceSample } from "./source-value.ts";

/** One feed of emoncms and what it becomes. */
export type Feed = FeedColumn & { readonly target: Target | Flag; readonly unit: string | undefined };

const quiet: SourceReport = { found: () => undefined, progress: () => undefined };
/** What is told less often says nothing of a minute. */
const longestStepMs = 15 * 60_000;

type FeedSamples = { readonly feed: Feed; readonly samples: Iterator<Sample | FlagSample> };

/**
 * Opens feeds of emoncms as CSV files. `spaceMode`: what the heat pump does where it does not make hot water, if the
 * owner says so; `runningW`: from which electric power on the compressor counts as on where no feed tells. Throws the
 * disk's error.
 */
export function openEmoncms(parts: {
  readonly feeds: readonly Feed[];
  readonly zone: Zone;
  readonly spaceMode: SpaceMode | undefined;
  readonly runningW: number;
  /** Whether `null` is 0, as some versions of emoncms write it. */
  readonly nullIsZero: boolean;
  readonly now: number;
  readonly report: SourceReport;
}): Source {
  const { feeds, report, zone, now, spaceMode, runningW } = parts;
  const has = (target: Target | Flag) => feeds.some((feed) => feed.target === target);
  const flagged = flags.some(has);
  const concludesRunning = !has("compressor") && !has("compressor_frequency") && feeds.some(isElectricPower);
  const concludesMode = !has("operation_mode") && (flagged || spaceMode !== undefined);
  const remarks: string[] = [];
  if (concludesRunning)
    remarks.push(`The compressor counts as on from ${runningW} W of the electricity meter on (--running-above).`);
  else if (!has("compressor") && !has("compressor_frequency")) {
    remarks.push(
      "No feed says whether the heat pump runs, so no heat can be booked: give --feed compressor=FILE (0 or 1), compressor_frequency, or the electric power as electricity_meter:W.",
    );
  }
  if (flagged && !has("heating"))
    remarks.push(
      `What is not hot water${has("cooling") ? " or cooling" : ""} counts as ${spaceMode ?? "heating"} (--space).`,
    );
  if (!concludesMode && !has("operation_mode")) {
    remarks.push(
      "No feed says what the heat pump works for, so no heat can be booked: give --feed hot_water=FILE, or --space heating where it makes no hot water.",
    );
  }
  const shares = feeds.map(() => 0);
  const opened: FeedSamples[] = [];
  feeds.forEach((feed, i) => {
    const step = usualStepMs(feedRows(feed, { zone, now, report: quiet, progress: () => undefined }));
    if (step !== undefined && step > longestStepMs && !isTotal(feed)) {
      report.found({
        file: basename(feed.path),
        line: null,
        kind: "coarse",
        problem: `${feed.target} is told each ${Math.round(step / 60_000)} minutes, which says nothing of a minute; an export of each 15 minutes or finer is needed, each minute or finer is best`,
      });
      return;
    }
    const holdMs = Math.max(leastHoldMs, Math.min(longestStepMs, 1.5 * (step ?? leastHoldMs)));
    const progress = (share: number) => {
      shares[i] = share;
      report.progress(shares.reduce((sum, each) => sum + each, 0) / shares.length);
    };
    opened.push({
      feed,
      samples: samplesOf(feed, holdMs, { zone, now, report, progress, nullIsZero: parts.nullIsZero }),
    });
  });
  return {
    samples: withMode(merged(opened), {
      spaceMode,
      flagged,
      hasHeating: has("heating"),
      concludesMode,
      runningW: concludesRunning ? runningW : undefined,
    }),
    standing: { holdMs: longestStepMs, silenceMs: longestStepMs, needsNext: true },
    concluded: new Set<PointId>([
      ...(concludesMode ? ["operation_mode" as const] : []),
      ...(concludesRunning ? ["compressor" as const] : []),
    ]),
    remarks,
  };
}

function isElectricPower({ target, unit }: Feed): boolean {
  return target === "electricity_meter" && (unit === "W" || unit === "kW");
}

/** Of a total the step counts, however long it took. */
function isTotal(feed: Feed): boolean {
  const { target } = feed;
  if (target === "electricity_meter") return !isElectricPower(feed);
  return target !== "heat_meter" && !isFlag(target) && pointOf(target).stateClass !== undefined;
}

function isFlag(target: Target | Flag): target is Flag {
  return flags.some((flag) => flag === target);
}

function* samplesOf(
  feed: Feed,
  holdMs: number,
  parts: {
    readonly zone: Zone;
    readonly now: number;
    readonly report: SourceReport;
    readonly progress: (share: number) => void;
    readonly nullIsZero: boolean;
  },
): Generator<Sample | FlagSample> {
  const { target, unit, path } = feed;
  let nulls = 0;
  let zeros = 0;
  for (const row of feedRows(feed, parts)) {
    const { at, file, line } = row;
    const isNull = row.text.trim() === "null";
    const text = isNull && parts.nullIsZero ? "0" : row.text;
    if (isNull) nulls += 1;
    else if (Number(text) === 0) zeros += 1;
    const told = isFlag(target)
      ? sourceSample("compressor", switched(text), undefined, at)
      : sourceSample(target, isSwitch(target) ? switched(text) : text, unit, at);
    if ("problem" in told)
      parts.report.found({ file, line, kind: `value ${target}`, problem: `${target}: ${told.problem}` });
    else if (isFlag(target)) yield { at, flag: target, value: told.value as boolean | null, holdMs };
    else yield { ...told, holdMs };
  }
  if (nulls > 0 && zeros === 0 && !parts.nullIsZero) {
    const problem = `${target} is null ${nulls} times and never 0: if this emoncms writes 0 as null, give --null-is-zero`;
    parts.report.found({ file: basename(path), line: null, kind: "null", problem });
  }
}

function isSwitch(target: Target): boolean {
  return target !== "electricity_meter" && target !== "heat_meter" && pointOf(target).quantity === "on_off";
}

/** An export of averages tells a switch as the share of time in which it was on. */
function switched(text: string): string {
  const share = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isNaN(share) ? text : share >= 0.5 ? "1" : "0";
}

/** The samples of all feeds in the order of time. */
function* merged(feeds: readonly FeedSamples[]): Generator<Sample | FlagSample> {
  const heads = feeds.map(({ samples }) => samples.next());
  for (;;) {
    let first = -1;
    heads.forEach((head, i) => {
      if (head.done !== true && (first < 0 || head.value.at < heads[first]?.value.at)) first = i;
    });
    const feed = feeds[first];
    const head = heads[first];
    if (feed === undefined || head === undefined) return;
    yield head.value;
    heads[first] = feed.samples.next();
  }
}
