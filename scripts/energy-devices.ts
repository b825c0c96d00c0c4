import { electricityCounters, type OfferedDevice } from "@heatloop/core/energy/energy-dashboard";
import { z } from "zod";

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
export type AnnouncedHeatPump = OfferedDevice & {
  /** Heatloop's id of it. */
  readonly id: string;
  readonly name: string;
};

const [wholeDay] = electricityCounters;

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
        statistics: electricityCounters.flatMap((each) => ours.get(`heatloop_${id}_${each}`)?.entity_id ?? []),
      },
    ];
  });
}
