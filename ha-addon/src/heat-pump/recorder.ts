import { type DayEnergy, dayEnergy } from "@heatloop/core/energy/day-energy";
import type { ElectricitySetup } from "@heatloop/core/energy/electricity-setup";
import { withOnlineTransitions } from "@heatloop/core/energy/gaps";
import type { HeatFormula } from "@heatloop/core/heat/heat-formula";
import type { Transition } from "@heatloop/core/live/transition";
import type { MeterFigures } from "@heatloop/core/minute/external-meter";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteByFormula } from "@heatloop/core/minute/minute-formula";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import { previousDate, type Zone } from "@heatloop/core/time/local-day";
import type { Archive } from "../archive/archive.ts";
import { type RecentMinutes, recentMinutes } from "../archive/recent-minutes.ts";
import type { Device } from "../device/device.ts";

/** More than a flapping connection makes in two days. */
const mostTransitions = 2_000;

/** What is recorded of one device: today in memory, the rest in the archive. */
export type Recorder = {
  today(): DayEnergy;
  /** The day before, with the controller's own totals once it has reported them. */
  yesterday(): DayEnergy;
  /** Ends the running minute early and writes what it has; called once, at the end. */
  stop(): Promise<void>;
};

type Parts = {
  readonly device: Device;
  readonly archive: Archive;
  readonly clock: Clock;
  readonly zone: () => Zone;
  readonly lastMinuteAt: number | undefined;
  readonly minutes: readonly Minute[];
  readonly transitions: readonly Transition[];
  readonly meter: { close(at: number): MeterFigures };
  readonly electricity: () => ElectricitySetup;
  readonly formula: () => HeatFormula;
  readonly onMinute: () => void;
};

/**
 * Writes one row a minute and a transition as it happens. A minute never gets a second row: while the clock goes through
 * minutes that have theirs (a restart, a clock set back), what is received goes on into the next one that has none.
 * `minutes` and `transitions`: what the archive has of today and yesterday; `lastMinuteAt`: its newest row.
 */
export function startRecorder(parts: Parts): Recorder {
  const { device, archive, clock, zone } = parts;
  const rows = recentMinutes({
    minutes: parts.minutes,
    newestAt: parts.lastMinuteAt,
    today: zone().dateOf(clock.now()),
    zone,
    read: (date) => archive.minutesOf(device.id, date),
  });
  const today = dayOfTheMinute(parts);
  const minutes = recordMinutes(
    {
      ...parts,
      onMinute: () => {
        today.forget();
        parts.onMinute();
      },
    },
    rows,
  );
  let onlineTransitions = parts.transitions.filter(({ kind }) => kind === "online").slice(-mostTransitions);
  const stopEdges = device.onTransition((transition) => {
    if (transition.kind === "online") onlineTransitions = [...onlineTransitions, transition].slice(-mostTransitions);
    void archive.writeTransition(device.id, transition);
  });

  return {
    today: () => today.of({ date: zone().dateOf(clock.now()), rows, onlineTransitions }),
    yesterday() {
      const today = zone().dateOf(clock.now());
      return dayOf(parts, { date: previousDate(today), nextDay: rows.of(today), rows, onlineTransitions });
    },
    async stop() {
      stopEdges();
      await minutes.stop();
    },
  };
}

/** Writes each minute when it is over; `stop` writes the running one. */
function recordMinutes(parts: Parts, rows: RecentMinutes): { stop(): Promise<void> } {
  const { device, archive, clock } = parts;
  let openedAt = floorMinute(clock.now());
  let stopTimer: Stop = () => {};

  function tick(): void {
    const now = clock.now();
    const label = endedMinute(now);
    if (label !== undefined) void write({ ...closeMinute(now), at: label });
    schedule();
  }

  function schedule(): void {
    const now = clock.now();
    stopTimer = clock.after(floorMinute(now) + minuteMs - now, tick);
  }

  function closeMinute(now: number): Minute {
    const minute = device.closeMinute(now);
    return { ...minute, figures: { ...minute.figures, ...parts.meter.close(now) } };
  }

  /** The minute that was open, also where the machine slept since, else the one that ended now. */
  function endedMinute(now: number): number | undefined {
    if (isOpenOver(now)) return openedAt;
    const before = floorMinute(now) - minuteMs;
    return rows.isFree(before) ? before : undefined;
  }

  /** Whether the open minute has ended and has no row yet. */
  function isOpenOver(now: number): boolean {
    return openedAt + minuteMs <= now && rows.isFree(openedAt);
  }

  function write(minute: Minute): Promise<void> {
    openedAt = floorMinute(clock.now());
    rows.add(minute);
    const written = archive.writeMinute(device.id, minute);
    parts.onMinute();
    return written;
  }

  schedule();
  return {
    async stop() {
      stopTimer();
      const now = clock.now();
      const running = floorMinute(now);
      const minute = closeMinute(now);
      // The program can be asked to end just before the timer of the minute that is over.
      if (isOpenOver(now)) return write({ ...minute, at: openedAt });
      const label = await rows.firstFree(running);
      // A minute that already has its row borrows from the next one, if there is anything to lose.
      if (label === running || minute.figures.heat_wh !== null) await write({ ...minute, at: label });
    },
  };
}

type Day = {
  readonly date: string;
  readonly nextDay?: readonly Minute[];
  readonly rows: RecentMinutes;
  readonly onlineTransitions: readonly Transition[];
};

/** The energy of today, which is asked for each second while somebody looks: worked out once a minute. */
function dayOfTheMinute(parts: Parts): { of(day: Day): DayEnergy; forget(): void } {
  let madeOf: readonly unknown[] = [];
  let energy: DayEnergy | undefined;
  return {
    of(day) {
      const minute = floorMinute(parts.clock.now());
      const electricity = JSON.stringify(parts.electricity());
      const isOf = [minute, day.date, day.onlineTransitions, electricity, parts.formula(), parts.zone()];
      if (energy !== undefined && isOf.every((part, i) => part === madeOf[i])) return energy;
      madeOf = isOf;
      energy = dayOf(parts, day);
      return energy;
    },
    forget() {
      energy = undefined;
    },
  };
}

/** The energy of a day whose rows are in memory. */
function dayOf({ zone: zoneNow, clock, electricity, formula: formulaOfNow }: Parts, day: Day): DayEnergy {
  const { date, nextDay, rows } = day;
  const zone = zoneNow();
  const formula = formulaOfNow();
  const energy = dayEnergy({
    date,
    zone,
    minutes: rows.of(date).map((minute) => minuteByFormula(minute, formula)),
    now: clock.now(),
    electricity: electricity(),
    formula,
    ...(nextDay === undefined ? {} : { nextDay }),
  });
  const [from, to] = [zone.startOf(date), zone.endOf(date)];
  const transitions = day.onlineTransitions.filter(({ at }) => at >= from && at < to);
  return { ...energy, gaps: withOnlineTransitions(energy.gaps, transitions, energy.coveredS > 0) };
}

function floorMinute(at: number): number {
  return Math.floor(at / minuteMs) * minuteMs;
}
