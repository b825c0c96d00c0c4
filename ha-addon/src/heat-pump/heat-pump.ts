import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import type { FallingTotal } from "@heatloop/core/live/falling-totals";
import type { PowerNow } from "@heatloop/core/live/power-now";
import type { Transition } from "@heatloop/core/live/transition";
import type { Stop } from "@heatloop/core/time/clock";
import { backgroundClock } from "@heatloop/program/background";
import { commandFilters } from "../device/command-topics.ts";
import { type Device, startDevice } from "../device/device.ts";
import { type KeptCommands, watchKeptCommands } from "../device/kept-commands.ts";
import { type RunningBoost, startBoost } from "../hot-water/boost.ts";
import type { DeviceRoomFeeds } from "../room-feed/room-feeds.ts";
import { type RunningSchedule, startSchedule } from "../schedule/schedule.ts";
import { formulaNow } from "../settings/house-settings.ts";
import type { ArchiveEnd } from "./archive-end.ts";
import type { ExternalMeter } from "./external-meter.ts";
import { type FrequentCommands, watchFrequentCommands } from "./frequent-commands.ts";
import type { HeatPumpParts } from "./heat-pump-parts.ts";
import { liveFigures } from "./live-figures.ts";
import { publishEvent } from "./publish-event.ts";
import { type StatePublisher, startStatePublisher } from "./publish-states.ts";
import { type Recorder, startRecorder } from "./recorder.ts";

/** Everything that is done for one heat pump, once its archive was read. */
export type HeatPump = {
  readonly device: Device;
  readonly recorder: Recorder;
  readonly feeds: DeviceRoomFeeds;
  readonly boost: RunningBoost;
  readonly keptCommands: KeptCommands;
  readonly frequentCommands: FrequentCommands;
  powerNow(at: number): PowerNow;
  readonly followedAt: number;
  /** Since when it has been offline; null while it is not. */
  offlineSince(): number | null;
  /** A total that falls again and again; null where none does. */
  fallingTotal(at: number): FallingTotal | null;
  today(): DayEnergy;
};

/** What was started for a heat pump; if starting failed, only a part of it. */
export type StartedParts = {
  readonly stops: Stop[];
  recorder?: Recorder;
  feeds?: DeviceRoomFeeds;
  electricityMeter?: ExternalMeter;
  publisher?: StatePublisher;
};

/** Starts everything that is done for a heat pump, and puts it into `started` step by step. */
export function assembleHeatPump(
  parts: HeatPumpParts,
  { last, minutes, transitions }: ArchiveEnd,
  started: StartedParts,
): Omit<HeatPump, "followedAt"> {
  const { prefix, id, name, mqtt, archive, clock, zone, electricity } = parts;
  const formula = formulaNow(parts.water);
  const { counter, counterAhead } = last ?? {};
  const device = startDevice({ prefix, id, name, mqtt, zone, at: clock.now(), counter, counterAhead, formula });
  const figures = liveFigures(device, formula);
  const report = (transition: Transition) => {
    parts.onTransition(device, transition);
    publishEvent(parts, id, transition);
  };
  const keptCommands = watchKeptCommands(mqtt, commandFilters(prefix));
  const frequentCommands = watchFrequentCommands({ mqtt, prefix, name: device.name, clock, log: parts.log });
  started.stops.push(figures.stop, device.onTransition(report), keptCommands.stop, frequentCommands.stop);
  const meter = parts.startMeter(last?.meter);
  started.electricityMeter = meter;
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
      started.publisher?.refresh();
    },
  });
  started.recorder = recorder;
  const feeds = startFeedsOf(parts, device, started, report);
  const boost = startBoostOf(parts, device, started);
  const schedule = startScheduleOf(parts, device, boost, started);
  started.publisher = startPublisherOf(parts, { device, recorder, feeds, boost, powerNow }, schedule);
  const { offlineSince, fallingTotal } = figures;
  return {
    device,
    recorder,
    feeds,
    boost,
    keptCommands,
    frequentCommands,
    powerNow,
    offlineSince,
    fallingTotal,
    today: recorder.today,
  };
}

function startPublisherOf(
  { mqtt, clock, log, zone, archiveHealth, publishingRight }: HeatPumpParts,
  { device, recorder, feeds, boost, powerNow }: Pick<HeatPump, "device" | "recorder" | "feeds" | "boost" | "powerNow">,
  schedule: RunningSchedule,
): StatePublisher {
  const { today, yesterday } = recorder;
  return startStatePublisher({
    device,
    mqtt,
    clock: backgroundClock(clock, log, "what is published of a heat pump"),
    zone,
    today,
    yesterday,
    roomFeed: feeds.views,
    boost: boost.view,
    schedule: schedule.next,
    log: archiveHealth,
    power: () => powerNow(clock.now()),
    publishingRight,
  });
}

function startFeedsOf(
  parts: HeatPumpParts,
  device: Device,
  started: StartedParts,
  report: (transition: Transition) => void,
): DeviceRoomFeeds {
  const feeds = parts.startFeeds(
    device,
    (transition) => {
      report(transition);
      void parts.archive.writeTransition(parts.id, transition);
    },
    () => {
      started.publisher?.refresh();
      parts.onChange(device, "state");
    },
  );
  started.feeds = feeds;
  return feeds;
}

function startBoostOf(parts: HeatPumpParts, device: Device, started: StartedParts): RunningBoost {
  const { mqtt, clock, log, boostFile, publishingRight } = parts;
  const boost = startBoost({
    device,
    mqtt,
    clock,
    log,
    stateFile: boostFile,
    isOurs: () => publishingRight.mayPublishFor(device.id),
    onChange: () => started.publisher?.refresh(),
  });
  started.stops.push(boost.stop);
  return boost;
}

function startScheduleOf(
  parts: HeatPumpParts,
  device: Device,
  boost: RunningBoost,
  started: StartedParts,
): RunningSchedule {
  const { clock, log, zone, schedule, scheduleFile, publishingRight } = parts;
  const running = startSchedule({
    device,
    boost,
    clock,
    log,
    zone,
    entries: schedule,
    stateFile: scheduleFile,
    isOurs: () => publishingRight.mayPublishFor(device.id),
    onChange: () => started.publisher?.refresh(),
  });
  started.stops.push(running.stop);
  return running;
}

/** Ends what was started, also where only a part of it was, and writes the running minute. */
export async function endHeatPump(started: StartedParts): Promise<void> {
  for (const stop of started.stops.splice(0)) stop();
  started.feeds?.stop();
  await started.recorder?.stop();
  started.electricityMeter?.stop();
  started.publisher?.stop();
}
