import { rememberedRooms } from "@heatloop/ha-addon/room-feed/room-state-file";
import { describe, expect, it } from "vitest";

const room = { entity: "climate.kitchen", scale: 1, offset: 0, track: null };
const doubt = { since: 1000, temperatureC: 31.5, lowestC: 31, highestC: 32, confirmedSince: null };

describe("what is known of the rooms over a restart", () => {
  it.each([
    ["with its code", { code: "jumped", fromC: 20, toC: 31 }, { code: "jumped", fromC: 20, toC: 31 }],
    [
      "of an earlier version, which had a sentence",
      "jumped from 20.0 to 31.0 °C, faster than a room changes, and nothing confirms it",
      { code: "first_unconfirmed", temperatureC: 31.5 },
    ],
  ])("has a room's doubt %s", (_, reason, read) => {
    const kept = { rooms: [{ ...room, doubt: { ...doubt, reason } }] };
    expect(rememberedRooms(kept)).toEqual([{ ...room, doubt: { ...doubt, reason: read } }]);
  });

  it("is nothing where the file has something else", () => {
    const foreign = { rooms: [{ ...room, doubt: { ...doubt, reason: { code: "silent", minutes: 5 } } }] };
    for (const kept of [null, "", {}, foreign]) expect(rememberedRooms(kept)).toEqual([]);
  });
});
