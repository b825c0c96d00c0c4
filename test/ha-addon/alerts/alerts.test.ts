import { minuteMs } from "@heatloop/core/time/durations";
import type { AlertSituation } from "@heatloop/ha-addon/alerts/alert-rule";
import { describe, expect, it } from "vitest";
import { allWell, at, away, device, well, withDevice, withFeed, withHealth, wrongIds } from "./alerts-world.ts";

describe("nothing is wrong", () => {
  it.each<readonly [string, AlertSituation]>([
    ["when all is well", allWell],
    ["of topics that are not known beside all that is", withDevice({ unknownTopics: ["sensor/own_sensor"] })],
    [
      "without Home Assistant, where none is configured",
      withHealth({ homeAssistant: { state: "off", sinceAt: null, detail: null } }),
    ],
    ["before the heat pump has published whether it is online", withDevice({ online: null })],
    ["of a feed that is off", withFeed({ state: "off", remarks: [{ code: "no_rooms" }] })],
  ])("%s", (_, situation) => {
    expect(wrongIds(situation)).toEqual([]);
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
  expect(wrongIds(situation)).toEqual(["mqtt", "archive", "settings", "fault/hp", "offline/second"]);
});
