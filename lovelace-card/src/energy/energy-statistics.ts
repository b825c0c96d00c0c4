import { deviceSlug } from "@heatloop/core/catalogue/device-slug";
import { cop } from "@heatloop/core/energy/cop";
import type { Part } from "@heatloop/core/energy/day-energy";
import { type HeatPumpEntities, heatloopId } from "../home-assistant/find-entities.ts";
import type { Hass } from "../home-assistant/hass.ts";
import type { BarSlot, BarUnit } from "../range/date-range.ts";
import { copOfAll, type EnergyBar, type EnergyShown, electricityOf, heatOf, noBar, type Side } from "./energy-bars.ts";

type Use = Part | "all";
/** Statistics that make up one side, by use. */
export type StatisticIds = Readonly<Partial<Record<Use, string>>>;
type Sides = Readonly<Record<"electricity" | "heat", readonly StatisticIds[]>>;
/** Those of both sides, and of both sides of the COP where Heatloop may have written them. */
export type EnergyStatistics = Sides & {
  readonly cop: { readonly electricity: string; readonly heat: string } | undefined;
  /** Those of the two sides that are the firmware's own sums. */
  readonly firmware: readonly StatisticIds[];
};
type Row = { readonly start: number; readonly change?: number | null };
export type StatisticRows = Readonly<Record<string, readonly Row[] | undefined>>;

const electricityUses = ["heating", "hot_water", "cooling", "defrost", "standby", "unknown"] as const;
const heatUses = ["heating", "hot_water", "defrost", "standby"] as const;

/** Where a side may come from, the best first: by use, as Heatloop's own sum of the day, as the firmware's. */
export function statisticIdsOf({ device, entities }: HeatPumpEntities): EnergyStatistics {
  const id = heatloopId(device);
  const own = id === undefined ? undefined : `heatloop:${deviceSlug(id)}_`;
  const entity = (name: "today_electricity" | "today_heat" | "daily_electricity" | "daily_estimated_heat") => {
    const known = entities.get(name);
    return known === undefined ? [] : [{ all: known }];
  };
  const firmware = { electricity: entity("daily_electricity"), heat: entity("daily_estimated_heat") };
  return {
    cop: own === undefined ? undefined : { electricity: `${own}cop_electricity`, heat: `${own}cop_heat` },
    electricity: [
      ...(own ? [idsOf(`${own}electricity_`, electricityUses)] : []),
      ...entity("today_electricity"),
      ...firmware.electricity,
    ],
    heat: [
      ...(own ? [{ ...idsOf(`${own}heat_`, heatUses), cooling: `${own}cooling` }] : []),
      ...entity("today_heat"),
      ...firmware.heat,
    ],
    firmware: [...firmware.electricity, ...firmware.heat],
  };
}

function idsOf(prefix: string, uses: readonly Part[]): StatisticIds {
  return Object.fromEntries(uses.map((use) => [use, prefix + use]));
}

/** What Home Assistant's recorder knows of a range. Rejects as Home Assistant does where the recorder is off. */
export async function loadStatistics(
  hass: Hass,
  heatPump: HeatPumpEntities,
  slots: readonly BarSlot[],
  period: BarUnit,
): Promise<EnergyShown> {
  const ids = statisticIdsOf(heatPump);
  const rows = await hass.callWS<StatisticRows>({
    type: "recorder/statistics_during_period",
    start_time: new Date(slots[0]?.from ?? 0).toISOString(),
    end_time: new Date(slots.at(-1)?.to ?? 0).toISOString(),
    statistic_ids: [...ids.electricity, ...ids.heat, ids.cop ?? {}].flatMap((each) => Object.values(each)),
    period,
    units: { energy: "kWh" },
    types: ["change"],
  });
  return barsOfStatistics(rows, ids, slots);
}

