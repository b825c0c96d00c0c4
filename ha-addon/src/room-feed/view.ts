import type { HomeLanguage } from "@heatloop/core/catalogue/home-languages";
import { round } from "@heatloop/core/math/rounding";
import { type FeedRemark, feedRemarks } from "@heatloop/core/room-feed/feed-remarks";
import type { RoomUse } from "@heatloop/core/room-feed/room-average";
import type { RoomFeed, RoomFeedState } from "@heatloop/core/room-feed/room-feed";
import { correctedC } from "@heatloop/core/room-feed/room-health";
import type { RoomReason } from "@heatloop/core/room-feed/room-reason";
import { sameValue } from "@heatloop/core/room-feed/sent-commands";
import { secondMs } from "@heatloop/core/time/durations";
import type { FeedSituation } from "./input.ts";
import type { FedRoom } from "./rooms.ts";
import { feedSentence, roomReasonText } from "./texts/sentences.ts";

/** The room temperature that is sent to one zone of a heat pump, as people are shown it; times in ms since the epoch. */
export type RoomFeedView = {
  readonly device: string;
  readonly zone: 1 | 2;
  readonly state: RoomFeedState;
  /** Why it is in its state, and the same as a sentence in the language of the home. */
  readonly remarks: readonly FeedRemark[];
  readonly reason: string;
  readonly since: number;
  /** The average of the rooms, °C; null where there is none. */
  readonly temperatureC: number | null;
  /** What the heat pump was sent last since the start, °C. */
  readonly sentC: number | null;
  readonly sentAt: number | null;
  /** What the heat pump reports that it was sent, °C. */
  readonly readBackC: number | null;
  /** Whether the two are the same. */
  readonly confirmed: boolean;
  /** The room temperature that the firmware uses; null is not known. */
  readonly source: string | null;
  readonly rooms: readonly FedRoomView[];
};

export type FedRoomView = {
  readonly entity: string;
  readonly name: string;
  /** Corrected by scale and offset; null where its device reports none. */
  readonly temperatureC: number | null;
  readonly setpointC: number | null;
  readonly weight: number;
  /** As Home Assistant has it, in its unit. */
  readonly rawValue: number | string | null;
  readonly used: boolean;
  /** Why it is not used; null where it is. */
  readonly notUsed: RoomReason | null;
  /** The same in the language of the home; the room is its subject. */
  readonly reason: string | null;
  /** Since when its temperature is in doubt; null: it is not, or there is none. */
  readonly doubtedAt: number | null;
  readonly reportedAt: number | null;
  readonly ageS: number | null;
};

/** A feed in a situation, as people are shown it; `at` in ms since the epoch, `sent`: the last temperature that left. */
export function roomFeedView(parts: {
  readonly device: string;
  readonly zone: 1 | 2;
  readonly feed: RoomFeed;
  readonly situation: FeedSituation;
  readonly sent: { readonly valueC: number; readonly at: number } | null;
  /** Whether Home Assistant is connected. */
  readonly connected: boolean;
  /** The language of the home. */
  readonly language: HomeLanguage;
  readonly at: number;
}): RoomFeedView {
  const { device, zone, feed, sent, language, at } = parts;
  const { input, rooms } = parts.situation;
  const { average } = input;
  const remarks = feedRemarks(feed, input, parts.connected);
  return {
    device,
    zone,
    state: feed.state,
    remarks,
    reason: feedSentence(remarks, language),
    since: feed.since,
    temperatureC: average === null || average.temperatureC === null ? null : round(average.temperatureC, 1),
    sentC: sent?.valueC ?? null,
    sentAt: sent?.at ?? null,
    readBackC: input.fedC,
    confirmed: sent !== null && sameValue(sent.valueC, input.fedC),
    source: input.source,
    rooms: rooms.map((room, index) => fedRoomView(room, average?.rooms[index], language, at)),
  };
}

const feederCodes: ReadonlySet<FeedRemark["code"]> = new Set([
  "other_feeder",
  "second_feeder",
  "second_feeder_unnamed",
]);

/** The remarks that something else feeds the heat pump too; empty where nothing does. */
export function feederRemarks({ remarks }: RoomFeedView): readonly FeedRemark[] {
  return remarks.filter(({ code }) => feederCodes.has(code));
}

function fedRoomView(
  { setting, name, health, reading }: FedRoom,
  use: RoomUse | undefined,
  language: HomeLanguage,
  at: number,
): FedRoomView {
  const notUsed = use === undefined || use.used ? null : use.reason;
  const observation = reading?.observation;
  const reported = observation?.kind === "temperature" ? observation : null;
  const setpointC = health.state === "good" && typeof health.setpointC === "number" ? health.setpointC : null;
  const correction = { scale: setting.scale, offsetK: setting.offset };
  return {
    entity: setting.entity,
    name,
    temperatureC: reported && round(correctedC(reported.temperatureC, correction), 1),
    setpointC: setpointC && round(setpointC, 1),
    weight: setting.weight,
    rawValue: reading?.rawValue ?? null,
    used: use?.used === true,
    notUsed,
    reason: notUsed && roomReasonText(notUsed, language),
    doubtedAt: health.state === "doubted" ? health.doubt.since : null,
    reportedAt: reported?.reportedAt ?? null,
    ageS: reported && Math.max(0, Math.round((at - reported.reportedAt) / secondMs)),
  };
}
