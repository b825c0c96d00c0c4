import { minuteMs } from "@heatloop/core/time/durations";
import type { DeviceRule } from "./alert-rule.ts";

/** Commands of others that wait at the broker, or that come without an end. */
export const commandRules: readonly DeviceRule[] = [
  {
    id: "kept_commands",
    severity: "warning",
    timing: { consequenceOf: ["mqtt"] },
    find({ name, keptCommands }) {
      if (keptCommands.length === 0) return null;
      const commands = keptCommands.map(({ topic, payload }) => `${topic} ${payload}`);
      return { problem: { code: "kept_commands", name, commands } };
    },
  },
  {
    id: "frequent_commands",
    severity: "warning",
    timing: { clearAfterMs: minuteMs, consequenceOf: ["mqtt"] },
    find({ name, frequentCommands }) {
      const [worst] = frequentCommands.toSorted((a, b) => b.count - a.count);
      return worst === undefined ? null : { problem: { code: "frequent_commands", name, ...worst } };
    },
  },
];
