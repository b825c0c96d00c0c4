import type { FirmwarePackage } from "@heatloop/core/catalogue/firmware-packages";
import type { Language } from "@heatloop/core/catalogue/languages";
import { type PointId, pointIds, pointOf } from "@heatloop/core/catalogue/points";
import { statesOf, textOf } from "@heatloop/core/catalogue/text-states";
import { nameOf } from "@heatloop/core/catalogue/topics";
import { stringify } from "yaml";

/** The ids of the firmware's YAML that packages of ours extend or read (confs/auto-adaptive.yaml, zone1.yaml, zone2.yaml). */
const extended: Partial<Record<PointId, string>> = {
  room_feedback_zone_1: "temperature_feedback_z1",
  room_feedback_zone_2: "temperature_feedback_z2",
  room_source_zone_1: "temperature_feedback_source_z1",
  room_source_zone_2: "temperature_feedback_source_z2",
  zone_1_room_temperature: "z1_room_temp",
  zone_2_room_temperature: "z2_room_temp",
};

const boards = {
  esp32s3: { variant: "esp32s3" },
  esp32: { variant: "esp32" },
  "esp32s3-proxy2": { variant: "esp32s3" },
  asgard: { variant: "esp32s3", flash_size: "16MB" },
} as const;
export type Board = keyof typeof boards;
export const boardNames = Object.keys(boards) as Board[];

/** The packages that stand in esphome/ itself. */
const own: readonly FirmwarePackage[] = ["room-watchdog", "diagnostics"];

/**
 * What stands in for esphome/firmware.yaml and firmware-zone-2.yaml where the firmware's repository is not there: entities
 * of the same kind, name and id as the catalogue has them, made of ESPHome's templates.
 */
export function stubFirmware(board: Board, language: Language): { readonly base: string; readonly zone2: string } {
  const ofZone2 = (id: PointId) => pointOf(id).package === "zone2" || pointOf(id).package === "server-control-z2";
  const base = {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: ESPHome's own substitutions
    esphome: { name: "${name}", friendly_name: "${friendlyName}" },
    esp32: { ...boards[board], framework: { type: "esp-idf" } },
    wifi: { ssid: "home", password: "not a secret" },
    debug: null,
    ...entities(
      pointIds.filter((id) => !ofZone2(id) && !own.includes(pointOf(id).package)),
      language,
    ),
  };
  return { base: stringify(base), zone2: stringify(entities(pointIds.filter(ofZone2), language)) };
}

function entities(ids: readonly PointId[], language: Language): Record<string, object[]> {
  const found: Record<string, object[]> = {};
  for (const id of ids) {
    const entity = entityOf(id, language);
    if (entity === undefined) continue;
    const { platform, ...of } = entity;
    found[platform] = [...(found[platform] ?? []), { platform: "template", id: extended[id] ?? id, ...of }];
  }
  return found;
}

type Entity = { readonly platform: string; readonly name: string; readonly [option: string]: unknown };

/** undefined: a climate or an update, which has no simple template. */
function entityOf(id: PointId, language: Language): Entity | undefined {
  const { component, quantity, states, min, max, step } = pointOf(id);
  const name = nameOf(id, language);
  switch (component) {
    case "number":
      return {
        platform: component,
        name,
        optimistic: true,
        restore_value: true,
        initial_value: min,
        min_value: min,
        max_value: max,
        step,
      };
    case "select": {
      const options = states === undefined ? [] : statesOf(states).map((state) => textOf(states, state, language));
      return { platform: component, name, optimistic: true, restore_value: true, options: [...new Set(options)] };
    }
    case "switch":
      return { platform: component, name, optimistic: true };
    case "button":
      return { platform: component, name };
    case "text":
      return { platform: component, name, optimistic: true, mode: "text" };
    case "binary_sensor":
      return { platform: component, name };
    case "sensor":
      return { platform: quantity === "text" || quantity === "choice" ? "text_sensor" : component, name };
    case "climate":
    case "update":
      return undefined;
  }
}
