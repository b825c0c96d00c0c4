import { minuteMs } from "@heatloop/core/time/durations";
import type { AlertSituation } from "@heatloop/ha-addon/alerts/alert-rule";
import { limitNotices } from "@heatloop/ha-addon/mqtt/limits";
import { sharedNotices } from "@heatloop/ha-addon/mqtt/shared-heat-pumps";
import { expect, it } from "vitest";
import { allWell, at, away, readAlerts, well, withHealth } from "./alerts-world.ts";

const places = ["rooms[0]", "rooms[1]"];

it.each<readonly [string, AlertSituation, object]>([
  [
    "a broker that is away",
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
    "a broker that was never there",
    withHealth({ mqtt: away(null) }),
    { id: "mqtt", message: "The MQTT broker is away, nothing is logged: no connection yet" },
  ],
  [
    "Home Assistant that is away",
    withHealth({ homeAssistant: away("nothing listens there") }),
    {
      id: "home_assistant",
      severity: "warning",
      message: "Home Assistant is away, its rooms, prices and meters are not known: nothing listens there",
      sinceAt: at - 5 * minuteMs,
    },
  ],
  [
    "a disk that is full",
    withHealth({ archive: { ...well.archive, state: "failing", detail: "the disk is full" } }),
    { id: "archive", severity: "error", message: "The log cannot be written: the disk is full", sinceAt: at },
  ],
  [
    "settings with mistakes",
    {
      ...allWell,
      settingsTrouble: { code: "settings_mistakes_kept", mistakes: "x: found 0; allowed: 1", keptAside: "s.broken" },
    },
    {
      id: "settings",
      severity: "warning",
      message:
        "settings.json has mistakes, defaults are used instead: x: found 0; allowed: 1; the file as it was is kept as s.broken",
      sinceAt: at,
    },
  ],
  [
    "rooms whose heat pump is not known",
    { ...allWell, ownersTrouble: { code: "owner_unclear", places, first: "rooms[0]", known: ["a", "b"] } },
    {
      id: "owner",
      severity: "error",
      message:
        "There are several heat pumps (a, b), and it is not known whose rooms[0], rooms[1] are: they are used for none of them. Name the heat pump in rooms[0].device",
      device: null,
      sinceAt: at,
    },
  ],
  [
    "prices that are not taken",
    {
      ...allWell,
      priceProblems: [{ source: "prices.csv", problem: { code: "price_file_missing", source: "prices.csv" } }],
    },
    {
      id: "prices/prices.csv",
      severity: "warning",
      message: "prices.csv is not in the data folder: put it there, or empty tariff.dynamic.file",
    },
  ],
  [
    "a message that the broker does not take",
    { ...allWell, notices: limitNotices({ packetBytes: 1000, retain: true, qos: 1 }, "heatloop/hp/days") },
    {
      id: "broker/packet",
      severity: "warning",
      message:
        "The MQTT broker takes messages of at most 1000 bytes: heatloop/hp/days is larger and cannot be published. Raise its limit (Mosquitto: max_packet_size 65536 is enough)",
      device: null,
    },
  ],
  [
    "a heat pump that another installation announces",
    { ...allWell, notices: sharedNotices([{ id: "hp", name: "Ecodan" }], [], () => "abc") },
    {
      id: "shared/hp",
      severity: "warning",
      message:
        "Another Heatloop (installation abc) at the same MQTT broker follows Ecodan too; that one announces it to Home Assistant, this one only logs it: end one of them, or name in each one's settings (devices) which heat pumps are its own",
      device: "hp",
    },
  ],
])("a person reads of %s, why, and since when", (_, situation, alert) => {
  expect(readAlerts(situation)).toMatchObject([alert]);
});
