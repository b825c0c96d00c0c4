import type { PointId } from "@heatloop/core/catalogue/points";
import type { Value } from "@heatloop/core/catalogue/reading";
import { averageRooms, type RoomAverage } from "@heatloop/core/room-feed/room-average";
import type { RoomFeedInput } from "@heatloop/core/room-feed/room-feed";
import type { WatchdogReport } from "@heatloop/core/room-feed/watchdog-report";
import { minuteMs } from "@heatloop/core/time/durations";
import type { HomeAssistant } from "../home-assistant/home-assistant.ts";
import { quorumOf, type RoomFeedSettings } from "../settings/room-feed-settings.ts";
import type { FedDevice } from "./fed-device.ts";
import { averagedRoom, type FedRoom, type FedRooms } from "./rooms.ts";

/** What decides about the feed at one moment, and the rooms behind it. */
export type FeedSituation = { readonly input: RoomFeedInput; readonly rooms: readonly FedRoom[] };

/** The points of the firmware that matter to the feed of a zone. */
export function feedPoints(zone: 1 | 2) {
  return {
    fed: `room_feedback_zone_${zone}`,
    source: `room_source_zone_${zone}`,
    own: `zone_${zone}_room_temperature`,
    setpoint: `zone_${zone}_room_setpoint`,
    climateTarget: `zone_${zone}_room_climate_target`,
    watchdog: `room_watchdog_zone_${zone}`,
    refused: `room_watchdog_refused_zone_${zone}`,
    feeder: `room_watchdog_feeder_zone_${zone}`,
    secondFeeder: `room_watchdog_second_feeder_zone_${zone}`,
  } as const satisfies Record<string, PointId>;
}

/** The situation of now, of the rooms and of the heat pump; `at` in ms since the epoch. */
export function feedSituation(parts: {
  readonly at: number;
  readonly points: ReturnType<typeof feedPoints>;
  readonly device: Pick<FedDevice, "value" | "online" | "mayBeFed">;
  readonly homeAssistant: Pick<HomeAssistant, "config"> | undefined;
  readonly rooms: FedRooms;
  readonly settings: RoomFeedSettings;
}): FeedSituation {
  const { at, points, device } = parts;
  const { send, hold_min: holdMin } = parts.settings.room_feed;
  const source = device.value(points.source);
  const reportedC = numberOf(device.value(points.own));
  const { rooms, ownC } = parts.rooms.judge(at, parts.homeAssistant?.config()?.temperatureUnit, reportedC);
  const input: RoomFeedInput = {
    at,
    average: averageOf(rooms, parts),
    online: device.online(),
    fedC: numberOf(device.value(points.fed)),
    source: typeof source === "string" ? source : null,
    ownC,
    watchdog: watchdogReport(device, points),
    sending: !device.mayBeFed() ? "another_feeds" : send ? "on" : "off",
    holdMs: holdMin * minuteMs,
  };
  return { input, rooms };
}

/** What the watchdog of the zone reports; null where the ESP32 has none. */
function watchdogReport(
  device: Pick<FedDevice, "value">,
  points: ReturnType<typeof feedPoints>,
): WatchdogReport | null {
  const textOf = (point: PointId) => {
    const value = device.value(point);
    return typeof value === "string" ? value : null;
  };
  const state = textOf(points.watchdog);
  if (state === null) return null;
  const [refused, feeder, secondFeeder] = [textOf(points.refused), textOf(points.feeder), textOf(points.secondFeeder)];
  return { state, refused, feeder, secondFeeder };
}

function averageOf(rooms: readonly FedRoom[], parts: Parameters<typeof feedSituation>[0]): RoomAverage | null {
  if (rooms.length === 0) return null;
  const { device, points, settings } = parts;
  const { mode, min_c: minC, max_c: maxC } = settings.room_feed;
  const zoneSetpointC = numberOf(device.value(points.setpoint)) ?? numberOf(device.value(points.climateTarget));
  const quorum = quorumOf(settings.room_feed);
  return averageRooms(rooms.map(averagedRoom), { mode, quorum, zoneSetpointC, minC, maxC });
}

function numberOf(value: Value): number | null {
  return typeof value === "number" ? value : null;
}
