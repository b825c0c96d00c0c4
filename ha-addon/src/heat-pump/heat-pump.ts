import { longestPayload } from "@heatloop/core/catalogue/reading";
import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import type { ElectricityFacts } from "@heatloop/core/energy/electricity-facts";
import type { WaterFacts } from "@heatloop/core/heat/heat-formula";
import { type FallingTotal, startFallWatch } from "@heatloop/core/live/falling-totals";
import { type PowerNow, startPowerMeter } from "@heatloop/core/live/power-now";
import type { CounterState } from "@heatloop/core/live/running-total";
import type { Transition } from "@heatloop/core/live/transition";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import type { Zone } from "@heatloop/core/time/local-day";
import type { Archive } from "../archive/archive.ts";
import type { CsvHealth } from "../archive/csv-files.ts";
import { backgroundClock, inBackground } from "../base/background.ts";
import type { Log } from "../base/log.ts";
import { type Device, startDevice } from "../device/device.ts";
import type { MqttMessage } from "../mqtt/message.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";
import type { Voice } from "../mqtt/voice.ts";
import type { DeviceRoomFeeds } from "../room-feed/room-feeds.ts";
import { formulaNow } from "../settings/house-settings.ts";
import { type ArchiveEnd, readArchiveEnd } from "./archive-end.ts";
import type { ExternalMeter } from "./external-meter.ts";
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

/** Reads the end of the archive, then goes on from there; messages that come meanwhile are kept in their order. */
export function startHeatPump(parts: {
  readonly prefix: string;
  readonly id: string;
  readonly name: string | undefined;
  readonly mqtt: Mqtt;
  readonly archive: Archive;
  readonly archiveHealth: () => CsvHealth;
  readonly clock: Clock;
  readonly log: Log;
  readonly zone: () => Zone;
  /** What has to end before: the same heat pump's log of the time before. */
  readonly after: Promise<void>;
  readonly startFeeds: (
    device: Device,
    onTransition: (transition: Transition) => void,
    onChange: () => void,
  ) => DeviceRoomFeeds;
  readonly startMeter: (last: CounterState | undefined) => ExternalMeter;
  readonly electricity: () => ElectricityFacts;
  /** It was heard live for the first time. */
  readonly onHeard: () => void;
  readonly water: () => WaterFacts;
  /** Whether this installation tells of it, or another one does; and when that may have changed. */
  readonly voice: Voice;
  /** Its points, language or state changed. */
  readonly onChange: (device: Device, what: "points" | "state") => void;
  readonly onTransition: (device: Device, transition: Transition) => void;
  readonly onMinute: () => void;
}): HeatPumpStart {
  const { prefix, id, archive, clock, zone, mqtt } = parts;
  const followedAt = clock.now();
  const early: { readonly message: MqttMessage; readonly at: number }[] = [];
  const stops: Stop[] = [];
  let ready: HeatPump | undefined;
  let publisher: StatePublisher | undefined;
  let electricityMeter: ExternalMeter | undefined;
  let recorder: Recorder | undefined;
  let feeds: DeviceRoomFeeds | undefined;
  let stopped = false;
  let trouble: string | null = null;
  let identity = "";

  function hear(device: Device, message: MqttMessage, at: number): void {
    const wasHeard = device.firstSeen() !== null;
    device.take(message, at);
    if (!wasHeard && device.firstSeen() !== null) parts.onHeard();
    const now = `${device.points().size} ${device.language()} ${device.availabilitySeen()}`;
    parts.onChange(device, now === identity ? "state" : "points");
    identity = now;
  }

  const hearEarly = inBackground(parts.log, "a message from before the start", hear);

  function begin({ last, minutes, transitions }: ArchiveEnd): void {
    const formula = formulaNow(parts.water);
    const device = startDevice({
      prefix,
      id,
      name: parts.name,
      mqtt,
      zone,
      at: clock.now(),
      counter: last?.counter,
      formula,
    });
    const meter = startPowerMeter(formula);
    const falls = startFallWatch();
    let offlineSince: number | null = null;
    const record = (transition: Transition) => parts.onTransition(device, transition);
    stops.push(
      device.onReading((reading) => {
        meter.take(reading);
        falls.take(reading);
        if (reading.point === "online") offlineSince = reading.value ? null : reading.at;
      }),
      device.onTransition(record),
    );
    electricityMeter = parts.startMeter(last?.meter);
    const powerNow = (at: number) => meter.now(at, electricityMeter?.powerW(at));
    const running = startRecorder({
      device,
      archive,
      clock,
      zone,
      lastMinuteAt: last?.minuteAt,
      minutes,
      transitions,
      meter: electricityMeter,
      electricity: parts.electricity,
      formula,
      onMinute() {
        parts.onMinute();
        publisher?.refresh();
      },
    });
    recorder = running;
    const fed = parts.startFeeds(
      device,
      (transition) => {
        record(transition);
        void archive.writeTransition(id, transition);
      },
      () => {
        publisher?.refresh();
        parts.onChange(device, "state");
      },
    );
    feeds = fed;
    publisher = startStatePublisher({
      device,
      mqtt,
      clock: backgroundClock(clock, parts.log, "what is published of a heat pump"),
      zone,
      today: running.today,
      yesterday: running.yesterday,
      roomFeed: fed.views,
      log: parts.archiveHealth,
      power: () => powerNow(clock.now()),
      voice: parts.voice,
    });
    ready = {
      device,
      recorder: running,
      feeds: fed,
      powerNow,
      followedAt,
      offlineSince: () => offlineSince,
      fallingTotal: falls.falling,
      today: running.today,
    };
    parts.log.info("logs a heat pump", { prefix, after: last && zone().isoOf(last.minuteAt) });
    parts.onHeard();
    for (const { message, at } of early.splice(0)) void hearEarly(device, message, at);
    publisher.refresh();
  }

  /** Ends what was begun, also where only a part of it was. */
  async function end(): Promise<void> {
    for (const stop of stops.splice(0)) stop();
    feeds?.stop();
    await recorder?.stop();
    electricityMeter?.stop();
    publisher?.stop();
  }

  function fail(what: string, error: unknown): void {
    trouble = what;
    parts.log.error(`${what}: it is not logged, and tried again in a minute`, {
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
      archiveEnd = await readArchiveEnd(archive, id, zone(), clock.now());
    } catch (error) {
      return stopped ? undefined : fail("the archive of a heat pump cannot be read", error);
    }
    if (stopped) return;
    try {
      begin(archiveEnd);
      trouble = null;
    } catch (error) {
      ready = undefined;
      await end();
      if (!stopped) fail("a heat pump cannot be followed because of an error that Heatloop did not expect", error);
    }
  }

  let stopRetry: Stop = () => {};
  let starting = start();

  return {
    id,
    take(message, at) {
      if (ready !== undefined) hear(ready.device, message, at);
      else if (!stopped && message.payload.length <= longestPayload) {
        if (early.length >= mostEarly) early.shift();
        // The bytes alone: those from the wire are a part of a larger piece, which would stay in memory with them.
        early.push({ message: { ...message, payload: new Uint8Array(message.payload) }, at });
      }
    },
    ready: () => ready,
    trouble: () => trouble,
    async stop({ forget }) {
      stopped = true;
      stopRetry();
      await starting;
      await end();
      if (forget && parts.voice.speaksFor(id)) forgetStates(mqtt, id);
    },
  };
}
