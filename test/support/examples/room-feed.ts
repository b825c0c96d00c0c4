import type { RoomFeedView } from "@heatloop/ha-addon/room-feed/view";
import { exampleNow } from "./device.ts";

export const exampleRoomFeed: RoomFeedView = {
  device: "ecodan-heatpump",
  zone: 1,
  state: "degraded",
  remarks: [
    {
      code: "some_rooms_used",
      used: 2,
      rooms: 3,
      missing: [{ name: "Bedroom", reason: { code: "silent", minutes: 120 } }],
    },
  ],
  reason: "2 of 3 rooms used: Bedroom has not reported for over 120 min.",
  since: exampleNow - 3_600_000,
  temperatureC: 20.6,
  sentC: 20.6,
  sentAt: exampleNow - 60_000,
  readBackC: 20.6,
  confirmed: true,
  source: "home_assistant",
  rooms: [
    room("climate.living_room", "Living room", 20.8),
    room("climate.kitchen", "Kitchen", 20.4),
    {
      ...room("sensor.bedroom_temperature", "Bedroom", null),
      used: false,
      reportedAt: exampleNow - 7_200_000,
      notUsed: { code: "silent", minutes: 120 },
      reason: "has not reported for over 120 min",
    },
  ],
};

function room(entity: string, name: string, temperatureC: number | null): RoomFeedView["rooms"][number] {
  return {
    entity,
    name,
    temperatureC,
    setpointC: 21,
    weight: 1,
    rawValue: temperatureC,
    reportedAt: exampleNow - 90_000,
    ageS: 90,
    used: true,
    notUsed: null,
    reason: null,
    doubtedAt: null,
  };
}
