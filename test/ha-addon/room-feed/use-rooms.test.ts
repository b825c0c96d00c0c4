import type { PointId } from "@heatloop/core/catalogue/points";
import { useRooms } from "@heatloop/ha-addon/room-feed/use-rooms";
import type { RoomFeedView } from "@heatloop/ha-addon/room-feed/view";
import { describe, expect, it } from "vitest";
import { exampleRoomFeed } from "#test/support/examples/room-feed.ts";

function heatPump(arrives = true) {
  const sent: (readonly [PointId, unknown])[] = [];
  return {
    sent,
    async send(point: PointId, value: number | string) {
      sent.push([point, value]);
      return arrives;
    },
  };
}

const fed: RoomFeedView = { ...exampleRoomFeed, state: "ok", confirmed: true };

describe("a person who wants the heat pump to use the rooms", () => {
  it.each([1, 2] as const)("switches the source of zone %i, once", async (zone) => {
    const device = heatPump();
    expect(await useRooms(device, { ...fed, zone })).toBe("sent");
    expect(device.sent).toEqual([[`room_source_zone_${zone}`, "home_assistant"]]);
  });

  it.each([
    ["nothing was confirmed", { confirmed: false }],
    ["there are no rooms", { state: "off" }],
    ["the last temperature is held", { state: "holding" }],
    ["there is none", { state: "fallback" }],
  ] as const)("waits where %s: what the heat pump keeps may be of any age", async (_, part) => {
    const device = heatPump();
    expect(await useRooms(device, { ...fed, ...part })).toBe("not_fed");
    expect(device.sent).toEqual([]);
  });

  it("is told where the command did not leave", async () => {
    expect(await useRooms(heatPump(false), fed)).toBe("away");
  });
});
