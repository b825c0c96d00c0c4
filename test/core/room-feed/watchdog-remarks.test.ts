import { feedRemarks } from "@heatloop/core/room-feed/feed-remarks";
import type { RoomFeedInput } from "@heatloop/core/room-feed/room-feed";
import type { WatchdogReport } from "@heatloop/core/room-feed/watchdog-report";
import { describe, expect, it } from "vitest";
import { none, startWorld } from "./room-feed-world.ts";

const fed: WatchdogReport = { state: "fed", refused: "none", feeder: "Heatloop", secondFeeder: "none" };

/** The codes of the remarks after some minutes. */
function codesAfter(input: Partial<RoomFeedInput>, minutes: number, mute = false): string[] {
  const world = startWorld(input);
  world.firmware.mute = mute;
  world.step({}, minutes * 60);
  return feedRemarks(world.feed(), world.input(), true).map(({ code }) => code);
}

describe("why a temperature has no effect, where the ESP32 has a room watchdog", () => {
  it.each<readonly [string, Partial<RoomFeedInput>, string[]]>([
    ["it has where the watchdog takes it", { watchdog: fed }, ["all_rooms_used"]],
    [
      "the watchdog has just got it again",
      { source: "room_thermostat", watchdog: { ...fed, state: "returning" } },
      ["all_rooms_used", "watchdog_returns"],
    ],
    [
      "someone chose the own thermostat",
      { source: "room_thermostat", watchdog: { ...fed, state: "left" } },
      ["all_rooms_used", "chosen_own"],
    ],
    ["there is no watchdog", { source: "room_thermostat", watchdog: null }, ["all_rooms_used", "chosen_own"]],
    [
      "something else sends temperatures as well",
      { watchdog: { ...fed, secondFeeder: "Blueprint" } },
      ["all_rooms_used", "second_feeder"],
    ],
    [
      "something without a name does",
      { watchdog: { ...fed, secondFeeder: "unnamed" } },
      ["all_rooms_used", "second_feeder_unnamed"],
    ],
  ])("%s", (_, input, codes) => {
    expect(codesAfter(input, 1)).toEqual(codes);
  });

  it.each<readonly [string, Partial<WatchdogReport>, string[]]>([
    ["it jumped", { refused: "jump" }, ["all_rooms_used", "watchdog_jump"]],
    ["it is out of the watchdog's range", { refused: "out_of_range" }, ["all_rooms_used", "watchdog_out_of_range"]],
    [
      "another one feeds",
      { refused: "second_feeder", feeder: "Blueprint", secondFeeder: "Heatloop" },
      ["all_rooms_used", "other_feeder"],
    ],
    ["it gives no reason", { refused: "none" }, ["all_rooms_used", "unconfirmed"]],
  ])("it is not confirmed: %s", (_, report, codes) => {
    expect(codesAfter({ watchdog: { ...fed, ...report } }, 5, true)).toEqual(codes);
  });

  it("without a temperature the watchdog's switch is named as its own", () => {
    const silent = { average: none, source: "room_thermostat", watchdog: { ...fed, state: "silent" } };
    expect(codesAfter(silent, 1)).toEqual(["too_few_rooms", "watchdog_uses_own"]);
    expect(codesAfter(silent, 60)).toEqual(["too_few_rooms", "watchdog_uses_own"]);
  });
});
