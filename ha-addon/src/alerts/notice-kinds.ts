import { minuteMs } from "@heatloop/core/time/durations";
import type { RuleTiming } from "./alert-rule.ts";

/** What the prices and the broker's side report by themselves, by the first part of their ids. */
export const noticeKinds: readonly RuleTiming[] = [
  { id: "prices", timing: { clearAfterMs: minuteMs, consequenceOf: ["home_assistant"] } },
  { id: "broker", timing: { consequenceOf: ["mqtt"] } },
  { id: "installation", timing: { consequenceOf: ["mqtt"] } },
  { id: "shared", timing: { consequenceOf: ["mqtt"] } },
  { id: "start" },
];
