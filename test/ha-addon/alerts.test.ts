import { describe, expect, it } from "vitest";
import { alertsOf, type Situation } from "../../ha-addon/src/alerts.ts";
import type { ConnectionView, HealthView } from "../../ha-addon/src/web-view.ts";

const at = Date.parse("2026-11-21T12:00:00Z");
const minuteMs = 60_000;

const connected: ConnectionView = { state: "connected", sinceAt: at - 1000, detail: null };
const well: HealthView = {
  mqtt: connected,
  homeAssistant: connected,
  archive: { state: "ok", detail: null, waitingRows: 0, lastRowAt: at },
};
const device: Situation["devices"][number] = {
  id: "hp",
  name: "Ecodan",
  online: true,
  offlineSince: null,
  fault: null,
  feeds: [{ zone: 1, state: "ok", reason: "3 of 3 rooms count", since: at }],
};
const allWell: Situation = { at, health: well, settingsTrouble: null, notices: [], offlineMin: 15, devices: [device] };

const away = (detail: string | null): ConnectionView => ({ state: "away", sinceAt: at - 5 * minuteMs, detail });
const withHealth = (health: Partial<HealthView>): Situation => ({ ...allWell, health: { ...well, ...health } });
const withDevice = (more: Partial<Situation["devices"][number]>): Situation => ({
  ...allWell,
  devices: [{ ...device, ...more }],
});
const offline = (minutes: number) => withDevice({ online: false, offlineSince: at - minutes * minuteMs });
const feed = (state: string) =>
  withDevice({ feeds: [{ zone: 2, state, reason: "Bedroom is silent", since: at - minuteMs }] });

describe("nothing is alerted", () => {
  it.each<readonly [string, Situation]>([
    ["when all is well", allWell],
    [
      "without Home Assistant, where none is configured",
      withHealth({ homeAssistant: { state: "off", sinceAt: null, detail: null } }),
    ],
    ["when the heat pump has been offline for less than it may", offline(14)],
    ["before the heat pump has said whether it is online", withDevice({ online: null })],
    ["of a feed that is off", feed("off")],
    ["of a feed that goes on with fewer rooms", feed("degraded")],
  ])("%s", (_, situation) => {
    expect(alertsOf(situation, [])).toEqual([]);
  });
});

describe("a person is told what is wrong, why, and since when", () => {
  it.each<readonly [string, Situation, object]>([
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
        message: "Home Assistant is away, rooms are not known: nothing listens there",
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
    const situation: Situation = {
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

it("an alert keeps its start as long as it stands, and begins anew when it comes back", () => {
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
