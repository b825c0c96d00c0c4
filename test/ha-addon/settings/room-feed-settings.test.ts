import { quorumOf, roomFeedSchema, roomSchema } from "@heatloop/ha-addon/settings/room-feed-settings";
import { check, mistakeLine } from "@heatloop/program/mistakes";
import { describe, expect, it } from "vitest";

describe("the room feed's settings", () => {
  it("have a default for everything but the entity", () => {
    expect(roomSchema.parse({ entity: "climate.living_room" })).toEqual({
      entity: "climate.living_room",
      zone: 1,
      weight: 1,
      offset: 0,
      scale: 1,
    });
    expect(roomFeedSchema.parse({})).toEqual({
      send: true,
      mode: "mean",
      quorum: "majority",
      max_age_min: 60,
      hold_min: 30,
      min_c: 5,
      max_c: 35,
      jump_k: 3,
      change_k_per_h: 6,
    });
  });

  it.each([
    ["majority", "majority"],
    [2, { rooms: 2 }],
    ["60%", { share: 0.6 }],
    ["100%", { share: 1 }],
  ])("quorum %s", (quorum, expected) => {
    expect(quorumOf(roomFeedSchema.parse({ quorum }))).toEqual(expected);
  });

  it.each([
    [
      roomFeedSchema,
      { quorum: "most" },
      'quorum: found a text that is not shown here; allowed: majority, a number of rooms from 1 to 50, or a share of them such as "60%"',
    ],
    [
      roomFeedSchema,
      { quorum: 0 },
      'quorum: found 0; allowed: majority, a number of rooms from 1 to 50, or a share of them such as "60%"',
    ],
    [
      roomFeedSchema,
      { quorum: "0%" },
      'quorum: found "0%"; allowed: majority, a number of rooms from 1 to 50, or a share of them such as "60%"',
    ],
    [
      roomFeedSchema,
      { mode: "average" },
      "mode: found a text that is not shown here; allowed: one of mean, median, coldest, warmest, demand",
    ],
    [
      roomSchema,
      { entity: "light.kitchen" },
      "entity: found a text that is not shown here; allowed: an entity of Home Assistant such as climate.living_room or sensor.bedroom_temperature",
    ],
    [roomSchema, { entity: "climate.a", scale: 0 }, "scale: found 0; allowed: a number from 0.1 to 10"],
    [roomSchema, { entity: "climate.a", zone: 3 }, "zone: found 3; allowed: one of 1, 2"],
  ])("a mistake names what is allowed: %#", (schema, input, line) => {
    const checked = check(schema, input);
    expect(checked.ok ? [] : checked.mistakes.map(mistakeLine)).toEqual([line]);
  });
});
