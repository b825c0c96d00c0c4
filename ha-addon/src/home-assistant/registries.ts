import { z } from "zod";
import type { HomeAssistant } from "./home-assistant.ts";

/** What Home Assistant's registries say of an entity; null is not said. */
export type RegisteredEntity = {
  readonly platform: string | null;
  readonly category: string | null;
  readonly isHidden: boolean;
  /** The id of its device. */
  readonly device: string | null;
  /** Name, model and maker of the device, as one text for a search. */
  readonly deviceText: string;
  readonly deviceIdentifiers: readonly string[];
  /** The name of its area, its own or its device's. */
  readonly area: string | null;
};

const text = z.string().nullish();
const entitySchema = z.object({
  entity_id: z.string(),
  platform: text,
  area_id: text,
  device_id: text,
  entity_category: text,
  hidden_by: text,
});
const deviceSchema = z.object({
  id: z.string(),
  area_id: text,
  name: text,
  name_by_user: text,
  manufacturer: text,
  model: text,
  identifiers: z.array(z.array(z.unknown())).default([]),
});
const areaSchema = z.object({ area_id: z.string(), name: z.string() });

type Source = Pick<HomeAssistant, "send">;

/** Finds what the registries of entities, devices and areas say; of what they do not have, nothing. Never rejected. */
export async function readRegistries(homeAssistant: Source): Promise<(entity: string) => RegisteredEntity> {
  const [entities, devices, areas] = await Promise.all([
    listOf(homeAssistant, "config/entity_registry/list", entitySchema),
    listOf(homeAssistant, "config/device_registry/list", deviceSchema),
    listOf(homeAssistant, "config/area_registry/list", areaSchema),
  ]);
  const entryOf = new Map(entities.map((entry) => [entry.entity_id, entry]));
  const deviceOf = new Map(devices.map((device) => [device.id, device]));
  const areaOf = new Map(areas.map(({ area_id, name }) => [area_id, name]));
  return (entity) => {
    const entry = entryOf.get(entity);
    const device = deviceOf.get(entry?.device_id ?? "");
    const texts = [device?.name_by_user, device?.name, device?.manufacturer, device?.model];
    return {
      platform: entry?.platform ?? null,
      category: entry?.entity_category ?? null,
      isHidden: typeof entry?.hidden_by === "string",
      device: entry?.device_id ?? null,
      deviceText: texts.filter((each) => typeof each === "string").join(" "),
      deviceIdentifiers: device?.identifiers.flat().map(String) ?? [],
      area: areaOf.get(entry?.area_id ?? device?.area_id ?? "") ?? null,
    };
  };
}

async function listOf<S extends z.ZodType>(
  homeAssistant: Source,
  type: string,
  schema: S,
): Promise<readonly z.output<S>[]> {
  const answer = await homeAssistant.send({ type }).catch(() => []);
  return Array.isArray(answer) ? answer.flatMap((each) => schema.safeParse(each).data ?? []) : [];
}
