import { minuteMs } from "@heatloop/core/time/durations";
import { type AlertSituation, alertsOf } from "@heatloop/ha-addon/alerts/alerts";
import type { ConnectionHealth, Health } from "@heatloop/ha-addon/alerts/health";
import { describe, expect, it } from "vitest";

const at = Date.parse("2026-11-21T12:00:00Z");

const connected: ConnectionHealth = { state: "connected", sinceAt: at - 1000, detail: null };
const well: Health = {
  mqtt: connected,
  homeAssistant: connected,
  archive: { state: "ok", detail: null, waitingRows: 0, lastRowAt: at },
};
const device: AlertSituation["devices"][number] = {
  id: "hp",
  name: "Ecodan",
  online: true,
  prefix: "home/hp",
  offlineSince: null,
  hasStatus: true,
  followedAt: at - 60 * minuteMs,
  firstSeen: at - 60 * minuteMs,
  lastSeen: at - 5000,
  fault: null,
  fallingTotal: null,
  missingPoints: [],
  unknownTopics: [],
  unknownTexts: [],
  keptCommands: [],
  feeds: [{ zone: 1, state: "ok", reason: "3 of 3 rooms count", since: at, feederTrouble: null, rooms: [] }],
};
const allWell: AlertSituation = {
  at,
  health: well,
  settingsTrouble: null,
  ownersTrouble: null,
  priceProblems: [],
  notices: [],
  offlineMin: 15,
  devices: [device],
};

const away = (detail: string | null): ConnectionHealth => ({ state: "away", sinceAt: at - 5 * minuteMs, detail });
const withHealth = (health: Partial<Health>): AlertSituation => ({ ...allWell, health: { ...well, ...health } });
const withDevice = (more: Partial<AlertSituation["devices"][number]>): AlertSituation => ({
  ...allWell,
  devices: [{ ...device, ...more }],
});
const offline = (minutes: number) => withDevice({ online: false, offlineSince: at - minutes * minuteMs });
const doubted = (minutes: number) => {
  const reason = "jumped from 21.1 to 5.0 °C, faster than a room changes, and nothing confirms it";
  const room = { entity: "climate.office", name: "Office", reason, doubtedAt: at - minutes * minuteMs };
  return withDevice({
    feeds: [{ zone: 1, state: "degraded", reason: null, since: at, feederTrouble: null, rooms: [room] }],
  });
};
const feed = (state: string) =>
  withDevice({
    feeds: [{ zone: 2, state, reason: "Bedroom is silent", since: at - minuteMs, feederTrouble: null, rooms: [] }],
  });

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
    ["when the heat pump has been offline for less than it may", offline(14)],
    ["before the heat pump has published whether it is online", withDevice({ online: null })],
    ["of a feed that is off", feed("off")],
    ["of a feed that goes on with fewer rooms", feed("degraded")],
    ["of a room that is in doubt for a moment", doubted(9)],
  ])("%s", (_, situation) => {
    expect(alertsOf(situation, [])).toEqual([]);
  });
});

