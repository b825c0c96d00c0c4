import { minuteMs } from "@heatloop/core/time/durations";
import type { DeviceRule, DeviceSituation } from "./alert-rule.ts";

/** So long a heat pump may take to publish its status topic and its main values; chosen: well past a start. */
const publishedWithinMs = 2 * minuteMs;
/** So long it may take to publish anything at all. */
const anythingWithinMs = 10 * minuteMs;

/** Whether it has published for so long that what has not come yet will not come. */
export function isPastStart({ firstSeen }: DeviceSituation, at: number): boolean {
  return firstSeen !== null && at - firstSeen >= publishedWithinMs;
}

/** Whether a heat pump is there at all, and whether that would be noticed. */
export const presenceRules: readonly DeviceRule[] = [
  {
    id: "unheard",
    severity: "warning",
    find({ name, prefix, firstSeen, online, followedAt }, { at }) {
      const isUnheard = firstSeen === null && online !== false && at - followedAt >= anythingWithinMs;
      return isUnheard ? { problem: { code: "unheard", name, prefix } } : null;
    },
  },
  {
    id: "no_status",
    severity: "warning",
    find(device, { at }) {
      const { name, prefix } = device;
      return device.hasStatus || !isPastStart(device, at) ? null : { problem: { code: "no_status", name, prefix } };
    },
  },
];

/** A heat pump that was there and is not any more. */
export const offlineRule: DeviceRule = {
  id: "offline",
  severity: "error",
  find({ name, online, hasStatus, lastSeen, firstSeen, offlineSince }, { at, offlineMin }) {
    const sinceAt = offlineSince ?? (hasStatus ? null : lastSeen);
    if (online !== false || sinceAt === null || at - sinceAt < offlineMin * minuteMs) return null;
    return { problem: { code: firstSeen === null ? "offline_unheard" : "offline", name }, sinceAt };
  },
};
