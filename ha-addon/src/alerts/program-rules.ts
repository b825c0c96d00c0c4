import type { ProgramRule } from "./alert-rule.ts";

/** What is wrong with the program, its connections and its settings. */
export const programRules: readonly ProgramRule[] = [
  {
    id: "mqtt",
    severity: "error",
    find({ health: { mqtt } }) {
      if (mqtt.state === "connected") return null;
      const why = mqtt.detail ?? ({ code: "no_connection_yet" } as const);
      return { problem: { code: "mqtt_away", why }, sinceAt: mqtt.sinceAt };
    },
  },
  {
    id: "home_assistant",
    severity: "warning",
    find({ health: { homeAssistant } }) {
      if (homeAssistant.state !== "away") return null;
      const why = homeAssistant.detail ?? ({ code: "no_connection_yet" } as const);
      return { problem: { code: "home_assistant_away", why }, sinceAt: homeAssistant.sinceAt };
    },
  },
  {
    id: "archive",
    severity: "error",
    find({ health: { archive } }) {
      if (archive.state !== "failing") return null;
      return { problem: { code: "archive_failing", why: archive.detail ?? { code: "disk_refuses" } } };
    },
  },
  {
    id: "settings",
    severity: "warning",
    find: ({ settingsTrouble }) => settingsTrouble && { problem: settingsTrouble },
  },
  {
    id: "owner",
    severity: "error",
    find: ({ ownersTrouble }) => ownersTrouble && { problem: ownersTrouble },
  },
];
