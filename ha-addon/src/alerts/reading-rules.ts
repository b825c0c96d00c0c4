import { pointOf } from "@heatloop/core/catalogue/points";
import type { DeviceRule } from "./alert-rule.ts";

/** What a heat pump itself reports. */
export const readingRules: readonly DeviceRule[] = [
  {
    id: "fault",
    severity: "error",
    find: ({ name, fault }) => fault && { problem: { code: "fault", name, fault: fault.code }, sinceAt: fault.since },
  },
  {
    id: "jumping_values",
    severity: "error",
    find({ name, fallingTotal }) {
      if (fallingTotal === null) return null;
      const { point, from, to } = fallingTotal;
      return { problem: { code: "jumping_values", name, value: pointOf(point).name, from, to } };
    },
  },
];
