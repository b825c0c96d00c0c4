/** An individual device of Home Assistant's Energy dashboard, as Home Assistant keeps it. */
export type EnergyDevice = {
  /** The statistic of its energy; of an entity its id. */
  readonly stat_consumption: string;
  /** The statistic of its power. */
  readonly stat_rate?: string | undefined;
  readonly name?: string | undefined;
  /** The statistic that has this one in it already. */
  readonly included_in_stat?: string | undefined;
};

/** What a heat pump has for the dashboard. */
export type OfferedDevice = {
  /** What the dashboard takes; undefined while its entity is disabled. */
  readonly device: EnergyDevice | undefined;
  /** Every statistic of its electricity, or of a part of it: one of them on the dashboard, and it is counted there. */
  readonly statistics: readonly string[];
};

/** What is to be done for a heat pump; `as`: the statistic by which it is counted already. */
export type EnergyStep =
  | { readonly do: "add"; readonly device: EnergyDevice }
  | { readonly do: "leave"; readonly as: string }
  | { readonly do: "enable first" };

/** Entities that count the electricity of a heat pump, or a part of it; the first is what the dashboard takes. */
export const electricityCounters = [
  "today_electricity",
  "daily_electricity",
  "heating_electricity_total",
  "cooling_electricity_total",
  "dhw_electricity_total",
] as const;

/**
 * What is to be done so that the electricity of a heat pump is on the dashboard once. `imported` is the id of the statistic
 * that Heatloop imports for it; its parts have ids that begin so.
 */
export function energyStep(
  { device, statistics }: OfferedDevice,
  imported: string,
  there: readonly EnergyDevice[],
): EnergyStep {
  const counted = there.find(
    ({ stat_consumption: each }) => statistics.includes(each) || each === imported || each.startsWith(`${imported}_`),
  );
  if (counted !== undefined) return { do: "leave", as: counted.stat_consumption };
  return device === undefined ? { do: "enable first" } : { do: "add", device };
}
