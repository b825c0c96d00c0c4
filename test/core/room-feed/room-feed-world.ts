import { feedRemarks } from "@heatloop/core/room-feed/feed-remarks";
import type { RoomAverage } from "@heatloop/core/room-feed/room-average";
import {
  nextRoomFeed,
  type RoomFeed,
  type RoomFeedCommand,
  type RoomFeedInput,
  roomFeedCommand,
  roomFeedRefused,
  roomFeedSent,
  startOfRoomFeed,
} from "@heatloop/core/room-feed/room-feed";
import type { RoomReason } from "@heatloop/core/room-feed/room-reason";
import { feedSentence } from "@heatloop/ha-addon/room-feed/texts/sentences";

/** When every world starts, in ms. */
export const start = Date.parse("2026-11-21T00:00:00Z");
export const second = 1000;
const minute = 60 * second;

/** One room of three, where two are needed. */
export const none: RoomAverage = {
  temperatureC: null,
  reason: {
    code: "too_few_rooms",
    missing: ["Kitchen", "Bedroom"].map((name) => ({ name, reason: { code: "unavailable" } })),
  },
  rooms: [
    { used: true },
    { used: false, reason: { code: "unavailable" } },
    { used: false, reason: { code: "unavailable" } },
  ],
  used: 1,
  needed: 2,
};

/** Three rooms, or two and why the third is missing. */
export function rooms(temperatureC: number, missing: RoomReason | null = null): RoomAverage {
  const rest = missing === null ? ({ used: true } as const) : ({ used: false, reason: missing } as const);
  const reason =
    missing === null ? null : ({ code: "rooms_missing", missing: [{ name: "Bedroom", reason: missing }] } as const);
  return {
    temperatureC,
    reason,
    rooms: [{ used: true }, { used: true }, rest],
    used: missing === null ? 3 : 2,
    needed: 2,
  };
}

/** A firmware that follows every command at once, unless it is mute, and the feed beside it. */
export function startWorld(more: Partial<RoomFeedInput> = {}, switchedAt: number | null = null) {
  let feed: RoomFeed = startOfRoomFeed({
    at: start,
    hasRooms: more.average !== null,
    sends: (more.sending ?? "on") === "on",
    switchedAt,
  });
  let input: RoomFeedInput = {
    at: start,
    average: rooms(20.5),
    online: true,
    fedC: 18,
    source: "home_assistant",
    ownC: 20,
    watchdog: null,
    sending: "on",
    holdMs: 30 * minute,
    ...more,
  };
  const commands: { readonly atS: number; readonly command: RoomFeedCommand }[] = [];
  const firmware = { mute: false, refuse: false };

  function look(): void {
    for (;;) {
      feed = nextRoomFeed(feed, input);
      const command = roomFeedCommand(feed, input);
      if (command === null) return;
      commands.push({ atS: (input.at - start) / second, command });
      feed = roomFeedSent(feed, command, input.at);
      if (firmware.refuse) feed = roomFeedRefused(feed, command, input.at);
      else if (!firmware.mute && command.to === "temperature") input = { ...input, fedC: command.value };
      else if (!firmware.mute && command.to === "source") input = { ...input, source: command.value };
    }
  }

  return {
    firmware,
    feed: () => feed,
    input: () => input,
    reason: () => feedSentence(feedRemarks(feed, input, true), "en"),
    commands: () => commands.splice(0),
    /** Changes something, then lets so many seconds pass in steps of five. */
    step(change: Partial<RoomFeedInput>, seconds = 0) {
      input = { ...input, ...change };
      look();
      for (let passed = 0; passed < seconds; passed += 5) {
        input = { ...input, at: input.at + 5 * second };
        look();
      }
      return feed.state;
    },
  };
}

/** The commands that were sent, in order: temperatures in °C and sources. */
export function values(commands: readonly { readonly command: RoomFeedCommand }[]): (number | string)[] {
  return commands.map(({ command }) => command.value);
}
