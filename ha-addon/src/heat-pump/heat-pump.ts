import { longestPayload } from "@heatloop/core/catalogue/reading";
import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import type { FallingTotal } from "@heatloop/core/live/falling-totals";
import type { PowerNow } from "@heatloop/core/live/power-now";
import type { Transition } from "@heatloop/core/live/transition";
import type { Stop } from "@heatloop/core/time/clock";
import { backgroundClock, inBackground } from "../base/background.ts";
import { type Device, startDevice } from "../device/device.ts";
import type { MqttMessage } from "../mqtt/message.ts";
import type { DeviceRoomFeeds } from "../room-feed/room-feeds.ts";
import { formulaNow } from "../settings/house-settings.ts";
import { type ArchiveEnd, readArchiveEnd } from "./archive-end.ts";
import type { ExternalMeter } from "./external-meter.ts";
import type { HeatPumpParts } from "./heat-pump-parts.ts";
import { liveFigures } from "./live-figures.ts";
import { forgetStates, type StatePublisher, startStatePublisher } from "./publish-states.ts";
import { type Recorder, startRecorder } from "./recorder.ts";

/** A disk that refuses may take a while, and messages are kept meanwhile. */
const retryMs = 60_000;
/** Messages that come while the archive is read; the oldest go first. None of the firmware's is longer than `longestPayload`. */
const mostEarly = 20_000;

/** Everything that is done for one heat pump, once its archive was read. */
export type HeatPump = {
  readonly device: Device;
  readonly recorder: Recorder;
  readonly feeds: DeviceRoomFeeds;
  powerNow(at: number): PowerNow;
  readonly followedAt: number;
  /** Since when it has been offline; null while it is not. */
  offlineSince(): number | null;
  /** A total that falls again and again; null where none does. */
  fallingTotal(at: number): FallingTotal | null;
  today(): DayEnergy;
};

export type HeatPumpStart = {
  readonly id: string;
  take(message: MqttMessage, at: number): void;
  ready(): HeatPump | undefined;
  /** Why it is not ready though it was tried, for a person; null where nothing is wrong. */
  trouble(): string | null;
  /** Ends it and writes what it has; `forget` also clears what it published. */
  stop(how: { readonly forget: boolean }): Promise<void>;
};

/** What was begun for a heat pump; where its begin failed, only a part of it. */
type Begun = {
  readonly stops: Stop[];
  recorder?: Recorder;
  feeds?: DeviceRoomFeeds;
  electricityMeter?: ExternalMeter;
  publisher?: StatePublisher;
};

/** Reads the end of the archive, then goes on from there; messages that come meanwhile are kept in their order. */
export function startHeatPump(parts: HeatPumpParts): HeatPumpStart {
  const { id, archive, clock, log } = parts;
  const followedAt = clock.now();
  const early: { readonly message: MqttMessage; readonly at: number }[] = [];
  const begun: Begun = { stops: [] };
  const take = messageIntake(parts);
  const takeEarly = inBackground(log, "a message from before the start", take);
  let ready: HeatPump | undefined;
  let trouble: string | null = null;
  let isStopped = false;
  let stopRetry: Stop = () => {};

  function fail(what: string, error: unknown): void {
    trouble = what;
    log.error(`${what}: it is not logged, and tried again in a minute`, {
      device: id,
      error: error instanceof Error ? error.stack : String(error),
    });
    stopRetry = clock.after(retryMs, () => {
      starting = start();
    });
  }

  async function start(): Promise<void> {
    await parts.after;
    let archiveEnd: ArchiveEnd;
    try {
      archiveEnd = await readArchiveEnd(archive, id, parts.zone(), clock.now());
    } catch (error) {
      return isStopped ? undefined : fail("the archive of a heat pump cannot be read", error);
    }
    if (isStopped) return;
    try {
      follow(archiveEnd);
      trouble = null;
    } catch (error) {
      ready = undefined;
      await end(begun);
      if (!isStopped) fail("a heat pump cannot be followed because of an error that Heatloop did not expect", error);
    }
  }

  function follow(archiveEnd: ArchiveEnd): void {
    const { last } = archiveEnd;
    ready = { ...begin(parts, archiveEnd, begun), followedAt };
    log.info("logs a heat pump", { prefix: parts.prefix, after: last && parts.zone().isoOf(last.minuteAt) });
    parts.onFirstSeen();
    for (const { message, at } of early.splice(0)) void takeEarly(ready.device, message, at);
    begun.publisher?.refresh();
  }

  let starting = start();

  return {
    id,
    take(message, at) {
      if (ready !== undefined) take(ready.device, message, at);
      else if (!isStopped && message.payload.length <= longestPayload) {
        if (early.length >= mostEarly) early.shift();
        // The bytes alone: those from the wire are a part of a larger piece, which would stay in memory with them.
        early.push({ message: { ...message, payload: new Uint8Array(message.payload) }, at });
      }
    },
    ready: () => ready,
    trouble: () => trouble,
    async stop({ forget }) {
      isStopped = true;
      stopRetry();
      await starting;
      await end(begun);
      if (forget && parts.voice.speaksFor(id)) forgetStates(parts.mqtt, id);
    },
  };
}

