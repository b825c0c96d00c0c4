import type { Clock } from "@heatloop/core/time/clock";
import { dateAfter, datesBetween, type Zone } from "@heatloop/core/time/local-day";
import type { AddonAnswer } from "../../home-assistant/addon.ts";
import type { HeatPumpEntities } from "../../home-assistant/find-entities.ts";
import type { Hass } from "../../home-assistant/hass.ts";
import { loadHistory } from "../../home-assistant/history.ts";
import type { Load } from "../../look/loading.ts";
import { type DaysMade, loadReport, type ReportOfCycles } from "../../range/addon-report.ts";
import { barUnitOf, type DateRange } from "../../range/date-range.ts";
import { rangeLimits } from "../../range/range-limits.ts";
import { type CycleCounts, countedBy, countedFrom, noCounts } from "./counted-cycles.ts";
import { cycleEntities, type DayStrip, dayStrips, runsOf, segmentsOf } from "./cycles.ts";

export type CyclesShown = CycleCounts & {
  /** The latest first; none of a range that is too long for them. */
  readonly days: readonly DayStrip[];
  /** Who counted: Heatloop's app, or the card from what Home Assistant's history still has, until the app has or for good. */
  readonly from: "app" | "history_meanwhile" | "history";
  /** How far the app is; null where it is not known, or it has answered. */
  readonly progress: DaysMade;
};

const nothingSeen = { ...noCounts, days: [] } as const;

type House = { readonly hass: Hass; readonly heatPump: HeatPumpEntities; readonly clock: Clock };

/** More strips than those of a month are not looked at one by one; chosen. */
const mostStrips = 31;
/** The app answers within a second or two, also where its report of years is not made yet; chosen. */
const mostTries = 200;

/** Whether a range is shown day by day; else as bars. */
export function hasStrips({ from, to }: Pick<DateRange, "from" | "to">): boolean {
  return datesBetween(from, to).length <= mostStrips;
}

/**
 * The cycles of a range: what it did from Home Assistant's history, starts and causes from Heatloop's app where it is there.
 * Rejects as Home Assistant does where neither answers.
 */
export function loadCycles(house: House, range: DateRange, zone: Zone): Load<CyclesShown> {
  return async (early) => {
    const now = house.clock.now();
    const { known } = rangeLimits(range, zone.dateOf(now));
    if (known === undefined) return { ...noCounts, days: [], from: "history", progress: null };
    const ask = () => loadReport("cycles", house, known, barUnitOf(range)).catch(() => undefined);
    const report = ask();
    // Of a range without strips the app knows all that is shown.
    const recorded = hasStrips(range) ? loadRecord(house, known, zone, now) : undefined;
    const meanwhile = recorded?.catch(() => undefined);
    let answer = await report;
    for (let tries = 1; isPending(answer) && tries < mostTries; tries++) {
      early({ ...((await meanwhile) ?? nothingSeen), from: "history_meanwhile", progress: progressIn(answer) });
      answer = await ask();
    }
    const counts = countsIn(answer);
    if (counts === undefined) return recorded ?? { ...(await loadRecord(house, known, zone, now)), days: [] };
    return { ...counts, days: (await meanwhile)?.days ?? [], from: "app", progress: null };
  };
}

type Answer = AddonAnswer<ReportOfCycles> | undefined;

function isPending(answer: Answer): boolean {
  return answer?.kind === "answer" && answer.value.happened === null && answer.value.pending;
}

function progressIn(answer: Answer): DaysMade {
  // Apps of before have none.
  return (answer?.kind === "answer" && answer.value.progress) || null;
}

function countsIn(answer: Answer): CycleCounts | undefined {
  const reported = answer?.kind === "answer" ? answer.value.happened?.cycles : undefined;
  return reported && countedBy(reported);
}

/** What Home Assistant's history has of some dates. */
async function loadRecord(
  { hass, heatPump }: House,
  { from, to }: Pick<DateRange, "from" | "to">,
  zone: Zone,
  now: number,
): Promise<CyclesShown> {
  const entities = cycleEntities(heatPump.entities);
  // Of the firmware's signs a year is millions of states.
  const isLittle = entities.has("operation") || hasStrips({ from, to });
  const first = isLittle ? from : dateAfter(to, 1 - mostStrips);
  const span = { from: zone.startOf(first), to: Math.min(zone.endOf(to), now) };
  const history = await loadHistory(hass, [...entities.values()], span);
  const segments = segmentsOf(history, entities, span.from, span.to);
  const days = dayStrips(segments, first, to, zone);
  return { ...countedFrom(runsOf(segments), days, zone, now), days, from: "history", progress: null };
}
