import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import type { DeviceRule } from "./alert-rule.ts";

/** So long a heat pump may take to publish its status topic and its main values; chosen: well past a start. */
const publishedWithinMs = 2 * minuteMs;
/** So long it may take to publish anything at all. */
const anythingWithinMs = 10 * minuteMs;

/** What a heat pump that publishes has not published within so long does not come any more. */
export const afterItsStart = { afterMs: publishedWithinMs, consequenceOf: ["mqtt", "offline"] };

/** Whether a heat pump is there at all, and whether that would be noticed. */
export const presenceRules: readonly DeviceRule[] = [
  {
    id: "unheard",
    severity: "warning",
    timing: { afterMs: anythingWithinMs, consequenceOf: ["mqtt"] },
    find({ name, prefix, firstSeen, online }) {
      return firstSeen === null && online !== false ? { problem: { code: "unheard", name, prefix } } : null;
    },
  },
  {
    id: "no_status",
    severity: "warning",
    timing: afterItsStart,
    find: ({ name, prefix, hasStatus, firstSeen }) =>
      hasStatus || firstSeen === null ? null : { problem: { code: "no_status", name, prefix } },
  },
];

/** A heat pump that was there and is not any more. */
export const offlineRule: DeviceRule = {
  id: "offline",
  severity: "error",
  timing: ({ offline_min: minutes }) => ({
    afterMs: minutes * minuteMs,
    clearAfterMs: 30 * secondMs,
    consequenceOf: ["mqtt"],
  }),
  find({ name, online, hasStatus, lastSeen, firstSeen, offlineSince }) {
    if (online === null) return "unknown";
    const sinceAt = offlineSince ?? (hasStatus ? null : lastSeen);
    if (online || sinceAt === null) return null;
    return { problem: { code: firstSeen === null ? "offline_unheard" : "offline", name }, sinceAt };
  },
};

/** A row each minute is what is expected; one that is late is waited for. */
const rowLateMs = 2 * minuteMs;

/** A heat pump that is there, and of which nothing is logged though nothing else is wrong. */
export const rowRule: DeviceRule = {
  id: "row_missing",
  severity: "error",
  timing: ({ no_row_min: minutes }) => ({
    afterMs: Math.max(0, minutes * minuteMs - rowLateMs),
    consequenceOf: ["mqtt", "offline", "archive", "disk_full"],
  }),
  find({ name, online, lastRowAt, followedAt }, { at, limits: { no_row_min: minutes } }) {
    const sinceAt = lastRowAt ?? followedAt;
    // A clock that was set back goes once more through minutes that have their row.
    if (online !== true || sinceAt > at) return "unknown";
    return at - sinceAt > rowLateMs ? { problem: { code: "row_missing", name, minutes }, sinceAt } : null;
  },
};
