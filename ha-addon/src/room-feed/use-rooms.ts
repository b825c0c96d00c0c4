import { fedSource } from "@heatloop/core/room-feed/room-feed";
import type { FedDevice } from "./fed-device.ts";
import type { RoomFeedView } from "./view.ts";

/** How a person's wish that the heat pump use the rooms ends. */
export type RoomsUse = "sent" | "not_fed" | "away";

/**
 * Has the heat pump use what it is fed in a zone, once, as a person wants it: the feed itself leaves alone what a person
 * chose. Only where a temperature has arrived there: what it keeps from before may be of any age.
 */
export async function useRooms(device: Pick<FedDevice, "send">, feed: RoomFeedView): Promise<RoomsUse> {
  const isFed = feed.confirmed && (feed.state === "ok" || feed.state === "degraded");
  if (!isFed) return "not_fed";
  return (await device.send(`room_source_zone_${feed.zone}`, fedSource)) ? "sent" : "away";
}
