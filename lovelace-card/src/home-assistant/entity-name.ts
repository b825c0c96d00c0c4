import type { DeviceEntry, Hass } from "./hass.ts";

/** What a person calls a device. */
export function deviceName(device: DeviceEntry): string {
  return device.name_by_user ?? device.name ?? "";
}

/** The name of an entity without that of its device, which every row of a card would begin with; undefined: it has none. */
export function entityName({ states }: Pick<Hass, "states">, id: string, device: DeviceEntry): string | undefined {
  const name = states[id]?.attributes.friendly_name;
  if (typeof name !== "string") return undefined;
  const prefix = `${deviceName(device)} `;
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}
