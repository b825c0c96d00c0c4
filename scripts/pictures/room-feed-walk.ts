import type { RoomAverage } from "@heatloop/core/room-feed/room-average";
import {
  fedSource,
  nextRoomFeed,
  type RoomFeed,
  type RoomFeedCommand,
  type RoomFeedInput,
  type RoomFeedState,
  roomFeedCommand,
  roomFeedSent,
  startOfRoomFeed,
} from "@heatloop/core/room-feed/room-feed";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";

/** What a feed does where all goes as it should but for rooms that are silent and a heat pump that is offline at times. */
export type WalkedFeed = {
  /** Each change of state that occurs, as `ok -> holding`. */
  readonly changes: ReadonlySet<string>;
  /** What is sent in each state, as `holding: source room_thermostat` or `ok: temperature`. */
  readonly commands: ReadonlySet<string>;
};

type World = { readonly feed: RoomFeed; readonly at: number; readonly fedC: number | null; readonly source: string };

const holdMs = 30 * minuteMs;
const steps = [10 * secondMs, holdMs + minuteMs];
const roomsC = { temperatureC: 21, rooms: [], needed: 2 } as const;
const averages: readonly (RoomAverage | null)[] = [
  null,
  { ...roomsC, used: 3, reason: null },
  { ...roomsC, used: 2, reason: { code: "rooms_missing", missing: [] } },
  { ...roomsC, temperatureC: null, used: 1, reason: { code: "too_few_rooms", missing: [] } },
];

/** Walks through everything that such a heat pump and its rooms can do, with the feed's own transition. */
export function walkRoomFeed(): WalkedFeed {
  const changes = new Set<string>();
  const commands = new Set<string>();
  const seen = new Set<string>();
  const start = startOfRoomFeed({ at: 0, hasRooms: true, sends: true, switchedAt: null });
  const queue: World[] = [{ feed: start, at: 0, fedC: null, source: fedSource }];
  for (let world = queue.pop(); world !== undefined; world = queue.pop()) {
    const key = keyOf(world);
    if (seen.has(key)) continue;
    seen.add(key);
    for (const input of inputsAfter(world)) {
      const next = nextRoomFeed(world.feed, input);
      if (next.state !== world.feed.state) changes.add(changeOf(world.feed.state, next.state));
      const command = roomFeedCommand(next, input);
      if (command !== null) commands.add(`${next.state}: ${textOf(command)}`);
      queue.push(after(world, next, command, input.at));
    }
  }
  return { changes, commands };
}

/** How a change of state is written. */
export function changeOf(from: RoomFeedState, to: RoomFeedState): string {
  return `${from} -> ${to}`;
}

function inputsAfter({ at, fedC, source }: World): RoomFeedInput[] {
  const known = { fedC, source, ownC: 20, watchdog: null, sending: "on", holdMs } as const;
  return averages.flatMap((average) =>
    [true, false].flatMap((online) => steps.map((ms) => ({ ...known, average, online, at: at + ms }))),
  );
}

/** The world once the heat pump has taken the command. */
function after({ fedC, source }: World, feed: RoomFeed, command: RoomFeedCommand | null, at: number): World {
  if (command === null) return { feed, at, fedC, source };
  const sent = roomFeedSent(feed, command, at);
  return command.to === "temperature"
    ? { feed: sent, at, fedC: command.value, source }
    : { feed: sent, at, fedC, source: command.value };
}

/** Worlds with the same key go on alike: times count only as far as the feed looks at them. */
function keyOf({ feed, at, fedC, source }: World): string {
  const { state, since, owner, temperature, oursC } = feed;
  return JSON.stringify([state, at - since >= holdMs, owner, temperature.kind, feed.source.kind, oursC, fedC, source]);
}

function textOf(command: RoomFeedCommand): string {
  return command.to === "temperature" ? "temperature" : `source ${command.value}`;
}
