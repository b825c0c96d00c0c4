import { type ElectricityByPart, totalUse } from "../energy/electricity-by-part.ts";
import { isCovered, numberIn, ranThroughout, rowsOfDay, type SeenMinute, type Timeline } from "../energy/timeline.ts";

/** The uses that have a COP; a defrost counts to the use that it interrupted. */
export const uses = ["heating", "hot_water", "cooling"] as const;
export type Use = (typeof uses)[number];

/** Heat (cold in cooling) and electricity at temperatures from `fromC` up to 2 °C more. */
export type Bucket = {
  readonly fromC: number;
  readonly heatWh: number;
  readonly electricityWh: number;
  readonly seconds: number;
};

/** The sums behind the figures of one use: of a day, and of any number of days by `joinPerformance`. */
export type UsePerformance = {
  readonly byOutdoor: readonly Bucket[];
  readonly byFlow: readonly Bucket[];
  /** Heat while positive, and its sums with the temperatures of its minutes: Wh and Wh x °C. */
  readonly weightWh: number;
  readonly weightedFlow: number;
  readonly weightedReturn: number;
  readonly weightedOutdoor: number;
  /** Of the compressor's minutes outside defrosts: heat, and the heat of an ideal machine with the same electricity. */
  readonly carnotHeatWh: number;
  readonly idealHeatWh: number;
  /**
   * Of the minutes that heatpumpmonitor.org's weighted % of Carnot counts (heat above 0, flow more than 1 K above return):
   * electricity, and what an ideal machine would have used for their heat.
   */
  readonly weightedElectricityWh: number;
  readonly weightedIdealWh: number;
};

export type Performance = Readonly<Record<Use, UsePerformance>>;

/** Width of a bucket of temperatures, °C. */
export const bucketC = 2;
/** emoncms' myheatpump: condensing 2 K above the flow, evaporating 6 K below outdoors. */
const condensingAboveFlowK = 2;
const evaporatingBelowOutdoorK = 6;
const zeroC = 273.15;
const leastFlowOverReturnK = 1;

type MutableBucket = { -readonly [K in keyof Bucket]: number };
type MutableUse = {
  -readonly [K in keyof UsePerformance]: UsePerformance[K] extends number ? number : Map<number, MutableBucket>;
};

/**
 * The sums of a day's minutes; one counts where its heat and its electricity are both known (simultaneity), so not
 * while the immersion heater is on, whose heat goes past the flow sensor. Defrosts count to the outdoor temperature
 * but not to a flow temperature, for the flow is cold because of them.
 */
export function performanceOf(timeline: Timeline): Performance {
  const sums = { heating: noUse(), hot_water: noUse(), cooling: noUse() };
  let defrostedOutOf: Use = "heating";
  for (const minute of rowsOfDay(timeline)) {
    const use = useOf(minute, defrostedOutOf);
    if (!isCounted(minute)) {
      defrostedOutOf = use ?? defrostedOutOf;
      continue;
    }
    // The heat that flows on after a run belongs to it.
    addWeighted(sums[use ?? defrostedOutOf], minute);
    if (use === null) continue;
    defrostedOutOf = use;
    addMinute(sums[use], minute, use);
  }
  return { heating: settled(sums.heating), hot_water: settled(sums.hot_water), cooling: settled(sums.cooling) };
}

const secondsOf = { heating: "heating_s", hot_water: "hot_water_s", cooling: "cooling_s" } as const;

/** What a minute mostly did; null in standby and where it is not known. */
function useOf({ figures }: SeenMinute, defrostedOutOf: Use): Use | null {
  let most: Use | null = null;
  let mostS = 0;
  for (const use of uses) {
    const seconds = (figures[secondsOf[use]] ?? 0) + (use === defrostedOutOf ? (figures.defrost_s ?? 0) : 0);
    if (seconds <= mostS) continue;
    most = use;
    mostS = seconds;
  }
  return most;
}

/** Whether both sides of a minute are known, and the immersion heater is not in one of them. */
function isCounted(minute: SeenMinute): minute is SeenMinute & { readonly use: ElectricityByPart } {
  if (minute.use === null || !isCovered(minute)) return false;
  return (numberIn(minute, "immersion_heater") ?? 0) === 0;
}

/** As emoncms and heatpumpmonitor.org weigh it; cooling has none. */
function addWeighted(sum: MutableUse, minute: SeenMinute & { readonly use: ElectricityByPart }): void {
  const heatWh = minute.figures.heat_wh ?? 0;
  const outdoorC = numberIn(minute, "outdoor_temperature") ?? Number.NaN;
  const flowC = numberIn(minute, "flow_temperature") ?? Number.NaN;
  const returnC = numberIn(minute, "return_temperature") ?? Number.NaN;
  const ideal = carnotCop(flowC, outdoorC);
  if (!(heatWh > 0 && flowC - returnC > leastFlowOverReturnK) || ideal === null) return;
  sum.weightedElectricityWh += totalUse(minute.use);
  sum.weightedIdealWh += heatWh / ideal;
}

