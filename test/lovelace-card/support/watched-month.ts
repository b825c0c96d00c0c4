import { type Bill, noBill } from "@heatloop/core/cost/bill";
import { type DayEnergy, dayEnergy } from "@heatloop/core/energy/day-energy";
import { adviceOn } from "@heatloop/core/events/cycle-advice";
import { countCauses, runLengths } from "@heatloop/core/events/cycle-report";
import type { EventsReport } from "@heatloop/core/events/events-report";
import { addedStops, type ShortRun, stopsOf } from "@heatloop/core/events/stops";
import type { Operation } from "@heatloop/core/live/operation";
import { type Report, type ReportPeriod, report } from "@heatloop/core/report";
import { minuteMs } from "@heatloop/core/time/durations";
import { dateAfter, datesBetween } from "@heatloop/core/time/local-day";
import { rome } from "#test/core/examples/example-days.ts";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { exampleNow } from "#test/support/examples/device.ts";
import { exampleEvents } from "#test/support/examples/events.ts";
import { exampleCosts } from "#test/support/examples/report.ts";

/** Something that the heat pump did, ms since the epoch. */
export type Did = { readonly operation: Operation; readonly from: number; readonly to: number };

const causes = [
  { cause: "overshoot", reason: "minimum_output" },
  { cause: "hot_water", reason: null },
  { cause: "unexplained", reason: null },
] as const;

/** Of this day four hours were not logged, of the other nothing. */
export const gapDay = "2026-11-09";
export const lostDay = "2026-11-12";

/** What a heat pump did on a day: hot water, some runs of heating with a defrost in them, standby between. */
export function didOn(date: string): Did[] {
  const start = rome.startOf(date);
  const end = Math.min(rome.endOf(date), exampleNow);
  const day = Number(date.slice(8));
  const list: Did[] = [];
  let at = start;
  const add = (operation: Operation, minutes: number) => {
    const to = Math.min(at + minutes * minuteMs, end);
    if (to > at) list.push({ operation, from: at, to });
    at = to;
  };
  add("standby", 20 + (day % 5) * 7);
  for (let run = 0; at < end; run++) {
    if (run === 2) add("hot_water", 42);
    add("heating", run === 4 ? 7 + (day % 4) : 60 + ((day * 37 + run * 53) % 110));
    if ((day + run) % 4 === 0) add("defrost", 5);
    if ((day + run) % 4 === 0) add("heating", 35);
    add("standby", 40 + ((day * 13 + run * 29) % 90));
  }
  return list;
}

/** The report of Heatloop's app over these days. */
export function watchedReport(from: string, to: string, unit: Report["unit"] | undefined): Report {
  const dates = datesBetween(from, to).filter((date) => date >= "2026-10-05" && date <= "2026-11-21");
  const days = dates.filter((date) => date !== lostDay).map(dayOn);
  const made = report({
    device: "ecodan-heatpump",
    from,
    to,
    unit,
    zone: rome,
    now: exampleNow,
    days,
    bills: {
      days: new Map(days.map((day) => [day.date, billOf(day.electricityWh ?? 0)])),
      options: exampleCosts,
    },
    events: eventsOn(dates),
  });
  return { ...made, periods: made.periods.map(withEstimate) };
}

/** What the best sources would add for the hours that were not seen. */
function withEstimate(period: ReportPeriod): ReportPeriod {
  const { heat, electricity } = period.sources;
  if (period.name !== gapDay || heat === null || electricity === null) return period;
  const estimated = (wh: number, missingWh: number) => ({
    wh: wh + missingWh,
    missingWh,
    lowWh: wh + missingWh * 0.6,
    highWh: wh + missingWh * 1.4,
  });
  return {
    ...period,
    sources: {
      ...period.sources,
      heat: { ...heat, ...estimated(heat.wh, 12_000) },
      electricity: { ...electricity, ...estimated(electricity.wh, 3_200) },
    },
  };
}

function dayOn(date: string): DayEnergy {
  const cold = 1 + (Number(date.slice(8)) % 6) / 8;
  const heat = { heating: 62 * cold, hot_water: 95, cooling: 0, defrost: -45, standby: 0 };
  const electricity = { heating: 15 * cold * cold, hot_water: 34, cooling: 0, defrost: 12, standby: 0.25 };
  const gap = date === gapDay ? [rome.startOf(date) + 9 * 60 * minuteMs, rome.startOf(date) + 13 * 60 * minuteMs] : [];
  const minutes = didOn(date).flatMap(({ operation, from, to }) =>
    Array.from({ length: Math.round((to - from) / minuteMs) }, (_, index) => from + index * minuteMs)
      .filter((at) => !(at >= (gap[0] ?? at + 1) && at < (gap[1] ?? at)))
      .map((at) => wholeMinute(at, operation, { heatWh: heat[operation], electricityWh: electricity[operation] })),
  );
  return dayEnergy({ date, zone: rome, minutes, now: exampleNow });
}

