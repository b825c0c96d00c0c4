import type { HomeLanguage } from "@heatloop/core/catalogue/home-languages";
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
import { feederName } from "@heatloop/core/room-feed/watchdog-report";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import type { Log } from "@heatloop/program/log";
import type { StateFile } from "../base/state-file.ts";
import type { HomeAssistant } from "../home-assistant/home-assistant.ts";
import type { RoomFeedSettings } from "../settings/room-feed-settings.ts";
import type { FedDevice } from "./fed-device.ts";
import { feedChanges, feedLabel } from "./feed-changes.ts";
import { followRooms, gatherReports } from "./follow-rooms.ts";
import { type FeedSituation, feedPoints, feedSituation } from "./input.ts";
import { keepRooms, rememberedRooms } from "./room-state-file.ts";
import { type FedRooms, startRooms } from "./rooms.ts";
import { type SourceState, sourceState } from "./source-state-file.ts";
import { type RoomFeedView, roomFeedView } from "./view.ts";

export type RoomFeedParts = {
  readonly clock: Clock;
  readonly log: Log;
  /** undefined: none is configured. */
  readonly homeAssistant: Pick<HomeAssistant, "connected" | "config" | "follow" | "onConnected"> | undefined;
  readonly settings: RoomFeedSettings;
  readonly device: FedDevice;
  readonly zone: 1 | 2;
  /** The language of the home, in which people read the reasons. */
  readonly language: () => HomeLanguage;
  /** Keeps over restarts that the feed switched the firmware's source itself. */
  readonly sourceStateFile: StateFile;
  /** Keeps over restarts the last accepted temperature of each room. */
  readonly roomStateFile: StateFile;
  /** Something that people see is different now. */
  readonly onChange: (view: RoomFeedView) => void;
  readonly onTransition: (from: RoomFeedState, to: RoomFeedState, durationS: number) => void;
};

export type RunningRoomFeed = {
  view(): RoomFeedView;
  settingsChanged(settings: RoomFeedSettings): void;
  stop(): void;
};

/** How often the feed is updated where nothing is reported. */
const tickMs = 10_000;

/** A running feed: its parts, and what changes. */
type Running = {
  readonly parts: RoomFeedParts;
  readonly points: ReturnType<typeof feedPoints>;
  readonly rooms: FedRooms;
  readonly keptRooms: ReturnType<typeof keepRooms>;
  readonly source: SourceState;
  readonly show: (view: RoomFeedView) => void;
  settings: RoomFeedSettings;
  feed: RoomFeed;
  sent: { readonly valueC: number; readonly at: number } | null;
  situation: FeedSituation | undefined;
  /** What an earlier run remembered was read. */
  isReady: boolean;
  isStopped: boolean;
};

/** Feeds one zone of one heat pump with the average of its rooms, and reports what it does. */
export function startRoomFeed(parts: RoomFeedParts): RunningRoomFeed {
  const { clock, homeAssistant, device, zone } = parts;
  const points = feedPoints(zone);
  const rooms = startRooms(zone, parts.settings);
  const running: Running = {
    parts,
    points,
    rooms,
    keptRooms: keepRooms(parts.roomStateFile),
    source: sourceState(parts.sourceStateFile, clock),
    show: feedChanges(parts),
    settings: parts.settings,
    feed: feedAtStart(parts, rooms, null),
    sent: null,
    situation: undefined,
    isReady: false,
    isStopped: false,
  };
  const gathering = gatherReports(clock, () => update(running));
  const following = followRooms(homeAssistant, rooms, gathering.reported);
  const watched = new Set<string>([...Object.values(points), "online"]);
  const stops: Stop[] = [
    device.onReading(({ point }) => {
      if (watched.has(point)) update(running);
    }),
    clock.every(tickMs, () => update(running)),
    homeAssistant?.onConnected(gathering.reported) ?? (() => {}),
    following.stop,
    gathering.stop,
  ];
  void recall(running).then(gathering.reported);

  return {
    view: () => viewOf(running, running.situation ?? situationNow(running)),
    settingsChanged(settings) {
      running.settings = settings;
      rooms.set(settings);
      following.refresh();
      gathering.reported();
    },
    stop() {
      running.isStopped = true;
      for (const stop of stops) stop();
    },
  };
}