function addMinute(sum: MutableUse, minute: SeenMinute & { readonly use: ElectricityByPart }, use: Use): void {
  const { figures } = minute;
  const defrosting = (figures.defrost_s ?? 0) > 0;
  const heatWh = use === "cooling" ? (figures.cooling_wh ?? 0) : (figures.heat_wh ?? 0);
  const electricityWh = totalUse(minute.use);
  const outdoorC = numberIn(minute, "outdoor_temperature");
  const flowC = numberIn(minute, "flow_temperature");
  if (outdoorC !== null) addTo(sum.byOutdoor, outdoorC, heatWh, electricityWh);
  if (flowC !== null && !defrosting) addTo(sum.byFlow, flowC, heatWh, electricityWh);
  const returnC = numberIn(minute, "return_temperature");
  if (outdoorC === null || flowC === null || returnC === null) return;
  if (heatWh > 0) {
    sum.weightWh += heatWh;
    sum.weightedFlow += heatWh * flowC;
    sum.weightedReturn += heatWh * returnC;
    sum.weightedOutdoor += heatWh * outdoorC;
  }
  const ideal = use === "cooling" ? null : carnotCop(flowC, outdoorC);
  const boosterS = (numberIn(minute, "booster_heater") ?? 0) + (numberIn(minute, "booster_heater_2") ?? 0);
  const compressorOnly = ranThroughout(minute) && boosterS === 0;
  if (ideal === null || !compressorOnly || defrosting) return;
  sum.carnotHeatWh += heatWh;
  sum.idealHeatWh += electricityWh * ideal;
}

/**
 * COP of an ideal heat pump between the flow + 2 K and outdoors - 6 K (°C), the convention of emoncms' myheatpump;
 * null where there is no lift.
 */
export function carnotCop(flowC: number, outdoorC: number): number | null {
  const liftK = flowC + condensingAboveFlowK - (outdoorC - evaporatingBelowOutdoorK);
  return liftK > 0 ? (flowC + condensingAboveFlowK + zeroC) / liftK : null;
}

function addTo(buckets: Map<number, MutableBucket>, temperatureC: number, heatWh: number, electricityWh: number): void {
  const fromC = Math.floor(temperatureC / bucketC) * bucketC;
  addBucket(buckets, { fromC, heatWh, electricityWh, seconds: 60 });
}

function addBucket(buckets: Map<number, MutableBucket>, more: Bucket): void {
  const { fromC } = more;
  const sum = buckets.get(fromC) ?? { fromC, heatWh: 0, electricityWh: 0, seconds: 0 };
  sum.heatWh += more.heatWh;
  sum.electricityWh += more.electricityWh;
  sum.seconds += more.seconds;
  buckets.set(fromC, sum);
}

function noUse(): MutableUse {
  return {
    byOutdoor: new Map(),
    byFlow: new Map(),
    weightWh: 0,
    weightedFlow: 0,
    weightedReturn: 0,
    weightedOutdoor: 0,
    carnotHeatWh: 0,
    idealHeatWh: 0,
    weightedElectricityWh: 0,
    weightedIdealWh: 0,
  };
}

function settled(sum: MutableUse): UsePerformance {
  const inOrder = (buckets: Map<number, Bucket>) => [...buckets.values()].sort((a, b) => a.fromC - b.fromC);
  return { ...sum, byOutdoor: inOrder(sum.byOutdoor), byFlow: inOrder(sum.byFlow) };
}

/** The sums of many days. */
export function joinPerformance(days: readonly Performance[]): Performance {
  const joined = (use: Use): UsePerformance => {
    const sum = noUse();
    for (const day of days) {
      const more = day[use];
      for (const bucket of more.byOutdoor) addBucket(sum.byOutdoor, bucket);
      for (const bucket of more.byFlow) addBucket(sum.byFlow, bucket);
      sum.weightWh += more.weightWh;
      sum.weightedFlow += more.weightedFlow;
      sum.weightedReturn += more.weightedReturn;
      sum.weightedOutdoor += more.weightedOutdoor;
      sum.carnotHeatWh += more.carnotHeatWh;
      sum.idealHeatWh += more.idealHeatWh;
      sum.weightedElectricityWh += more.weightedElectricityWh;
      sum.weightedIdealWh += more.weightedIdealWh;
    }
    return settled(sum);
  };
  return { heating: joined("heating"), hot_water: joined("hot_water"), cooling: joined("cooling") };
}
