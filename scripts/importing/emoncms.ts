import { basename } from "node:path";
import { type PointId, pointOf } from "@heatloop/core/catalogue/points";
import { minuteMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import { type Flag, type FlagSample, flags, leastHoldMs, withMode } from "./emoncms-mode.ts";
import { type FeedColumn, feedRows, usualStepMs } from "./emoncms-rows.ts";
import type { SpaceMode } from "./python-log.ts";
import type { Sample, Source, SourceProblem, SourceReport, Target } from "./sample.ts";
import { sourceSample } from "./source-value.ts";

/** One feed of emoncms and what it becomes. */
export type Feed = FeedColumn & { readonly target: Target | Flag; readonly unit: string | undefined };

const noReport: SourceReport = { problem: () => undefined, progress: () => undefined };
/** A feed with a longer step is no record of single minutes. */
const longestStepMs = 15 * minuteMs;
/** A value holds half a step longer than usual, so that a late one leaves no gap. */
const holdSteps = 1.5;
/** An average of a switch from this share on counts as on. */
const onShare = 0.5;

type FeedSamples = { readonly feed: Feed; readonly samples: Iterator<Sample | FlagSample> };

type EmoncmsParts = {
  readonly feeds: readonly Feed[];
  readonly zone: Zone;
  readonly spaceMode: SpaceMode | undefined;
  readonly runningW: number;
  /** Whether `null` is 0, as some versions of emoncms write it. */
  readonly nullIsZero: boolean;
  readonly now: number;
  readonly report: SourceReport;
};

/** What the feeds have, and what is inferred because they lack it. */
type FeedContents = {
  readonly has: (target: Target | Flag) => boolean;
  readonly hasRunning: boolean;
  readonly flagged: boolean;
  readonly infersRunning: boolean;
  readonly infersMode: boolean;
};

/**
 * Opens feeds of emoncms as CSV files. `spaceMode`: what the heat pump does where it does not make hot water, if the
 * owner has chosen it; `runningW`: from which electric power on the compressor counts as on where no feed has it. Throws
 * the disk's error.
 */
export function openEmoncms(parts: EmoncmsParts): Source {
  const { feeds, spaceMode, runningW } = parts;
  const contents = contentsOf(feeds, spaceMode);
  const { has, flagged, infersMode, infersRunning } = contents;
  return {
    samples: withMode(merged(openFeeds(parts)), {
      spaceMode,
      flagged,
      hasHeating: has("heating"),
      infersMode,
      runningW: infersRunning ? runningW : undefined,
    }),
    validity: { holdMs: longestStepMs, silenceMs: longestStepMs, needsNext: true },
    inferred: new Set<PointId>([
      ...(infersMode ? ["operation_mode" as const] : []),
      ...(infersRunning ? ["compressor" as const] : []),
    ]),
    remarks: remarksOf(contents, parts),
  };
}

function contentsOf(feeds: readonly Feed[], spaceMode: SpaceMode | undefined): FeedContents {
  const has = (target: Target | Flag) => feeds.some((feed) => feed.target === target);
  const flagged = flags.some(has);
  const hasRunning = has("compressor") || has("compressor_frequency");
  return {
    has,
    hasRunning,
    flagged,
    infersRunning: !hasRunning && feeds.some(isElectricPower),
    infersMode: !has("operation_mode") && (flagged || spaceMode !== undefined),
  };
}

function remarksOf(
  { has, hasRunning, flagged, infersRunning, infersMode }: FeedContents,
  { runningW, spaceMode }: EmoncmsParts,
): string[] {
  const remarks: string[] = [];
  if (infersRunning)
    remarks.push(`The compressor counts as on from ${runningW} W of the electricity meter on (--running-above).`);
  else if (!hasRunning) {
    remarks.push(
      "No feed shows whether the heat pump runs, so no heat can be booked: give --feed compressor=FILE (0 or 1), compressor_frequency, or the electric power as electricity_meter:W.",
    );
  }
  if (flagged && !has("heating"))
    remarks.push(
      `What is not hot water${has("cooling") ? " or cooling" : ""} counts as ${spaceMode ?? "heating"} (--space).`,
    );
  if (!infersMode && !has("operation_mode")) {
    remarks.push(
      "No feed shows what the heat pump works for, so no heat can be booked: give --feed hot_water=FILE, or --space heating where it makes no hot water.",
    );
  }
  return remarks;
}

/** Opens the feeds that are fine enough; the others are reported. */
function openFeeds(parts: EmoncmsParts): FeedSamples[] {
  const { feeds, zone, now, report, nullIsZero } = parts;
  const shares = feeds.map(() => 0);
  return feeds.flatMap((feed, i) => {
    const step = usualStepMs(feedRows(feed, { zone, now, report: noReport, progress: () => undefined }));
    if (step !== undefined && step > longestStepMs && !isTotal(feed)) {
      report.problem(tooCoarse(feed, step));
      return [];
    }
    const holdMs = Math.max(leastHoldMs, Math.min(longestStepMs, holdSteps * (step ?? leastHoldMs)));
    const progress = (share: number) => {
      shares[i] = share;
      report.progress(shares.reduce((sum, each) => sum + each, 0) / shares.length);
    };
    return [{ feed, samples: samplesOf(feed, holdMs, { zone, now, report, progress, nullIsZero }) }];
  });
}

function tooCoarse({ path, target }: Feed, stepMs: number): SourceProblem {
  const minutes = Math.round(stepMs / minuteMs);
  return {
    file: basename(path),
    line: null,
    kind: "coarse",
    problem: `${target} has a value each ${minutes} minutes only, too few for single minutes; an export of each 15 minutes or finer is needed, each minute or finer is best`,
  };
}

function isElectricPower({ target, unit }: Feed): boolean {
  return target === "electricity_meter" && (unit === "W" || unit === "kW");
}

/** The step of a total counts, however long it took. */
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
    const sample = isFlag(target)
      ? sourceSample("compressor", switched(text), undefined, at)
      : sourceSample(target, isSwitch(target) ? switched(text) : text, unit, at);
    if ("problem" in sample)
      parts.report.problem({ file, line, kind: `value ${target}`, problem: `${target}: ${sample.problem}` });
    else if (isFlag(target)) yield { at, flag: target, value: sample.value as boolean | null, holdMs };
    else yield { ...sample, holdMs };
  }
  if (nulls > 0 && zeros === 0 && !parts.nullIsZero) {
    const problem = `${target} is null ${nulls} times and never 0: if this emoncms writes 0 as null, give --null-is-zero`;
    parts.report.problem({ file: basename(path), line: null, kind: "null", problem });
  }
}

function isSwitch(target: Target): boolean {
  return target !== "electricity_meter" && target !== "heat_meter" && pointOf(target).quantity === "on_off";
}

/** In an export of averages a switch is the share of time in which it was on. */
function switched(text: string): string {
  const share = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isNaN(share) ? text : share >= onShare ? "1" : "0";
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
