import type { PointId } from "@heatloop/core/catalogue/points";
import { secondMs } from "@heatloop/core/time/durations";
import type { Home } from "../home-state.ts";
import { type RoomWatchdog, startRoomWatchdog, watchdogEveryS } from "./room-watchdog.ts";
import type { Setting } from "./settings.ts";
import type { NumericSignal } from "./signals.ts";
import type { StateSignal } from "./states.ts";
import { ownRoomC } from "./zone-control.ts";

type WatchedZone = 1 | 2;

/** The watchdogs of the zones, wired to the settings of the firmware. */
export type RoomWatchdogs = {
  /** Takes a value that was commanded; undefined where it is none of theirs, else whether the setting changed. */
  command(point: PointId, value: Setting): boolean | undefined;
  /** Goes on to a time; the points whose setting they changed. */
  step(at: number): readonly PointId[];
  /** A restart at a time. */
  restart(at: number): void;
  readonly numbers: Partial<Record<PointId, NumericSignal>>;
  readonly states: Partial<Record<PointId, StateSignal>>;
};

type Watched = {
  readonly zone: WatchedZone;
  readonly points: ReturnType<typeof pointsOf>;
  readonly watchdog: RoomWatchdog;
  /** The last temperature that was taken, as the flash memory has it, °C. */
  lastC: number;
};

function pointsOf(zone: WatchedZone) {
  return {
    fed: `room_feedback_zone_${zone}`,
    source: `room_source_zone_${zone}`,
    feeder: `room_feeder_zone_${zone}`,
  } as const;
}

/** Starts one watchdog a zone; no temperature has been fed yet. */
export function startRoomWatchdogs(home: Home, startAt: number): RoomWatchdogs {
  const zones: readonly Watched[] = ([1, 2] as const).slice(0, home.zones).map((zone) => ({
    ...{ zone, points: pointsOf(zone), watchdog: startRoomWatchdog(), lastC: Number.NaN },
  }));
  let decidedAt = startAt;
  forgetFed(zones, home);
  return {
    command(point, value) {
      const watched = zones.find(({ points }) => point === points.feeder || point === points.fed);
      return watched && commandOf(watched, home, point, value);
    },
    step(at) {
      const changed: PointId[] = [];
      for (; at - decidedAt >= watchdogEveryS * secondMs; decidedAt += watchdogEveryS * secondMs) {
        for (const watched of zones) changed.push(...decide(watched, home));
      }
      return changed;
    },
    restart(at) {
      decidedAt = at;
      for (const { watchdog } of zones) watchdog.restart();
      forgetFed(zones, home);
    },
    ...signalsOf(zones, home),
  };
}

function forgetFed(zones: readonly Watched[], home: Home): void {
  for (const { points } of zones) home.settings.set(points.fed, Number.NaN);
}

function commandOf(watched: Watched, home: Home, point: PointId, value: Setting): boolean {
  const { points, watchdog } = watched;
  if (point === points.feeder) {
    watchdog.announce(String(value));
    return false;
  }
  if (watchdog.feed(Number(value)) !== "none") return false;
  watched.lastC = Number(value);
  home.settings.set(point, value);
  return true;
}

function decide({ zone, points, watchdog, lastC }: Watched, home: Home): PointId[] {
  const { settings } = home;
  const changed: PointId[] = [];
  const ownC = ownRoomC(home, zone);
  if (watchdog.needsLast(ownC) && Number.isNaN(settings.number(points.fed)) && !Number.isNaN(lastC)) {
    settings.set(points.fed, lastC);
    changed.push(points.fed);
  }
  watchdog.pass(watchdogEveryS);
  const source = watchdog.decide(settings.choice(points.source), ownC);
  if (source !== undefined) {
    settings.set(points.source, source);
    changed.push(points.source);
  }
  return changed;
}

function signalsOf(zones: readonly Watched[], home: Home): Pick<RoomWatchdogs, "numbers" | "states"> {
  const numbers: Partial<Record<PointId, NumericSignal>> = {};
  const states: Partial<Record<PointId, StateSignal>> = {};
  for (const { zone, points, watchdog } of zones) {
    const shown = () => watchdog.shown(home.settings.choice(points.source), ownRoomC(home, zone));
    numbers[`room_watchdog_temperature_zone_${zone}`] = () => shown().temperatureC;
    numbers[`room_watchdog_age_zone_${zone}`] = () => shown().ageS;
    states[`room_watchdog_zone_${zone}`] = () => shown().state;
    states[`room_watchdog_refused_zone_${zone}`] = () => shown().refused;
    states[`room_watchdog_feeder_zone_${zone}`] = () => shown().feeder;
    states[`room_watchdog_second_feeder_zone_${zone}`] = () => shown().secondFeeder;
  }
  return { numbers, states };
}
