import type { RoomLimits } from "@heatloop/core/room-feed/room-health";
import { parseSettings } from "@heatloop/ha-addon/settings/settings";

const { room_feed: feed } = parseSettings({}).settings;

/** The limits of a room as the settings have them by default. */
export const defaultRoomLimits: RoomLimits = {
  minC: feed.min_c,
  maxC: feed.max_c,
  maxAgeMs: feed.max_age_min * 60_000,
  jumpK: feed.jump_k,
  changeKPerH: feed.change_k_per_h,
};
