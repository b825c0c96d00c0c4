import { secondMs } from "@heatloop/core/time/durations";
import { type AddonAnswer, askAddon } from "../../home-assistant/addon.ts";
import { heatloopId } from "../../home-assistant/find-entities.ts";
import type { ViewInput } from "../../look/view.ts";
import type { ZoneFeed } from "./zone-feed.ts";

/** Of `GET api/devices/<id>/status` and `GET api/session` what the card reads. */
type StatusAnswer = { readonly room_feed: readonly ZoneFeed[] };
type SessionAnswer = { readonly may_change: boolean };

/** The room feeds as the app has them. */
export type FeedsAnswer = {
  readonly feeds: readonly ZoneFeed[];
  readonly mayChange: boolean;
  /** How far the app's clock is ahead of the browser's, ms. */
  readonly aheadMs: number;
};

/** The room feeds of a heat pump, and whether this person may change them. Never rejected. */
export async function loadFeeds({ hass, clock, heatPump }: ViewInput): Promise<AddonAnswer<FeedsAnswer>> {
  const device = encodeURIComponent(heatloopId(heatPump.device) ?? "");
  const [status, session] = await Promise.all([
    askAddon<StatusAnswer>(hass, clock, `api/devices/${device}/status`),
    askAddon<SessionAnswer>(hass, clock, "api/session"),
  ]);
  if (status.kind !== "answer") return status;
  const feeds = status.value.room_feed;
  // With a token another origin may only read: docs/standalone.md.
  const mayChange = session.kind === "answer" && session.value.may_change && hass.app?.token === undefined;
  return { kind: "answer", value: { feeds, mayChange, aheadMs: aheadOf(feeds, clock.now()) } };
}

/** By the age that the app has given a room; 0 where it has given none. */
function aheadOf(feeds: readonly ZoneFeed[], now: number): number {
  const [reported] = feeds.flatMap(({ rooms }) => rooms ?? []).filter(({ age_s: ageS }) => ageS !== null);
  if (reported === undefined || reported.reported_at === null || reported.age_s === null) return 0;
  return Date.parse(reported.reported_at) + reported.age_s * secondMs - now;
}
