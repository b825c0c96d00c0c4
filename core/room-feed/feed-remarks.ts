import { passed } from "../time/durations.ts";
import { fedSource, ownSource, type RoomFeed, type RoomFeedInput, troubleOf } from "./room-feed.ts";
import type { MissingRoom } from "./room-reason.ts";
import { otherFeeder, secondFeeder, usesOwnByWatchdog, type WatchdogReport } from "./watchdog-report.ts";

/** One remark on why the feed is in its state, as a code with its figures; the programs have the texts. */
export type FeedRemark =
  | {
      readonly code:
        | "no_rooms"
        | "home_assistant_unreachable"
        | "one_room_used"
        | "zone_setpoint_unknown"
        | "uses_own"
        | "uses_virtual"
        | "uses_fed"
        | "keeps_last"
        | "keeps_offline"
        | "keeps_left"
        | "keeps_source_unknown"
        | "keeps_no_own"
        | "keeps_switch_unconfirmed"
        | "nothing_published"
        | "offline"
        | "refused"
        | "unconfirmed_unknown"
        | "switched_back_soon"
        | "chosen_own"
        | "chosen_virtual"
        | "watchdog_uses_own"
        | "watchdog_returns"
        | "watchdog_jump"
        | "watchdog_out_of_range"
        | "second_feeder_unnamed"
        | "sending_off";
    }
  | { readonly code: "all_rooms_used"; readonly rooms: number }
  | {
      readonly code: "some_rooms_used";
      readonly used: number;
      readonly rooms: number;
      readonly missing: readonly MissingRoom[];
    }
  | {
      readonly code: "too_few_rooms";
      readonly used: number;
      readonly rooms: number;
      readonly needed: number;
      readonly missing: readonly MissingRoom[];
    }
  /** `fedC`: what the heat pump reports instead. */
  | { readonly code: "unconfirmed"; readonly fedC: number }
  | { readonly code: "overwritten"; readonly byC: number }
  | { readonly code: "other_feeder" | "second_feeder"; readonly feeder: string };

/** Why the feed is in its state, the most important remark first; without figures that change all the time. */
export function feedRemarks(feed: RoomFeed, input: RoomFeedInput, homeAssistant: boolean): FeedRemark[] {
  const { average, sending } = input;
  if (average === null) return [{ code: "no_rooms" }];
  return [
    ...(homeAssistant ? [] : [{ code: "home_assistant_unreachable" } as const]),
    averageRemark(average),
    ...(average.temperatureC === null ? withoutTemperature(feed, input) : withTemperature(feed, input)),
    ...(sending === "on" ? [] : [{ code: "sending_off" } as const]),
  ];
}

function averageRemark({ rooms: uses, used, needed, reason }: NonNullable<RoomFeedInput["average"]>): FeedRemark {
  const rooms = uses.length;
  if (reason === null) return rooms === 1 ? { code: "one_room_used" } : { code: "all_rooms_used", rooms };
  if (reason.code === "rooms_missing") return { code: "some_rooms_used", used, rooms, missing: reason.missing };
  return reason.code === "too_few_rooms" ? { ...reason, used, rooms, needed } : reason;
}

function withoutTemperature(feed: RoomFeed, input: RoomFeedInput): FeedRemark[] {
  const { source, ownC, online, sending, at, holdMs } = input;
  if (source === ownSource && usesOwnByWatchdog(input.watchdog)) return [{ code: "watchdog_uses_own" }];
  if (feed.state === "fallback") return [{ code: usedSource(source) }];
  const keeps = { code: "keeps_last" } as const;
  if (sending !== "on" || !passed(feed.since, at, holdMs)) return [keeps];
  if (online !== true) return [keeps, { code: "keeps_offline" }];
  if (feed.owner === "left") return [keeps, { code: "keeps_left" }];
  if (source === null) return [keeps, { code: "keeps_source_unknown" }];
  return [keeps, { code: ownC === null ? "keeps_no_own" : "keeps_switch_unconfirmed" }];
}

function usedSource(source: string | null): "uses_own" | "uses_virtual" | "uses_fed" {
  if (source === ownSource || source === null) return "uses_own";
  return source === "virtual_thermostat" ? "uses_virtual" : "uses_fed";
}

function withTemperature(feed: RoomFeed, input: RoomFeedInput): FeedRemark[] {
  const { source, sending } = input;
  const isFedSource = source === null || source === fedSource;
  if (sending !== "on") return isFedSource ? [] : [{ code: usedSource(source) }];
  const trouble = troubleRemark(feed, input);
  const remarks = [...(trouble === null ? [] : [trouble]), ...secondFeederRemarks(input)];
  if (feed.state === "fallback") return [...remarks, { code: "switched_back_soon" }];
  if (isFedSource) return remarks;
  if (source === ownSource && usesOwnByWatchdog(input.watchdog)) return [...remarks, { code: "watchdog_returns" }];
  return [...remarks, { code: source === ownSource ? "chosen_own" : "chosen_virtual" }];
}

function secondFeederRemarks({ watchdog }: RoomFeedInput): FeedRemark[] {
  const feeder = secondFeeder(watchdog);
  if (feeder === null) return [];
  return [feeder === "unnamed" ? { code: "second_feeder_unnamed" } : { code: "second_feeder", feeder }];
}

function troubleRemark(feed: RoomFeed, input: RoomFeedInput): FeedRemark | null {
  const trouble = troubleOf(feed, input);
  const refusal = trouble === "unconfirmed" || trouble === "overwritten" ? watchdogRefusal(input.watchdog) : null;
  if (refusal !== null) return refusal;
  switch (trouble) {
    case "offline":
      return { code: input.online === null ? "nothing_published" : "offline" };
    case "refused":
      return { code: "refused" };
    case "unconfirmed":
      return input.fedC === null ? { code: "unconfirmed_unknown" } : { code: "unconfirmed", fedC: input.fedC };
    case "overwritten":
      return feed.disturbed && { code: "overwritten", byC: feed.disturbed.byC };
    case null:
      return null;
  }
}

/** Why the watchdog does not take what it is sent; null where it gives no reason. */
function watchdogRefusal(watchdog: WatchdogReport | null): FeedRemark | null {
  const feeder = otherFeeder(watchdog);
  if (feeder !== null) return { code: "other_feeder", feeder };
  switch (watchdog?.refused) {
    case "jump":
      return { code: "watchdog_jump" };
    case "out_of_range":
      return { code: "watchdog_out_of_range" };
    default:
      return null;
  }
}
