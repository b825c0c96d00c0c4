import {
  nextRoomFeed,
  type RoomFeed,
  type RoomFeedCommand,
  type RoomFeedState,
  roomFeedCommand,
  roomFeedRefused,
  roomFeedSent,
  startOfRoomFeed,
  switchedByUs,
} from "@heatloop/core/room-feed/room-feed";
import { roomFeedReason } from "@heatloop/core/room-feed/room-feed-reason";
import { sameValue } from "@heatloop/core/room-feed/sent-commands";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { z } from "zod";
import type { Log } from "../base/log.ts";
import type { HomeAssistant } from "../home-assistant/home-assistant.ts";
import type { RoomFeedSettings } from "../settings/room-feed-settings.ts";
import type { FedDevice } from "./fed-device.ts";
import { feedPoints, type SeenWorld, seeWorld } from "./input.ts";
import { keepRooms, rememberedRooms } from "./room-memory.ts";
import { startRooms } from "./rooms.ts";
import { fedRoomView, type RoomFeedView, rounded } from "./view.ts";

type FeedMemory = { read(): unknown; write(value: unknown): Promise<void> };

export type RoomFeedParts = {
  readonly clock: Clock;
  readonly log: Log;
  /** undefined: none is configured. */
  readonly homeAssistant: Pick<HomeAssistant, "connected" | "config" | "follow" | "onConnected"> | undefined;
  readonly settings: RoomFeedSettings;
  readonly device: FedDevice;
  readonly zone: 1 | 2;
  /** Keeps over restarts that the feed switched the firmware's source itself. */
  readonly memory: FeedMemory;
  /** Keeps over restarts where each room is known to be. */
  readonly roomMemory: FeedMemory;
  /** Something that people see is different now. */
  readonly onChange: (view: RoomFeedView) => void;
  readonly onTransition: (from: RoomFeedState, to: RoomFeedState, durationS: number) => void;
};

export type RunningRoomFeed = {
  view(): RoomFeedView;
  settingsChanged(settings: RoomFeedSettings): void;
  stop(): void;
};

const remembered = z.object({ switchedAt: z.number().nullable() });

/** How often it looks without being told of anything. */
const tickMs = 10_000;
/** Home Assistant tells several rooms at once; they are looked at together. */
const gatherMs = 250;
/** Home Assistant needs a while to tell every room. */
const settlingMs = 60_000;

function read(memory: FeedMemory): Promise<unknown> {
  return Promise.resolve()
    .then(() => memory.read())
    .catch(() => undefined);
}

