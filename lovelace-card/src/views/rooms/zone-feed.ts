import type { roomModes } from "@heatloop/core/room-feed/room-average";
import type { RoomFeedState } from "@heatloop/core/room-feed/room-feed";

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
  /** Why it is not used, in words. */
  readonly reason: string | null;
  readonly doubted_since: string | null;
};

/** The room feed of one zone, as Heatloop's API has it, or as much of it as Home Assistant knows. */
export type ZoneFeed = {
  readonly zone: number;
  /** null: not known. */
  readonly state: RoomFeedState | null;
  readonly reason: string;
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
