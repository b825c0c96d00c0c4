import { minuteMs } from "@heatloop/core/time/durations";
import type { FeedRule, RoomAlertRule } from "./alert-rule.ts";

const feedCauses = ["mqtt", "home_assistant", "offline", "owner"];

/** Of the room feed of each zone. */
export const feedRules: readonly FeedRule[] = [
  {
    id: "room_feed",
    severity: "warning",
    timing: { afterMs: minuteMs, clearAfterMs: minuteMs, consequenceOf: feedCauses },
    find({ state, zone, remarks, since: sinceAt }) {
      if (state !== "holding" && state !== "fallback") return null;
      return { problem: { code: "room_feed", zone, remarks }, sinceAt };
    },
  },
  {
    id: "room_feed_degraded",
    severity: "warning",
    timing: ({ room_feed_degraded_min: minutes }) => ({
      afterMs: minutes * minuteMs,
      clearAfterMs: 5 * minuteMs,
      consequenceOf: [...feedCauses, "room_feed", "room", "second_feeder"],
    }),
    find: ({ state, zone, remarks, since: sinceAt }) =>
      state === "degraded" ? { problem: { code: "room_feed", zone, remarks }, sinceAt } : null,
  },
  {
    id: "second_feeder",
    severity: "warning",
    timing: { consequenceOf: ["mqtt"] },
    find: ({ zone, feederRemarks: remarks }) =>
      remarks.length === 0 ? null : { problem: { code: "room_feed", zone, remarks } },
  },
];

/** A room of a zone's feed; chosen: in doubt for a moment only it is nothing that a person has to know. */
export const roomRule: RoomAlertRule = {
  id: "room",
  severity: "warning",
  timing: { afterMs: 10 * minuteMs, consequenceOf: feedCauses },
  find({ name: room, notUsed: reason, doubtedAt: sinceAt }, zone) {
    if (sinceAt === null) return null;
    if (reason === null) return { problem: { code: "room_not_plausible", zone, room }, sinceAt };
    return { problem: { code: "room_not_used", zone, room, reason }, sinceAt };
  },
};
