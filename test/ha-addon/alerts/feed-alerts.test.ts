import { minuteMs } from "@heatloop/core/time/durations";
import type { AlertSituation } from "@heatloop/ha-addon/alerts/alert-rule";
import { expect, it } from "vitest";
import { at, readAlerts, withFeed } from "./alerts-world.ts";

const missing = [{ name: "Bedroom", reason: { code: "silent", minutes: 90 } }] as const;
const feed = (state: string) =>
  withFeed({
    zone: 2,
    state,
    remarks: [{ code: "too_few_rooms", used: 0, rooms: 1, needed: 1, missing }],
    since: at - minuteMs,
  });

it.each<readonly [string, AlertSituation, object]>([
  [
    "a feed that holds",
    feed("holding"),
    {
      id: "room_feed/hp/2",
      severity: "warning",
      message: "Room feed of zone 2: 0 of 1 rooms usable, 1 needed: Bedroom has not reported for over 90 min.",
      sinceAt: at - minuteMs,
    },
  ],
  ["a feed that fell back", feed("fallback"), { id: "room_feed/hp/2", device: "hp" }],
  [
    "a feed that goes on with fewer rooms",
    withFeed({ state: "degraded", remarks: [{ code: "some_rooms_used", used: 2, rooms: 3, missing }] }),
    {
      id: "room_feed_degraded/hp/1",
      severity: "warning",
      message: expect.stringMatching(/^Room feed of zone 1: 2 of 3 rooms used.*Bedroom has not reported/),
    },
  ],
  [
    "something else that feeds the heat pump",
    withFeed({ feederRemarks: [{ code: "second_feeder", feeder: "Blueprint" }] }),
    {
      id: "second_feeder/hp/1",
      severity: "warning",
      message:
        "Room feed of zone 1: Blueprint sends temperatures as well, which the ESP32's watchdog does not take: switch it off.",
      device: "hp",
      sinceAt: at,
    },
  ],
  [
    "a room that jumped and stays",
    withFeed({
      rooms: [
        {
          entity: "climate.office",
          name: "Office",
          notUsed: { code: "jumped", fromC: 21.1, toC: 5 },
          doubtedAt: at - 10 * minuteMs,
        },
      ],
    }),
    {
      id: "room/hp/climate.office",
      severity: "warning",
      message:
        "Office is not used for the room feed of zone 1: it jumped from 21.1 to 5.0 °C, faster than a room changes, " +
        "and nothing confirms it",
      device: "hp",
      sinceAt: at - 10 * minuteMs,
    },
  ],
])("a person reads of %s, why, and since when", (_, situation, alert) => {
  expect(readAlerts(situation)).toMatchObject([alert]);
});
