import type { PointId } from "@heatloop/core/catalogue/points";
import type { ScheduledSetting } from "@heatloop/core/schedule/scheduled-settings";
import { type Due, dueBetween, nextDue, stillDue } from "@heatloop/core/schedule/weekly-schedule";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { dayMs, hourMs, secondMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import { inBackground } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import { queued } from "../base/queue.ts";
import type { StateFile } from "../base/state-file.ts";
import type { Device } from "../device/device.ts";
import type { RunningBoost } from "../hot-water/boost.ts";
import { type ScheduleSetting, scheduledPoints } from "../settings/schedule-settings.ts";
import { rememberedSchedule, type ScheduleState } from "./schedule-state-file.ts";

type Parts = {
  readonly device: Pick<Device, "id" | "points" | "send">;
  readonly boost: Pick<RunningBoost, "request">;
  readonly clock: Clock;
  readonly log: Log;
  readonly zone: () => Zone;
  /** The entries of the settings that are of this heat pump. */
  readonly entries: () => readonly ScheduleSetting[];
  /** Keeps over restarts how far it has come. */
  readonly stateFile: StateFile;
  /** Whether this installation sends the heat pump anything, or another one does. */
  readonly isOurs: () => boolean;
  /** What comes next is another one. */
  readonly onChange: () => void;
};

export type RunningSchedule = {
  /** What it changes next: all of that moment; undefined where the heat pump has no schedule, or is not known yet. */
  next(): readonly Due<ScheduleSetting>[] | undefined;
  readonly stop: Stop;
};

type Running = {
  readonly parts: Parts;
  /** undefined until what an earlier run remembered was read. */
  state: ScheduleState | undefined;
  /** When it was written last. */
  writtenAt: number;
  isStopped: boolean;
};

const tickMs = 10 * secondMs;

/**
 * Makes the changes of a heat pump's weekly schedule, each once. What falls due while Heatloop or the heat pump is away is made
 * within the hour after, the latest of each setting alone; what a person sets in between stays until the next entry.
 */
export function startSchedule(parts: Parts): RunningSchedule {
  const { clock, log, stateFile } = parts;
  const running: Running = { parts, state: undefined, writtenAt: 0, isStopped: false };
  const look = queued(inBackground(log, "the schedule", () => update(running)));
  const recall = inBackground(log, "the schedule", async () => {
    const now = clock.now();
    const kept = rememberedSchedule(await stateFile.read());
    // A clock that was wrong by days is no reason to wait as long.
    running.state = kept !== undefined && kept.until < now + dayMs ? kept : { until: now, due: [] };
  });
  void recall();
  const stop = clock.every(tickMs, () => void look());
  return {
    next: () => nextOf(parts),
    stop() {
      running.isStopped = true;
      stop();
    },
  };
}

function nextOf({ device, entries, zone, clock }: Parts): readonly Due<ScheduleSetting>[] | undefined {
  const points = device.points();
  const all = entries();
  if (all.length === 0 || points.size === 0) return undefined;
  const possible = all.filter(({ set }) => points.has(pointOf(set)));
  return nextDue(possible, zone(), clock.now());
}

async function update(running: Running): Promise<void> {
  const { parts, state } = running;
  if (state === undefined || running.isStopped) return;
  const { clock, entries, zone } = parts;
  const now = clock.now();
  const more = dueBetween(entries(), zone(), state.until, now);
  const all = stillDue([...state.due, ...more], ({ set }) => set, now);
  for (const { entry } of all.tooLate) warnOfLate(parts, entry);
  if (more.length > 0) parts.onChange();
  running.state = { until: Math.max(state.until, now), due: all.due };
  if (more.length > 0 || all.tooLate.length > 0 || now - running.writtenAt >= hourMs) await keep(running);
  for (const due of all.due) if (await isDone(parts, due)) await done(running, due);
}

async function done(running: Running, due: Due<ScheduleSetting>): Promise<void> {
  if (running.state === undefined) return;
  running.state = { ...running.state, due: running.state.due.filter((each) => each !== due) };
  await keep(running);
}

async function keep(running: Running): Promise<void> {
  running.writtenAt = running.parts.clock.now();
  await running.parts.stateFile.write(running.state);
}

/** Makes a change; false where it is to be tried again. */
async function isDone({ device, boost, log, isOurs }: Parts, { entry }: Due<ScheduleSetting>): Promise<boolean> {
  const { set, to, at } = entry;
  if (!isOurs() || !device.points().has(pointOf(set))) return false;
  if (set === "hot_water_boost") boost.request(to);
  else if (!(await device.send(scheduledPoints[set], to))) return false;
  log.info("the schedule changes a setting", { device: device.id, set, to, at });
  return true;
}

function pointOf(set: ScheduledSetting): PointId {
  return set === "hot_water_boost" ? "force_dhw" : scheduledPoints[set];
}

function warnOfLate({ log, device, isOurs }: Parts, { set, to, at }: ScheduleSetting): void {
  if (!isOurs()) return;
  const why = "within an hour the heat pump was not there, or does not have this setting";
  log.warn(`a change of the schedule was not made: ${why}`, { device: device.id, set, to, at });
}