/** Statistics as bars: each side from the first of its sources that knows anything of the range. */
export function barsOfStatistics(rows: StatisticRows, ids: EnergyStatistics, slots: readonly BarSlot[]): EnergyShown {
  const sources = { electricity: knownOf(rows, ids.electricity), heat: knownOf(rows, ids.heat) };
  const electricity = sidesOf(rows, sources.electricity, slots, electricityOf);
  const heat = sidesOf(rows, sources.heat, slots, heatOf);
  const sides = slots.map((_, index) => ({ electricity: electricity[index] ?? null, heat: heat[index] ?? null }));
  const seen = copsSeen(rows, ids.cop, slots);
  const cops = seen ?? { slots: sides.map((each) => copOfAll([each])), total: copOfAll(sides) };
  const bar = (of: (typeof sides)[number], cop: number | null): EnergyBar => ({ ...noBar, ...of, cop });
  const total = { electricity: sumOf(electricity, electricityOf), heat: sumOf(heat, heatOf) };
  return {
    bars: sides.map((each, index) => bar(each, cops.slots[index] ?? null)),
    total: bar(total, cops.total),
    copBasis:
      seen === undefined
        ? Object.values(sources).some((source) => ids.firmware.includes(source))
          ? "firmware"
          : "all"
        : "seen_together",
    from: { kind: "statistics" },
    currency: "",
  };
}

/** The COP of each slot and of all, of what was seen together; undefined where Heatloop has not written it. */
function copsSeen(rows: StatisticRows, ids: EnergyStatistics["cop"], slots: readonly BarSlot[]) {
  const [heatRows, electricityRows] = [rows[ids?.heat ?? ""], rows[ids?.electricity ?? ""]];
  if (heatRows === undefined || electricityRows === undefined) return undefined;
  const heat = changesOf(heatRows, slots);
  const electricity = changesOf(electricityRows, slots);
  const wh = (kwh: number | null | undefined) => (kwh === null || kwh === undefined ? null : kwh * 1000);
  const sum = (of: readonly (number | null)[]) =>
    of.reduce((all, kwh) => (kwh === null ? all : (all ?? 0) + kwh), null);
  return {
    slots: slots.map((_, index) => cop(wh(heat[index]), wh(electricity[index]))),
    total: cop(wh(sum(heat)), wh(sum(electricity))),
  };
}

function knownOf(rows: StatisticRows, sources: readonly StatisticIds[]): StatisticIds {
  const isKnown = (source: StatisticIds) =>
    Object.values(source).some((id) => rows[id]?.some(({ change }) => typeof change === "number"));
  return sources.find(isKnown) ?? {};
}

function sidesOf(
  rows: StatisticRows,
  source: StatisticIds,
  slots: readonly BarSlot[],
  sideOf: typeof electricityOf,
): (Side | null)[] {
  const changes = (Object.entries(source) as [Use, string][]).map(
    ([use, id]) => [use, changesOf(rows[id] ?? [], slots)] as const,
  );
  return slots.map((_, index) => sideOf(Object.fromEntries(changes.map(([use, of]) => [use, of[index] ?? null]))));
}

/** What each slot's rows add up to; null where it has none. Both are in the order of time. */
function changesOf(rows: readonly Row[], slots: readonly BarSlot[]): (number | null)[] {
  let at = 0;
  return slots.map(({ from, to }) => {
    let sum: number | null = null;
    for (; at < rows.length; at++) {
      const { start, change } = rows[at] as Row;
      if (start >= to) break;
      if (start >= from && typeof change === "number") sum = (sum ?? 0) + change;
    }
    return sum;
  });
}

function sumOf(sides: readonly (Side | null)[], sideOf: typeof electricityOf): Side | null {
  const uses: Partial<Record<Use, number>> = {};
  for (const side of sides) {
    for (const [use, kwh] of Object.entries(side?.parts ?? {}) as [Use, number][]) uses[use] = (uses[use] ?? 0) + kwh;
  }
  return sideOf(uses);
}
