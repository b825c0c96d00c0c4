import type { TransitionKind } from "@heatloop/core/live/transition";

/**
 * What happens to a heat pump, as device triggers of Home Assistant: what an automation can begin with, without an entity.
 * Source: homeassistant/components/mqtt/device_trigger.py, 2026.11.
 */

/** The events of a heat pump as they happen; a `DeviceEvent`, QoS 1, not retained: an old event is none. */
export function eventTopic(device: string): string {
  return `heatloop/${device}/event`;
}

/** JSON of `eventTopic`. */
export type DeviceEvent = {
  readonly event: EventId;
  /** When it happened, ISO 8601 with offset. */
  readonly at: string;
  /** The states before and after it: `on`, `off`, a fault's code, `online`, a state of the room feed. */
  readonly from: string | null;
  readonly to: string | null;
};

/**
 * Home Assistant shows `"Compressor" started`: subtype, then type. English in every language, as automations refer to a
 * trigger by the two.
 */
type Row = { readonly subtype: string; readonly type: string };

const rows = {
  fault: { subtype: "Fault", type: "occurred" },
  fault_cleared: { subtype: "Fault", type: "cleared" },
  offline: { subtype: "Heat pump", type: "went offline" },
  online: { subtype: "Heat pump", type: "came online" },
  defrost_started: { subtype: "Defrost", type: "started" },
  defrost_ended: { subtype: "Defrost", type: "ended" },
  compressor_started: { subtype: "Compressor", type: "started" },
  compressor_stopped: { subtype: "Compressor", type: "stopped" },
  hot_water_started: { subtype: "Hot water", type: "started" },
  hot_water_ended: { subtype: "Hot water", type: "ended" },
  room_feed_fallback: { subtype: "Room feed", type: "fell back" },
  room_feed_restored: { subtype: "Room feed", type: "was restored" },
} as const satisfies Record<string, Row>;

export type EventId = keyof typeof rows;

/** A trigger as Home Assistant's MQTT discovery takes it. */
export type DeviceTrigger = {
  readonly platform: "device_automation";
  readonly automation_type: "trigger";
  readonly topic: string;
  readonly value_template: string;
  readonly payload: EventId;
  readonly type: string;
  readonly subtype: string;
};

/** The triggers of a heat pump by their key in its announcement; those of the room feed only where it `takesRooms`. */
export function deviceTriggers(device: string, takesRooms: boolean): Readonly<Record<string, DeviceTrigger>> {
  const events = (Object.entries(rows) as [EventId, Row][]).filter(([id]) => takesRooms || !id.startsWith("room_feed"));
  return Object.fromEntries(
    events.map(([id, row]) => [
      `event_${id}`,
      {
        platform: "device_automation",
        automation_type: "trigger",
        topic: eventTopic(device),
        value_template: "{{ value_json.event }}",
        payload: id,
        ...row,
      },
    ]),
  );
}

/** The event of a change of state; undefined where there is none of it. */
export function eventOf(kind: TransitionKind, from: string | null, to: string | null): EventId | undefined {
  switch (kind) {
    case "fault":
      return to === "none" ? "fault_cleared" : "fault";
    case "online":
      return to === "online" ? "online" : "offline";
    case "defrost":
      return to === "on" ? "defrost_started" : "defrost_ended";
    case "compressor":
      return to === "on" ? "compressor_started" : "compressor_stopped";
    case "hot_water":
      return to === "on" ? "hot_water_started" : "hot_water_ended";
    case "room_feed":
      if (to === "fallback") return "room_feed_fallback";
      return from === "fallback" && to !== "off" ? "room_feed_restored" : undefined;
    case "operation":
    case "lockout":
      return undefined;
  }
}
