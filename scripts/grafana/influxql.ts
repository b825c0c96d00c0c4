import { minuteMeasurement, transitionMeasurement } from "@heatloop/core/influx/archive-points";
import type { TransitionKind } from "@heatloop/core/live/transition";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";

const minuteS = minuteMs / secondMs;

/** What a query selects: an expression by the name that it is shown under. */
export type Selected = Readonly<Record<string, string>>;

// Grafana's own substitutions: the panel's range, the reader's time zone, and a device's name, which `:regex` escapes for a regular
// expression, its end among it; nothing escapes a name for quotes.
const ofRange = "$timeFilter";
// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own substitution
const ofDevice = '"device" =~ /^${device:regex}$/';
// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own substitution
const inZone = "tz('${__timezone}')";

/** The column of the electricity, by the heat pump's counter or by the external meter. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own substitution
export const electricityColumn = '"${electricity:raw}"';
/** The electricity of a time in Wh, as the report has it by that column. */
export const electricityWh = `sum(${electricityColumn}) * \${correction_factor:raw}`;

/** Rows of the minutes, summed up over the whole range. */
export function overRange(selected: Selected): string {
  return `SELECT ${list(selected)} FROM "${minuteMeasurement}" WHERE ${ofDevice} AND ${ofRange}`;
}

/** Rows of the minutes, summed up over each step of a chart; `step` is a time of InfluxQL. A step without a value is blank. */
export function overSteps(selected: Selected, step = "$__interval"): string {
  return `${overRange(selected)} GROUP BY time(${step}) fill(null)`;
}

/** Rows of the minutes, summed up over each local day of which there is any. */
export function overDays(selected: Selected): string {
  return `${overRange(selected)} GROUP BY time(1d) fill(none) ${inZone}`;
}

/**
 * The same of days of which the report knows heat: those of which a minute was seen. InfluxQL applies a time zone to each SELECT by
 * itself, so it stands in both.
 */
export function overSeenDays(selected: Selected, days: Selected): string {
  const sums = overDays({ ...days, seen_s: 'sum("covered_s")' });
  return `SELECT ${list(selected)} FROM (${sums}) WHERE "seen_s" >= ${minuteS} ${inZone}`;
}

/** A day may lack this much of heat and operation, and as many minutes of the electricity, and still have a COP here. */
const mostMissingS = 180;
/** Every border of a local day lies on one of these, in every time zone there is. */
const quarter = { step: "15m", seconds: 900 } as const;
const minute = { step: "1m", seconds: 60 } as const;

/**
 * Days that were seen to the end and in which the immersion heater was off, by `heat` (and cold) and `electricity` in Wh: of them
 * the COP of the report is the one over the other. A quarter of an hour without a row counts as not seen.
 */
export function overWholeDays(selected: Selected): string {
  return `SELECT ${list(selected)} FROM (${wholeTime(quarter)} GROUP BY time(1d) fill(none) ${inZone}) WHERE ${isWhole} ${inZone}`;
}

/** The same of a range that has not ended: minutes that are not sent yet are missing on both sides. */
export function overWholeRange(selected: Selected): string {
  return `SELECT ${list(selected)} FROM (${wholeTime(minute)}) WHERE ${isWhole}`;
}

const isWhole = [
  `"missing_s" <= ${mostMissingS}`,
  `"uncounted" <= ${mostMissingS / minuteS}`,
  '"immersion_s" = 0',
  '"electricity" >= 100',
  '"heat" > 0',
].join(" AND ");

function wholeTime({ step, seconds }: { readonly step: string; readonly seconds: number }): string {
  const pieces = `${overRange({
    heat_wh: 'sum("heat_wh")',
    cooling_wh: 'sum("cooling_wh")',
    electricity_wh: electricityWh,
    seen_s: 'sum("covered_s")',
    counted: `count(${electricityColumn})`,
    immersion_s: 'sum("immersion_heater_s")',
  })} GROUP BY time(${step}) fill(0)`;
  const sums = list({
    heat: 'sum("heat_wh") + sum("cooling_wh")',
    electricity: 'sum("electricity_wh")',
    missing_s: `count("seen_s") * ${seconds} - sum("seen_s")`,
    uncounted: `count("seen_s") * ${seconds / minuteS} - sum("counted")`,
    immersion_s: 'sum("immersion_s")',
    days: `count("seen_s") / count("seen_s")`,
  });
  return `SELECT ${sums} FROM (${pieces}) WHERE ${ofRange}`;
}

/** Time of each local day that was not seen, by quarters of an hour, so that minutes without a row are in it. */
export function unseenOfDays(selected: Selected): string {
  const pieces = `${overRange({ seen_s: 'sum("covered_s")', rows: 'count("covered_s")' })} GROUP BY time(${quarter.step}) fill(0)`;
  const sums = list({
    all_s: `count("seen_s") * ${quarter.seconds}`,
    seen_s: 'sum("seen_s")',
    rows: 'sum("rows")',
  });
  const days = `SELECT ${sums} FROM (${pieces}) WHERE ${ofRange} GROUP BY time(1d) fill(none) ${inZone}`;
  return `SELECT ${list(selected)} FROM (${days}) ${inZone}`;
}

/** Changes of state of one kind; `where` narrows them further. */
export function changes(of: {
  readonly selected: Selected;
  readonly what?: TransitionKind;
  readonly where?: string;
  readonly groupBy?: string;
}): string {
  const { selected, what, where, groupBy } = of;
  const conditions = [what && `"what" = '${what}'`, where, ofDevice, ofRange].filter((part) => part !== undefined);
  const from = `SELECT ${list(selected)} FROM "${transitionMeasurement}" WHERE ${conditions.join(" AND ")}`;
  return groupBy === undefined ? from : `${from} GROUP BY ${groupBy}`;
}

/** Changes of state, summed up over each local day. */
export function changesOfDays(selected: Selected, what: TransitionKind, where?: string): string {
  const groupBy = `time(1d) fill(none) ${inZone}`;
  return changes({ selected, what, groupBy, ...(where !== undefined && { where }) });
}

function list(selected: Selected): string {
  return Object.entries(selected)
    .map(([name, expression]) => `${expression} AS "${name}"`)
    .join(", ");
}
