import { type Quorum, roomModes } from "@heatloop/core/room-feed/room-average";
import { z } from "zod";
import { namedDevice } from "./named-device.ts";

const entityRule = "an entity of Home Assistant such as climate.living_room or sensor.bedroom_temperature";
const quorumRule = 'majority, a number of rooms from 1 to 50, or a share of them such as "60%"';

/** One room: an entity whose temperature counts for a zone. */
export const roomSchema = z.strictObject({
  entity: z
    .string({ error: entityRule })
    .trim()
    .regex(/^(climate|sensor)\.[a-z0-9_]{1,200}$/, { error: entityRule }),
  /** What people read; Home Assistant's name of the entity where it is absent. */
  name: z.string().trim().min(1).max(100).optional(),
  /** The heat pump that it belongs to, by its MQTT prefix; needed only where there are several. */
  device: namedDevice.optional(),
  /** The heat pump's zone that it belongs to. */
  zone: z.literal([1, 2]).default(1),
  /** Its share in the mean. */
  weight: z.number().min(0.01).max(100).default(1),
  /** Added to its temperature, after the scale; kelvin. */
  offset: z.number().min(-10).max(10).default(0),
  /** Its temperature is multiplied by this; 0.5 for a thermostat that reports twice the temperature. */
  scale: z.number().min(0.1).max(10).default(1),
});
export type RoomSetting = z.output<typeof roomSchema>;

const rule = { error: quorumRule };
const quorum = z.union(
  [
    z.literal("majority", rule),
    z.int(rule).min(1, rule).max(50, rule),
    z.string(rule).regex(/^(100|[1-9]\d?)%$/, rule),
  ],
  rule,
);

/** How the rooms of each zone become the temperature that is sent to the heat pump. */
export const roomFeedSchema = z.strictObject({
  /** false: compute and show only. */
  send: z.boolean().default(true),
  mode: z.enum(roomModes).default("mean"),
  /** How many of a zone's rooms must be usable; majority is more than half. */
  quorum: quorum.default("majority"),
  /** Minutes after which a room that has not reported is not used. */
  max_age_min: z.number().min(1).max(1440).default(60),
  /** Minutes that the heat pump keeps the last temperature before its own room thermostat takes over. */
  hold_min: z.number().min(0).max(1440).default(30),
  /** The plausible temperatures of a room, °C. */
  min_c: z.number().min(0).max(20).default(5),
  max_c: z.number().min(22).max(45).default(35),
  /** A larger step of a room than this, in kelvin, is not plausible, */
  jump_k: z.number().min(0.5).max(20).default(3),
  /** nor a faster change, in kelvin an hour. */
  change_k_per_h: z.number().min(1).max(60).default(6),
});
export type RoomFeedSetting = z.output<typeof roomFeedSchema>;

/** The settings of the room feed of one program. */
export type RoomFeedSettings = { readonly rooms: readonly RoomSetting[]; readonly room_feed: RoomFeedSetting };

/** The quorum as core takes it. */
export function quorumOf({ quorum }: RoomFeedSetting): Quorum {
  if (typeof quorum === "number") return { rooms: quorum };
  return quorum === "majority" ? quorum : { share: Number.parseInt(quorum, 10) / 100 };
}