/** Feeds one zone of one heat pump with what its rooms come to, and says what it does. */
export function startRoomFeed(parts: RoomFeedParts): RunningRoomFeed {
  const { clock, log, homeAssistant, device, zone } = parts;
  const points = feedPoints(zone);
  const rooms = startRooms(zone, parts.settings);
  const kept = keepRooms(parts.roomMemory);
  const label = `room feed of zone ${zone}`;
  let settings = parts.settings;
  let feed: RoomFeed = startAt(null);
  let sent: { readonly valueC: number; readonly at: number } | null = null;
  let seen: SeenWorld | undefined;
  let remembering = Promise.resolve();
  let known = false;
  let stopped = false;
  const startedAt = clock.now();
  let said = "";
  let shown = "";
  let stopFollowing: Stop = () => {};
  let stopGathering: Stop | undefined;

  function startAt(switchedAt: number | null): RoomFeed {
    return startOfRoomFeed({ at: clock.now(), hasRooms: rooms.entities().length > 0, switchedAt });
  }

  function see(): SeenWorld {
    return seeWorld({ at: clock.now(), points, device, homeAssistant, rooms, settings });
  }

  function look(): void {
    if (stopped || !known) return;
    seen = see();
    const { input } = seen;
    kept.keep(rooms.remembered(), input.at);
    move(nextRoomFeed(feed, input));
    const command = roomFeedCommand(feed, input);
    if (command !== null) move(roomFeedSent(feed, command, input.at));
    show(seen);
    if (command !== null) void carryOut(command);
  }

  function move(next: RoomFeed): void {
    const before = feed;
    feed = next;
    if (next.state !== before.state) {
      parts.onTransition(before.state, next.state, Math.max(0, clock.now() - before.since) / 1000);
    }
    if (switchedByUs(next) !== switchedByUs(before)) remembering = remembering.then(remember);
  }

  async function remember(): Promise<void> {
    await parts.memory.write({ switchedAt: switchedByUs(feed) ? clock.now() : null }).catch((error: unknown) => {
      log.warn("cannot remember over a restart that the room temperature source was switched", {
        error: String(error),
      });
    });
  }

  async function carryOut(command: RoomFeedCommand): Promise<void> {
    if (command.to === "source") {
      log.info(`${label}: tells the heat pump to go by ${command.value}`, { device: device.id });
      // After a crash it is better to look in vain than never to switch back, so the memory comes first.
      await remembering;
    }
    const at = clock.now();
    const point = command.to === "source" ? points.source : points.fed;
    const left = !stopped && (await device.send(point, command.value).catch(() => false));
    if (stopped) return;
    if (!left) feed = roomFeedRefused(feed, command, clock.now());
    else if (command.to === "temperature") sent = { valueC: command.value, at };
    look();
  }

  function viewOf({ input, rooms: judged }: SeenWorld): RoomFeedView {
    const { average } = input;
    const at = clock.now();
    return {
      device: device.id,
      zone,
      state: feed.state,
      reason: roomFeedReason(feed, input, homeAssistant?.connected() === true),
      since: feed.since,
      temperatureC: average === null || average.temperatureC === null ? null : rounded(average.temperatureC),
      sentC: sent?.valueC ?? null,
      sentAt: sent?.at ?? null,
      confirmed: sent !== null && sameValue(sent.valueC, input.fedC),
      source: input.source,
      rooms: judged.map((room, index) => fedRoomView(room, average?.rooms[index], at)),
    };
  }

  /** Right after the start nobody has told anything yet, and a zone without rooms needs no word. */
  function isStarting(view: RoomFeedView): boolean {
    return said === "" && (view.state === "off" || (view.state === "holding" && clock.now() - startedAt < settlingMs));
  }

  function show(world: SeenWorld): void {
    const view = viewOf(world);
    const sentence = `${view.state} ${view.reason}`;
    if (sentence !== said && !isStarting(view)) {
      const speak = view.state === "ok" || view.state === "off" ? log.info : log.warn;
      speak(`${label}: ${view.state}`, { device: device.id, reason: view.reason });
      said = sentence;
    }
    // What only ages is no change.
    const figures = JSON.stringify(view, (key, value) => (key === "ageS" || key === "reportedAt" ? undefined : value));
    if (figures === shown) return;
    shown = figures;
    parts.onChange(view);
  }

  function gather(): void {
    stopGathering ??= clock.after(gatherMs, () => {
      stopGathering = undefined;
      look();
    });
  }

  function followRooms(): void {
    stopFollowing();
    const entities = rooms.entities();
    stopFollowing =
      homeAssistant?.follow(entities, (entity, state) => {
        rooms.take(entity, state);
        gather();
      }) ?? (() => {});
  }

  async function begin(): Promise<void> {
    const [switched, before] = await Promise.all([read(parts.memory), read(parts.roomMemory)]);
    if (stopped) return;
    feed = startAt(remembered.safeParse(switched).data?.switchedAt ?? null);
    const knownRooms = rememberedRooms(before);
    kept.start(knownRooms);
    rooms.recall(knownRooms);
    known = true;
    gather();
  }

  const watched = new Set<string>([...Object.values(points), "online"]);
  const stops: Stop[] = [
    device.onReading(({ point }) => {
      if (watched.has(point)) look();
    }),
    clock.every(tickMs, look),
    homeAssistant?.onConnected(gather) ?? (() => {}),
  ];
  followRooms();
  void begin();

  return {
    view: () => viewOf(seen ?? see()),
    settingsChanged(next) {
      const before = rooms.entities().join();
      settings = next;
      rooms.set(next);
      if (rooms.entities().join() !== before) followRooms();
      gather();
    },
    stop() {
      stopped = true;
      for (const stop of stops) stop();
      stopFollowing();
      stopGathering?.();
    },
  };
}
