import type { roomModes } from "@heatloop/core/room-feed/room-average";
import type { RoomFeedState } from "@heatloop/core/room-feed/room-feed";
import type { ToldReason, ToldRemark } from "@heatloop/core/room-feed/told-remark";

/** One of the rooms of a zone, as Heatloop's API has it; ha-addon/src/web/schemas.ts describes it. */
export type FeedRoom = {
  readonly entity: string;
  readonly name: string;
  readonly temperature_c: number | null;
  readonly setpoint_c: number | null;
  readonly weight: number;
  /** ISO 8601, here and below. */
  readonly reported_at: string | null;
  readonly age_s: number | null;
  readonly used: boolean;
  /** Why it is not used, in the home's language, and as a code with its figures; apps of before have no code. */
  readonly reason: string | null;
  readonly not_used?: ToldReason | null;
  readonly doubted_since: string | null;
};

/** The room feed of one zone, as Heatloop's API has it, or as much of it as Home Assistant knows. */
export type ZoneFeed = {
  readonly zone: number;
  /** null: not known. */
  readonly state: RoomFeedState | null;
  /** Why it is so, in the home's language, and as codes with their figures; only apps of now have the codes. */
  readonly reason: string;
  readonly remarks?: readonly ToldRemark[];
  readonly since: string | null;
  /** Of the rooms together. */
  readonly temperature_c: number | null;
  readonly sent_c: number | null;
  readonly sent_at: string | null;
  readonly read_back_c: number | null;
  /** Whether what was read back is what was sent. */
  readonly confirmed: boolean;
  readonly source: string | null;
  /** null: only the app knows them. */
  readonly rooms: readonly FeedRoom[] | null;
};

/** What the settings say of the room feed, as far as it is shown. */
export type FeedSettings = { readonly send: boolean; readonly mode: (typeof roomModes)[number] };