/** Hands a message to its device, and reports what that changes. */
function messageIntake(parts: HeatPumpParts): (device: Device, message: MqttMessage, at: number) => void {
  let identity = "";
  return (device, message, at) => {
    const wasSeen = device.firstSeen() !== null;
    device.take(message, at);
    if (!wasSeen && device.firstSeen() !== null) parts.onFirstSeen();
    const now = `${device.points().size} ${device.language()} ${device.availabilitySeen()}`;
    parts.onChange(device, now === identity ? "state" : "points");
    identity = now;
  };
}

/** Begins everything that is done for a heat pump, and puts it into `begun` step by step. */
function begin(
  parts: HeatPumpParts,
  { last, minutes, transitions }: ArchiveEnd,
  begun: Begun,
): Omit<HeatPump, "followedAt"> {
  const { prefix, id, name, mqtt, archive, clock, zone, electricity } = parts;
  const formula = formulaNow(parts.water);
  const device = startDevice({ prefix, id, name, mqtt, zone, at: clock.now(), counter: last?.counter, formula });
  const figures = liveFigures(device, formula);
  const report = (transition: Transition) => parts.onTransition(device, transition);
  begun.stops.push(figures.stop, device.onTransition(report));
  const meter = parts.startMeter(last?.meter);
  begun.electricityMeter = meter;
  const powerNow = (at: number) => figures.powerNow(at, meter.powerW(at));
  const recorder = startRecorder({
    device,
    archive,
    clock,
    zone,
    lastMinuteAt: last?.minuteAt,
    minutes,
    transitions,
    meter,
    electricity,
    formula,
    onMinute() {
      parts.onMinute();
      begun.publisher?.refresh();
    },
  });
  begun.recorder = recorder;
  const feeds = beginFeeds(parts, device, begun, report);
  const { today, yesterday } = recorder;
  begun.publisher = startStatePublisher({
    device,
    mqtt,
    clock: backgroundClock(clock, parts.log, "what is published of a heat pump"),
    zone,
    today,
    yesterday,
    roomFeed: feeds.views,
    log: parts.archiveHealth,
    power: () => powerNow(clock.now()),
    voice: parts.voice,
  });
  const { offlineSince, fallingTotal } = figures;
  return { device, recorder, feeds, powerNow, offlineSince, fallingTotal, today };
}

function beginFeeds(
  parts: HeatPumpParts,
  device: Device,
  begun: Begun,
  report: (transition: Transition) => void,
): DeviceRoomFeeds {
  const feeds = parts.startFeeds(
    device,
    (transition) => {
      report(transition);
      void parts.archive.writeTransition(parts.id, transition);
    },
    () => {
      begun.publisher?.refresh();
      parts.onChange(device, "state");
    },
  );
  begun.feeds = feeds;
  return feeds;
}

/** Ends what was begun, also where only a part of it was, and writes the running minute. */
async function end(begun: Begun): Promise<void> {
  for (const stop of begun.stops.splice(0)) stop();
  begun.feeds?.stop();
  await begun.recorder?.stop();
  begun.electricityMeter?.stop();
  begun.publisher?.stop();
}
