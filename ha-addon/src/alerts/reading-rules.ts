import { pointOf } from "@heatloop/core/catalogue/points";
import { dayMs, secondMs } from "@heatloop/core/time/durations";
import type { DeviceRule } from "./alert-rule.ts";

/** What a heat pump itself reports. */
export const readingRules: readonly DeviceRule[] = [
  {
    id: "fault",
    severity: "error",
    timing: { clearAfterMs: 30 * secondMs, consequenceOf: ["mqtt", "offline"] },
    find({ name, fault }) {
      if (fault === null || fault === "unknown") return fault;
      return { problem: { code: "fault", name, fault: fault.code }, sinceAt: fault.since, mark: fault.code };
    },
  },
  {
    id: "firmware_changed",
    severity: "info",
    timing: { endsAfterMs: 7 * dayMs, endsWhenAcknowledged: true },
    find({ name, firmwareChange }) {
      if (firmwareChange === null) return null;
      const { from, to, at: sinceAt } = firmwareChange;
      return { problem: { code: "firmware_changed", name, from, to }, sinceAt, mark: `${from} ${to}` };
    },
  },
  {
    id: "jumping_values",
    severity: "error",
    timing: { consequenceOf: ["mqtt"] },
    find({ name, fallingTotal }) {
      if (fallingTotal === null) return null;
      const { point, from, to } = fallingTotal;
      return { problem: { code: "jumping_values", name, value: pointOf(point).name, from, to } };
    },
  },
];
