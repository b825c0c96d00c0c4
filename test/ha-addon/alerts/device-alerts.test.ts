import { minuteMs } from "@heatloop/core/time/durations";
import type { AlertSituation } from "@heatloop/ha-addon/alerts/alert-rule";
import { findAlerts } from "@heatloop/ha-addon/alerts/alerts";
import { expect, it } from "vitest";
import { at, device, readAlerts, withDevice } from "./alerts-world.ts";

const offline = (minutes: number) => withDevice({ online: false, offlineSince: at - minutes * minuteMs });

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
        "The broker keeps commands for Ecodan, which its ESP32 obeys at each start: home/hp/number/x/command 20. Remove them on Heatloop's page, and switch off the retain flag of whatever sends them",
      device: "hp",
      sinceAt: at,
    },
  ],
  [
    "of the topic with the most commands of those that get too many",
    withDevice({
      frequentCommands: [
        { topic: "home/hp/number/x/command", count: 301, minutes: 10 },
        { topic: "home/hp/number/y/command", count: 1000, minutes: 10 },
      ],
    }),
    {
      id: "frequent_commands/hp",
      severity: "warning",
      message:
        "Ecodan gets very many commands: 1000 in 10 minutes on home/hp/number/y/command. Look for an automation or a program that sends them without an end, and switch it off",
      device: "hp",
      sinceAt: at,
    },
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
])("a person reads %s, why, and since when", (_, situation, alert) => {
  expect(readAlerts(situation)).toMatchObject([alert]);
});

it("a heat pump without a status that has fallen silent is offline since it published last", () => {
  const silent = withDevice({ hasStatus: false, online: false, lastSeen: at - 20 * minuteMs });
  expect(readAlerts(silent)).toContainEqual({
    id: "offline/hp",
    severity: "error",
    message: "Ecodan is offline: check the ESP32's power and Wi-Fi",
    device: "hp",
    deviceName: "Ecodan",
    mark: null,
    onlyKeeps: false,
    sinceAt: at - 20 * minuteMs,
  });
});

it.each([
  ["whether it is online", { online: null }, "offline/hp"],
  ["whether it has a fault", { fault: "unknown" as const }, "fault/hp"],
])("it is said where it is not known %s", (_, more, id) => {
  expect(findAlerts(withDevice(more)).unknown).toContain(id);
  expect(findAlerts(withDevice(device)).unknown).toEqual(new Set());
});