/** Goes on from what an earlier run remembered. */
async function recall(running: Running): Promise<void> {
  const { parts, rooms, keptRooms } = running;
  const [switchedAt, kept] = await Promise.all([running.source.read(), parts.roomStateFile.read()]);
  if (running.isStopped) return;
  running.feed = feedAtStart({ ...parts, settings: running.settings }, rooms, switchedAt);
  const knownRooms = rememberedRooms(kept);
  keptRooms.start(knownRooms);
  rooms.recall(knownRooms);
  running.isReady = true;
}

function feedAtStart({ clock, device, settings }: RoomFeedParts, rooms: FedRooms, switchedAt: number | null): RoomFeed {
  const sends = settings.room_feed.send && device.mayBeFed();
  return startOfRoomFeed({ at: clock.now(), hasRooms: rooms.entities().length > 0, sends, switchedAt });
}

/** Looks at the rooms and the heat pump, moves the feed on, shows it and sends what is due. */
function update(running: Running): void {
  if (running.isStopped || !running.isReady) return;
  const situation = situationNow(running);
  running.situation = situation;
  const { input } = situation;
  running.keptRooms.keep(running.rooms.remembered(), input.at);
  move(running, nextRoomFeed(running.feed, input));
  const command = roomFeedCommand(running.feed, input);
  if (command !== null) move(running, roomFeedSent(running.feed, command, input.at));
  running.show(viewOf(running, situation));
  if (command !== null) void send(running, command);
}

function situationNow({ parts, points, rooms, settings }: Running): FeedSituation {
  const { clock, device, homeAssistant } = parts;
  return feedSituation({ at: clock.now(), points, device, homeAssistant, rooms, settings });
}

function move(running: Running, next: RoomFeed): void {
  const { parts, feed: before } = running;
  running.feed = next;
  if (next.state !== before.state) {
    parts.onTransition(before.state, next.state, Math.max(0, parts.clock.now() - before.since) / secondMs);
  }
  if (switchedByUs(next) !== switchedByUs(before)) running.source.write(switchedByUs(next));
}

async function send(running: Running, command: RoomFeedCommand): Promise<void> {
  const { points } = running;
  const { log, device, clock, zone } = running.parts;
  if (command.to === "source") {
    log.info(`${feedLabel(zone)}: switches the heat pump's room temperature source to ${command.value}`, {
      device: device.id,
    });
    // After a crash it is better to look in vain than never to switch back, so it is written first.
    await running.source.written();
  }
  const at = clock.now();
  const point = command.to === "source" ? points.source : points.fed;
  if (command.to === "temperature") sayName(running);
  const isSent = !running.isStopped && (await device.send(point, command.value).catch(() => false));
  if (running.isStopped) return;
  if (!isSent) running.feed = roomFeedRefused(running.feed, command, clock.now());
  else if (command.to === "temperature") running.sent = { valueC: command.value, at };
  update(running);
}

/** The watchdog on the ESP32 takes one feeder at a time, by the name that comes right before the temperature. */
function sayName({ parts, situation, isStopped }: Running): void {
  if (isStopped || situation?.input.watchdog == null) return;
  void parts.device.send(`room_feeder_zone_${parts.zone}`, feederName).catch(() => false);
}

function viewOf({ parts, feed, sent }: Running, situation: FeedSituation): RoomFeedView {
  const { device, zone, homeAssistant, clock } = parts;
  const connected = homeAssistant?.connected() === true;
  const language = parts.language();
  return roomFeedView({ device: device.id, zone, feed, situation, sent, connected, language, at: clock.now() });
}