describe("a person reads what is wrong, why, and since when", () => {
  it.each<readonly [string, AlertSituation, object]>([
    [
      "of a heat pump that publishes no status, so that it can't be missed",
      withDevice({ hasStatus: false }),
      {
        id: "no_status/hp",
        severity: "warning",
        message:
          "Ecodan publishes nothing on home/hp/status, so an absence is noticed late. In the mqtt: block of its ESPHome configuration remove birth_message and will_message: by default both are published there",
        device: "hp",
        sinceAt: at,
      },
    ],
    [
      "of a heat pump without a status that has fallen silent",
      withDevice({ hasStatus: false, online: false, firstSeen: at - minuteMs, lastSeen: at - 20 * minuteMs }),
      {
        id: "offline/hp",
        severity: "error",
        message: "Ecodan is offline: check the ESP32's power and Wi-Fi",
        device: "hp",
        sinceAt: at - 20 * minuteMs,
      },
    ],
    [
      "of one that is known from retained messages alone",
      withDevice({ online: true, firstSeen: null, lastSeen: null }),
      {
        id: "unheard/hp",
        severity: "warning",
        message:
          "Ecodan is known from old retained messages alone and gets nothing sent. If it is gone, remove it on Heatloop's page (or clear the retained topics under home/hp/); else check its power and Wi-Fi",
        device: "hp",
        sinceAt: at,
      },
    ],
    [
      "of topics that are not known, where main values are missing",
      withDevice({ missingPoints: ["flow_temperature"], unknownTopics: ["sensor/vorlauf", "sensor/x"] }),
      {
        id: "unknown_topics/hp",
        severity: "warning",
        message:
          "Ecodan publishes nothing that is known as flow_temperature, but topics that are not known: sensor/vorlauf, sensor/x. If its firmware has a new language or labels of yours, say in the settings (labels, with the prefix home/hp) which is which",
        device: "hp",
        sinceAt: at,
      },
    ],
    [
      "of texts that are not known",
      withDevice({ unknownTexts: [{ point: "operation_mode", text: "Heizen!" }] }),
      {
        id: "unknown_texts/hp",
        severity: "warning",
        message:
          'Ecodan reports texts that are not known: operation_mode "Heizen!". If its firmware has a new language or labels of yours, say in the settings (labels, with the prefix home/hp) what they mean',
        device: "hp",
        sinceAt: at,
      },
    ],
    [
      "of commands that the broker keeps",
      withDevice({ keptCommands: [{ topic: "home/hp/number/x/command", payload: "20" }] }),
      {
        id: "kept_commands/hp",
        severity: "warning",
        message:
          "The broker keeps commands for Ecodan, which its ESP32 obeys at each start: home/hp/number/x/command 20. Remove them with DELETE /api/devices/hp/kept-commands (page API), and switch off the retain flag of whatever sends them",
        device: "hp",
        sinceAt: at,
      },
    ],
    [
      "of something else that feeds the heat pump",
      withDevice({
        feeds: [{ zone: 1, state: "ok", reason: "", since: at, feederTrouble: "Two feed it.", rooms: [] }],
      }),
      {
        id: "second_feeder/hp/1",
        severity: "warning",
        message: "Room feed of zone 1: Two feed it.",
        device: "hp",
        sinceAt: at,
      },
    ],
    [
      "of rooms whose heat pump is not known",
      { ...allWell, ownersTrouble: "There are several heat pumps" },
      { id: "owner", severity: "error", message: "There are several heat pumps", device: null, sinceAt: at },
    ],
    [
      "of two devices that publish under one prefix",
      withDevice({ fallingTotal: { point: "daily_electricity", from: 12.4, to: 3.1 } }),
      {
        id: "jumping_values/hp",
        severity: "error",
        message:
          "Ecodan reports values that jump, Reported Total Daily Energy Consumption between 12.4 and 3.1: two devices may use the same topic_prefix; give each its own. Energy is not counted over such jumps",
        device: "hp",
        sinceAt: at,
      },
    ],
    [
      "of a broker that is away",
      withHealth({ mqtt: away("it refuses the password") }),
      {
        id: "mqtt",
        severity: "error",
        message: "The MQTT broker is away, nothing is logged: it refuses the password",
        device: null,
        sinceAt: at - 5 * minuteMs,
      },
    ],
    [
      "of a broker that was never there",
      withHealth({ mqtt: away(null) }),
      { id: "mqtt", message: "The MQTT broker is away, nothing is logged: no connection yet" },
    ],
    [
      "of Home Assistant that is away",
      withHealth({ homeAssistant: away("nothing listens there") }),
      {
        id: "home_assistant",
        severity: "warning",
        message: "Home Assistant is away, its rooms, prices and meters are not known: nothing listens there",
        sinceAt: at - 5 * minuteMs,
      },
    ],
    [
      "of a disk that is full",
      withHealth({ archive: { ...well.archive, state: "failing", detail: "the disk is full" } }),
      { id: "archive", severity: "error", message: "The log cannot be written: the disk is full", sinceAt: at },
    ],
    [
      "of settings with mistakes",
      { ...allWell, settingsTrouble: "settings.json has mistakes" },
      { id: "settings", severity: "warning", message: "settings.json has mistakes", sinceAt: at },
    ],
    [
      "of a room that jumped and stays",
      doubted(10),
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
    [
      "of a heat pump that is offline for too long",
      offline(15),
      {
        id: "offline/hp",
        severity: "error",
        message: "Ecodan is offline: check the ESP32's power and Wi-Fi",
        device: "hp",
        sinceAt: at - 15 * minuteMs,
      },
    ],
    [
      "of a fault",
      withDevice({ fault: { code: "E9", since: at - 3 * minuteMs } }),
      {
        id: "fault/hp",
        severity: "error",
        message: "Ecodan reports the fault E9",
        device: "hp",
        sinceAt: at - 3 * minuteMs,
      },
    ],
    [
      "of a feed that holds",
      feed("holding"),
      {
        id: "room_feed/hp/2",
        severity: "warning",
        message: "Room feed of zone 2: Bedroom is silent",
        sinceAt: at - minuteMs,
      },
    ],
    ["of a feed that fell back", feed("fallback"), { id: "room_feed/hp/2", device: "hp" }],
  ])("%s", (_, situation, alert) => {
    expect(alertsOf(situation, [])).toMatchObject([alert]);
  });

  it("each thing by itself where several are wrong", () => {
    const situation: AlertSituation = {
      ...withHealth({ mqtt: away(null), archive: { ...well.archive, state: "failing" } }),
      settingsTrouble: "wrong",
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
