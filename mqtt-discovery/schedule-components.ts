import type { ScheduledSetting } from "@heatloop/core/schedule/scheduled-settings";
import { attributesOf, type DiscoveryComponent, identity } from "./component.ts";

/** What the weekly schedule changes next; a `NextChangeState`, retained. */
export function scheduleTopic(device: string): string {
  return `heatloop/${device}/schedule`;
}

export type NextChangeState = {
  /** ISO 8601 with offset; null where nothing comes. */
  readonly next: string | null;
  /** What is changed then: set-points in °C, a boost in minutes, of which 0 ends it. */
  readonly changes: readonly { readonly set: ScheduledSetting; readonly to: number; readonly unit: "°C" | "min" }[];
};

/** The entity of what the weekly schedule of a device changes next. */
export function scheduleComponents(device: string): Readonly<Record<"next_scheduled_change", DiscoveryComponent>> {
  return {
    next_scheduled_change: {
      ...identity(device, "sensor", "next_scheduled_change"),
      name: "Next scheduled change",
      device_class: "timestamp",
      state_topic: scheduleTopic(device),
      value_template: "{{ value_json.next }}",
      ...attributesOf(scheduleTopic(device), ["changes"]),
    },
  };
}
