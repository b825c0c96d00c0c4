import { z } from "zod";

/** An individual device of the Energy dashboard, as Home Assistant keeps it. */
export type EnergyDevice = {
  /** The statistic of its energy; of an entity its id. */
  readonly stat_consumption: string;
  /** The statistic of its power. */
  readonly stat_rate?: string | undefined;
  readonly name?: string | undefined;
  /** The statistic that has this one in it already. */
  readonly included_in_stat?: string | undefined;
};

/** Home Assistant's list of entities, as far as it is used here. */
export const entitiesSchema = z.array(
  z.object({
    entity_id: z.string(),
    unique_id: z.string(),
    platform: z.string(),
    device_id: z.string().nullable(),
    disabled_by: z.string().nullable(),
  }),
);
/** Home Assistant's list of devices, as far as it is used here. */
export const devicesSchema = z.array(
  z.object({ id: z.string(), name: z.string().nullable(), name_by_user: z.string().nullable() }),
);
/** The preferences of the Energy dashboard; a device keeps the keys that are not known here. */
export const preferencesSchema = z.object({
  device_consumption: z.array(z.looseObject({ stat_consumption: z.string(), name: z.string().optional() })),
});

type Entity = z.output<typeof entitiesSchema>[number];

/** A heat pump that Heatloop has announced. */
export type AnnouncedHeatPump = {
  /** Heatloop's id of it. */
  readonly id: string;
  readonly name: string;
  /** What the Energy dashboard takes; undefined while its entity is disabled. */
  readonly device: EnergyDevice | undefined;
  /** Every statistic of its electricity, or of a part of it: one of them on the dashboard, and it is counted there. */
  readonly statistics: readonly string[];
};

/** What is to be done for a heat pump; `as`: the statistic by which it is counted already. */
export type EnergyStep =
  | { readonly do: "add"; readonly device: EnergyDevice }
  | { readonly do: "leave"; readonly as: string }
  | { readonly do: "enable first" };

const wholeDay = "today_electricity";
/** The controller's own counters: the whole of a day, and the totals by operation. */
const counters = [
  "daily_electricity",
  "heating_electricity_total",
  "cooling_electricity_total",
  "dhw_electricity_total",
];

/** The heat pumps that Heatloop announced, found by their unique ids, whatever their entities were renamed to. */
export function announcedHeatPumps(
  entities: readonly Entity[],
  devices: z.output<typeof devicesSchema>,
): readonly AnnouncedHeatPump[] {
  const ours = new Map(
    entities.filter(({ platform }) => platform === "mqtt").map((entity) => [entity.unique_id, entity]),
  );
  return [...ours.values()].flatMap((whole) => {
    const id = new RegExp(`^heatloop_(.+)_${wholeDay}$`).exec(whole.unique_id)?.[1];
    if (id === undefined) return [];
    const named = devices.find((device) => device.id === whole.device_id);
    const name = named?.name_by_user ?? named?.name ?? id;
    const power = ours.get(`heatloop_${id}_electric_power`);
    const rate = power?.disabled_by === null ? { stat_rate: power.entity_id } : {};
    const device = { stat_consumption: whole.entity_id, ...rate, name };
    return [
      {
        id,
        name,
        device: whole.disabled_by === null ? device : undefined,
        statistics: [wholeDay, ...counters].flatMap((each) => ours.get(`heatloop_${id}_${each}`)?.entity_id ?? []),
      },
    ];
  });
}

/**
 * What is to be done so that the electricity of a heat pump is on the dashboard once. `imported` is the id of the statistic
 * that Heatloop imports for it; its parts have ids that begin so.
 */
export function energyStep(
  { device, statistics }: AnnouncedHeatPump,
  imported: string,
  there: readonly EnergyDevice[],
): EnergyStep {
  const counted = there.find(
    ({ stat_consumption: each }) => statistics.includes(each) || each === imported || each.startsWith(`${imported}_`),
  );
  if (counted !== undefined) return { do: "leave", as: counted.stat_consumption };
  return device === undefined ? { do: "enable first" } : { do: "add", device };
}