function billOf(electricityWh: number): Bill {
  return {
    ...noBill(),
    days: 1,
    seconds: 86_400,
    total: { electricityWh, pricedWh: electricityWh, cost: electricityWh * 0.00031 },
  };
}

function eventsOn(dates: readonly string[]): EventsReport {
  const example = exampleEvents();
  const runsOn = (date: string) =>
    didOn(date)
      .filter(({ operation }) => operation === "heating" || operation === "hot_water")
      .map(({ from, to }) => ({
        date,
        from,
        to,
        startSeen: true,
        endSeen: true,
        heatWh: 400,
        electricityWh: 100,
        outdoorC: 4,
        wattsPerHz: 120,
        hotWaterS: 0,
        defrostS: 0,
        stop: null,
      }));
  const days = dates
    .filter((date) => date !== lostDay)
    .map((date, index) => {
      const runs = runsOn(date);
      const isShort = ({ from, to }: { from: number; to: number }) => to - from < 10 * minuteMs;
      const shortCause = causes[index % causes.length] ?? causes[0];
      const explained = runs.map(
        (run): ShortRun => ({ ...run, ...(isShort(run) ? shortCause : { cause: "room_satisfied", reason: null }) }),
      );
      const shortRuns = explained.filter(isShort);
      const day = example.cycles.days[0];
      if (day === undefined) throw new Error("the example has no day");
      const counted = {
        starts: runs.length,
        runs: runs.length,
        stops: stopsOf(explained.map((run) => ({ ...run, pauseS: 4500, output: null }))),
      };
      const isWhole = date !== "2026-11-21" && date !== gapDay;
      return { ...day, date, isWhole, ...counted, shortRuns, causes: countCauses(shortRuns) };
    });
  const whole = days.filter(({ isWhole }) => isWhole);
  return {
    ...example,
    cycles: {
      ...example.cycles,
      days,
      startsPerDay: whole.length === 0 ? null : startsOf(whole) / whole.length,
      lengths: runLengths(dates.flatMap(runsOn)),
      stops: addedStops(days.flatMap(({ stops }) => stops)),
      ...adviceOn({
        days: whole.length,
        starts: startsOf(whole),
        stops: addedStops(whole.flatMap(({ stops }) => stops)),
        heatingFlowC: 33,
        hasCooled: false,
      }),
    },
  };
}

function startsOf(days: readonly { readonly starts: number }[]): number {
  return days.reduce((sum, { starts }) => sum + starts, 0);
}

/** The statistics that Home Assistant has of it: an hour, day or month by its start, kWh. */
export function watchedStatistics(ids: readonly string[], from: number, to: number, period: string) {
  const step = 60 * minuteMs;
  const rows = (power: (did: Did) => number) => {
    const list: { start: number; end: number; change: number }[] = [];
    for (let at = from; at < Math.min(to, exampleNow); at += step) {
      const change = didOn(rome.dateOf(at)).reduce(
        (kwh, did) => kwh + (power(did) * Math.max(0, Math.min(did.to, at + step) - Math.max(did.from, at))) / 3.6e6,
        0,
      );
      list.push({ start: at, end: at + step, change });
    }
    if (period === "hour") return list;
    const length = period === "day" ? 10 : 7;
    return [...Map.groupBy(list, ({ start }) => rome.isoOf(start).slice(0, length)).values()].map((group) => ({
      start: group[0]?.start ?? 0,
      end: group.at(-1)?.end ?? 0,
      change: group.reduce((sum, each) => sum + each.change, 0),
    }));
  };
  const kw = (word: string, operation: Operation) =>
    word === "electricity"
      ? { heating: 1.2, hot_water: 2, cooling: 0, defrost: 0.7, standby: 0.015 }[operation]
      : { heating: 4.4, hot_water: 5.6, cooling: 0, defrost: -2.7, standby: 0 }[operation];
  return Object.fromEntries(
    ids.flatMap((id) => {
      const [, word, use] = /^heatloop:ecodan_heatpump_(electricity|heat)_(\w+)$/.exec(id) ?? [];
      if (word !== undefined) return [[id, rows(({ operation }) => (operation === use ? kw(word, operation) : 0))]];
      const today = /today_(electricity|heat)$/.exec(id)?.[1];
      return today === undefined ? [] : [[id, rows(({ operation }) => kw(today, operation))]];
    }),
  );
}

/** The history of the operation, as Home Assistant compresses it. */
export function watchedHistory(from: number): { readonly s: string; readonly lu: number }[] {
  const dates = datesBetween(dateAfter(rome.dateOf(from), -1), rome.dateOf(exampleNow));
  return dates
    .flatMap((date) => (date === "2026-11-18" ? [{ operation: "unavailable", from: rome.startOf(date) }] : didOn(date)))
    .map(({ operation, from: at }) => ({ s: operation, lu: at / 1000 }));
}
