import { minuteMs } from "@heatloop/core/time/durations";
import type { FeedRule, FoundProblem, ZoneFeedSituation } from "./alert-rule.ts";

/** Of the room feed of each zone. */
export const feedRules: readonly FeedRule[] = [
  {
    id: "room_feed",
    severity: "warning",
    find({ state, zone, remarks, since: sinceAt }) {
      if (state !== "holding" && state !== "fallback") return null;
      return { problem: { code: "room_feed", zone, remarks }, sinceAt };
    },
  },
  {
    id: "second_feeder",
    severity: "warning",
    find: ({ zone, feederRemarks: remarks }) =>
      remarks.length === 0 ? null : { problem: { code: "room_feed", zone, remarks } },
  },
];

/** A room that is in doubt for a moment only is nothing that a person has to know; chosen: ten minutes. */
const doubtedMs = 10 * minuteMs;

/** A room of a zone's feed that is in doubt for long. */
export function doubtedRoom(
  { name: room, notUsed: reason, doubtedAt }: ZoneFeedSituation["rooms"][number],
  zone: number,
  at: number,
): FoundProblem {
  if (doubtedAt === null || at - doubtedAt < doubtedMs) return null;
  const sinceAt = doubtedAt;
  if (reason === null) return { problem: { code: "room_not_plausible", zone, room }, sinceAt };
  return { problem: { code: "room_not_used", zone, room, reason }, sinceAt };
}
