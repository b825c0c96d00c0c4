import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import type { ProgramRule } from "./alert-rule.ts";
import { machineRules } from "./machine-rules.ts";

/** What is wrong with the program, its connections and its settings. */
export const programRules: readonly ProgramRule[] = [
  {
    id: "mqtt",
    severity: "error",
    timing: { afterMs: 10 * secondMs, clearAfterMs: 10 * secondMs, isKnownAtStart: true },
    find({ health: { mqtt } }) {
      if (mqtt.state === "connected") return null;
      const why = mqtt.detail ?? ({ code: "no_connection_yet" } as const);
      return { problem: { code: "mqtt_away", why }, sinceAt: mqtt.sinceAt };
    },
  },
  {
    id: "home_assistant",
    severity: "warning",
    // So long it may take to start anew.
    timing: { afterMs: minuteMs, clearAfterMs: 10 * secondMs, isKnownAtStart: true },
    find({ health: { homeAssistant } }) {
      if (homeAssistant.state !== "away") return null;
      const why = homeAssistant.detail ?? ({ code: "no_connection_yet" } as const);
      return { problem: { code: "home_assistant_away", why }, sinceAt: homeAssistant.sinceAt };
    },
  },
  {
    id: "archive",
    severity: "error",
    timing: { afterMs: 30 * secondMs, isKnownAtStart: true, consequenceOf: ["disk_full"] },
    find({ health: { archive } }) {
      if (archive.state !== "failing") return null;
      return { problem: { code: "archive_failing", why: archive.detail ?? { code: "disk_refuses" } } };
    },
  },
  ...machineRules,
  {
    id: "settings",
    severity: "warning",
    timing: { isKnownAtStart: true },
    find: ({ settingsTrouble }) => settingsTrouble && { problem: settingsTrouble },
  },
  {
    id: "owner",
    severity: "error",
    timing: { consequenceOf: ["mqtt"] },
    find: ({ ownersTrouble }) => ownersTrouble && { problem: ownersTrouble },
  },
];
