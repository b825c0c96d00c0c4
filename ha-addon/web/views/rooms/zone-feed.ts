import type { LiveDevice } from "../../live/live-data.ts";

/** The room feed of one zone, and one of its rooms, as `/ws` has them. */
export type ZoneFeed = LiveDevice["room_feed"][number];
export type FeedRoom = ZoneFeed["rooms"][number];
