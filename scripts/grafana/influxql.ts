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
const electricityColumn = '"${electricity:raw}"';
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
 * itself, and reads what lies in the range of the outermost one, so both stand in each.
 */
export function overSeenDays(selected: Selected, days: Selected): string {
  const sums = overDays({ ...days, seen_s: 'sum("covered_s")' });
  return `SELECT ${list(selected)} FROM (${sums}) WHERE ${ofRange} AND "seen_s" >= ${minuteS} ${inZone}`;
}

/** A day may lack this much of heat and operation, and as many minutes of the electricity, and still have a COP here. */
const mostMissingS = 180;
/** Pieces of a day in which what has no row is seen to be missing. */
type Pieces = { readonly step: string; readonly seconds: number };
/** Every border of a local day lies on one of these, in every time zone there is. */
const quarters: Pieces = { step: "15m", seconds: 900 };
const minutes: Pieces = { step: "1m", seconds: 60 };

/**
 * Days that were seen to the end and in which the immersion heater was off, by `heat` (and cold) and `electricity` in Wh: of them
 * the COP of the report is the one over the other. What has no row counts as not seen, by pieces of the day.
 */
export function overWholeDays(selected: Selected, pieces: Pieces = quarters): string {
  return `SELECT ${list(selected)} FROM (${sidesOfDays(pieces)}) WHERE ${ofRange} AND ${isWhole} ${inZone}`;
}

/** The same of a day that has not ended, to the minute: minutes that are not sent yet are missing on both sides. */
export function overWholeToday(selected: Selected): string {
  return overWholeDays(selected, minutes);
}

const isWhole = [
  `"missing_s" <= ${mostMissingS}`,
  `"uncounted" <= ${mostMissingS / minuteS}`,
  // The sum of a column that was never known is blank, and not 0.
  '("immersion_known" = 0 OR "immersion_s" = 0)',
  '"electricity" >= 100',
  '"heat" > 0',
].join(" AND ");

function sidesOfDays({ step, seconds }: Pieces): string {
  const sides = overRange({
    heat_wh: 'sum("heat_wh")',
    cooling_wh: 'sum("cooling_wh")',
    electricity_wh: electricityWh,
    counted: `count(${electricityColumn})`,
    immersion_s: 'sum("immersion_heater_s")',
    immersion_known: 'count("immersion_heater_s")',
  });
  const missing = overRange({ missing_s: `${seconds} - sum("covered_s")` });
  const sums = list({
    heat: 'sum("heat_wh") + sum("cooling_wh")',
    electricity: 'sum("electricity_wh")',
    missing_s: 'sum("missing_s")',
    uncounted: `count("missing_s") * ${seconds / minuteS} - sum("counted")`,
    immersion_s: 'sum("immersion_s")',
    immersion_known: 'sum("immersion_known")',
    days: 'count("heat_wh")',
  });
  // Each function of a query runs all of a subquery anew, so only what needs the pieces goes through them. The counts stand in the
  // first of the two, as InfluxDB takes what is in the second alone for a float; only with zeros there is a count of no value.
  const from = `(${sides} GROUP BY time(1d) fill(0) ${inZone}), (${missing} GROUP BY time(${step}) fill(0))`;
  return `SELECT ${sums} FROM ${from} WHERE ${ofRange} GROUP BY time(1d) fill(none) ${inZone}`;
}

/** Time of each local day that was not seen, by quarters of an hour, so that minutes without a row are in it. */
export function unseenOfDays(selected: Selected): string {
  const pieces = `${overRange({ seen_s: 'sum("covered_s")', rows: 'count("covered_s")' })} GROUP BY time(${quarters.step}) fill(0)`;
  const sums = list({
    all_s: `count("seen_s") * ${quarters.seconds}`,
    seen_s: 'sum("seen_s")',
    rows: 'sum("rows")',
  });
  const days = `SELECT ${sums} FROM (${pieces}) WHERE ${ofRange} GROUP BY time(1d) fill(none) ${inZone}`;
  return `SELECT ${list(selected)} FROM (${days}) WHERE ${ofRange} ${inZone}`;
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
