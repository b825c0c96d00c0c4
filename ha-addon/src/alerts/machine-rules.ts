import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import type { ProgramRule } from "./alert-rule.ts";
import { between, countedBeyond } from "./rules/found.ts";

const mb = 1_000_000;
/** With less nothing is written soon; chosen. */
const fullMb = 20;

/** What is wrong with the machine that the program runs on, and with the program itself. */
export const machineRules: readonly ProgramRule[] = [
  {
    id: "disk_full",
    severity: "error",
    timing: { clearAfterMs: minuteMs, isKnownAtStart: true },
    find({ freeBytes }) {
      if (freeBytes === null) return "unknown";
      const freeMb = Math.floor(freeBytes / mb);
      return between(freeMb < fullMb, freeMb < 2 * fullMb, { code: "disk_full", freeMb });
    },
  },
  {
    id: "disk_low",
    severity: "warning",
    timing: { afterMs: minuteMs, clearAfterMs: minuteMs, isKnownAtStart: true, consequenceOf: ["disk_full"] },
    find({ freeBytes, limits: { disk_free_mb: limit } }) {
      if (freeBytes === null) return "unknown";
      const freeMb = Math.floor(freeBytes / mb);
      return between(freeMb < limit, freeMb < 1.1 * limit, { code: "disk_low", freeMb });
    },
  },
  {
    id: "clock_difference",
    severity: "warning",
    // It is measured each minute; one measurement may be late on its way.
    timing: { afterMs: 3 * minuteMs, clearAfterMs: minuteMs, consequenceOf: ["home_assistant"] },
    find({ clockDifferenceMs, limits: { clock_difference_s: limit } }) {
      if (clockDifferenceMs === null) return "unknown";
      const seconds = Math.abs(Math.round(clockDifferenceMs / secondMs));
      return between(seconds > limit, seconds > limit / 2, { code: "clock_difference", seconds });
    },
  },
  {
    id: "program_errors",
    severity: "warning",
    timing: { clearAfterMs: 10 * minuteMs, consequenceOf: ["archive", "disk_full"] },
    find: ({ errorsLastHour: errors, hasWholeHour, limits: { errors_per_hour: limit } }) =>
      countedBeyond(errors, limit, hasWholeHour, { code: "program_errors", errors }),
  },
];
