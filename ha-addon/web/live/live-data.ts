import type { z } from "zod";
import type { alertSchema } from "../../src/web/alerts/schemas.ts";
import type { deviceSchema, statusSchema } from "../../src/web/schemas.ts";

/** A heat pump as `/ws` has it; unknown is null. */
export type LiveDevice = z.output<typeof deviceSchema> & z.output<typeof statusSchema>;
export type LiveAlert = z.output<typeof alertSchema>;

/** What `/ws` has told, and whether it still does. */
export type LiveData = {
  /** `lost`: there was a connection, and it is sought again. */
  readonly connection: "connecting" | "connected" | "lost";
  /** Of Heatloop; empty before the first answer. */
  readonly version: string;
  /** An IANA name; empty before the first answer. */
  readonly timeZone: string;
  /** When it was last heard of, in its own time: ISO 8601; empty before the first answer. */
  readonly time: string;
  readonly devices: readonly LiveDevice[];
  readonly alerts: readonly LiveAlert[];
};

type Change = { readonly type: "change"; readonly device: string; readonly changes: Partial<LiveDevice> };

/** A message of `/ws`, as the server documents it. */
export type LiveMessage =
  | {
      readonly type: "snapshot";
      readonly version: string;
      readonly time: string;
      readonly time_zone: string;
      readonly devices: readonly LiveDevice[];
      readonly alerts: readonly LiveAlert[];
    }
  | Change
  | { readonly type: "gone"; readonly device: string }
  | { readonly type: "alerts"; readonly alerts: readonly LiveAlert[] }
  | { readonly type: "alive"; readonly time: string };

export const noLiveData: LiveData = {
  connection: "connecting",
  version: "",
  timeZone: "",
  time: "",
  devices: [],
  alerts: [],
};

/** What is known after a message; a kind of message that is not known changes nothing. */
export function afterMessage(data: LiveData, message: LiveMessage): LiveData {
  switch (message.type) {
    case "snapshot": {
      const { version, time, time_zone: timeZone, devices, alerts } = message;
      return { connection: "connected", version, time, timeZone, devices, alerts };
    }
    case "change":
      return { ...data, devices: withChanges(data.devices, message) };
    case "gone":
      return { ...data, devices: data.devices.filter(({ id }) => id !== message.device) };
    case "alerts":
      return { ...data, alerts: message.alerts };
    case "alive":
      return { ...data, time: message.time };
    default:
      return data;
  }
}

/** A heat pump that has just been found comes whole. */
function withChanges(devices: LiveData["devices"], { device: id, changes }: Change): LiveData["devices"] {
  if (!devices.some((device) => device.id === id)) return [...devices, changes as LiveDevice];
  return devices.map((device) =>
    device.id === id ? { ...device, ...changes, values: { ...device.values, ...changes.values } } : device,
  );
}
