import { minuteMs } from "@heatloop/core/time/durations";
import type { AlertSituation } from "@heatloop/ha-addon/alerts/alert-rule";
import { alertsOf } from "@heatloop/ha-addon/alerts/alerts";
import { describe, expect, it } from "vitest";
import { allWell, at, away, device, well, withDevice, withFeed, withHealth } from "./alerts-world.ts";

const doubted = { code: "jumped", fromC: 21.1, toC: 5 } as const;

describe("nothing is alerted", () => {
  it.each<readonly [string, AlertSituation]>([
    ["when all is well", allWell],
    ["of topics that are not known beside all that is", withDevice({ unknownTopics: ["sensor/own_sensor"] })],
    [
      "of values that come later",
      withDevice({ firstSeen: at - 1000, missingPoints: ["compressor"], unknownTopics: ["sensor/x"] }),
    ],
    [
      "without Home Assistant, where none is configured",
      withHealth({ homeAssistant: { state: "off", sinceAt: null, detail: null } }),
    ],
    [
      "when the heat pump has been offline for less than it may",
      withDevice({ online: false, offlineSince: at - 14 * minuteMs }),
    ],
    ["before the heat pump has published whether it is online", withDevice({ online: null })],
    ["of a feed that is off", withFeed({ state: "off", remarks: [{ code: "no_rooms" }] })],
    ["of a feed that goes on with fewer rooms", withFeed({ state: "degraded" })],
    [
      "of a room that is in doubt for a moment",
      withFeed({
        rooms: [{ entity: "climate.office", name: "Office", notUsed: doubted, doubtedAt: at - 9 * minuteMs }],
      }),
    ],
  ])("%s", (_, situation) => {
    expect(alertsOf(situation, [])).toEqual([]);
  });
});

it("each thing is alerted by itself where several are wrong", () => {
  const situation: AlertSituation = {
    ...withHealth({ mqtt: away(null), archive: { ...well.archive, state: "failing" } }),
    settingsTrouble: { code: "settings_uncopied" },
    devices: [
      { ...device, fault: { code: "E9", since: at } },
      { ...device, id: "second", online: false, offlineSince: at - 20 * minuteMs },
    ],
  };
  expect(alertsOf(situation, []).map(({ id }) => id)).toEqual([
    "mqtt",
    "archive",
    "settings",
    "fault/hp",
    "offline/second",
  ]);
});

it("an alert keeps its start as long as it lasts, and begins anew when it comes back", () => {
  const failing = withHealth({ archive: { ...well.archive, state: "failing" } });
  const first = alertsOf(failing, []);
  const later = alertsOf({ ...failing, at: at + 10 * minuteMs }, first);
  expect(later.map(({ sinceAt }) => sinceAt)).toEqual([at]);
  const gone = alertsOf({ ...allWell, at: at + 11 * minuteMs }, later);
  expect(gone).toEqual([]);
  expect(alertsOf({ ...failing, at: at + 12 * minuteMs }, gone).map(({ sinceAt }) => sinceAt)).toEqual([
    at + 12 * minuteMs,
  ]);
});
