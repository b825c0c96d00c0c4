import type { ElectricityFacts } from "@heatloop/core/energy/electricity-facts";
import { hourMs } from "@heatloop/core/energy/hour-energy";
import type { WaterFacts } from "@heatloop/core/heat/heat-formula";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import type { Zone } from "@heatloop/core/time/local-day";
import type { CsvReading } from "../archive/csv-reading.ts";
import { backgroundClock, inBackground } from "../base/background.ts";
import type { DeviceIds } from "../base/device-ids.ts";
import type { Log } from "../base/log.ts";
import type { HomeAssistant } from "../home-assistant/home-assistant.ts";
import type { StatisticsSetting } from "../settings/statistics-settings.ts";
import { basisOf, changedSince, type StatisticsBasis } from "./changes.ts";
import { fullHour } from "./hours.ts";
import { importStatistics } from "./import.ts";
import { type Statistic, statisticsOf } from "./names.ts";
import { statisticsRecorder } from "./recorder.ts";

/** How the statistics in Home Assistant stand, for a person. */
export type StatisticsStatus = {
  /** `waiting`: for Home Assistant, or for the first time. */
  readonly state: "off" | "waiting" | "ok" | "failing";
  /** What Home Assistant said against it; null where all is well. */
  readonly detail: string | null;
  /** When Home Assistant had everything last, ms since the epoch. */
  readonly doneAt: number | null;
};

type NamedDevice = { readonly prefix: string; readonly name?: string | undefined };

export type Statistics = { status(): StatisticsStatus; close(): void };

const minuteMs = 60_000;
/** Home Assistant has better things to do while it starts. */
const settleMs = minuteMs;
/** The last row of an hour is written a little after it. */
const afterHourMs = 5 * minuteMs;
const finishedMs = 2 * minuteMs;
const retryMs = 10 * minuteMs;

/**
 * Keeps Home Assistant's long-term statistics like the archive, where the settings want that: a minute after each
 * connection everything that is missing or different there, then at five past each hour what has changed since. Each
 * error is said once, and tried again after ten minutes.
 */
export function startStatistics(parts: {
  readonly clock: Clock;
  readonly log: Log;
  /** undefined: none is configured. */
  readonly homeAssistant: Pick<HomeAssistant, "connected" | "onConnected" | "send"> | undefined;
  readonly files: Pick<CsvReading, "devices" | "minuteFiles" | "load">;
  readonly ids: Pick<DeviceIds, "named">;
  readonly zone: () => Zone;
  readonly electricity: () => ElectricityFacts;
  readonly water: () => WaterFacts;
  readonly settings: {
    current(): { readonly statistics: StatisticsSetting; readonly devices: readonly NamedDevice[] };
    onChange(take: () => void): Stop;
  };
}): Statistics {
  const { log, homeAssistant, settings } = parts;
  const clock = backgroundClock(parts.clock, log, "statistics");
  const made = new Map<string, StatisticsBasis>();
  const leftOut = new Set<string>();
  let failure: string | null = null;
  let doneAt: number | null = null;
  let closed = false;
  /** How often Home Assistant has come: what was begun with an earlier one counts for nothing. */
  let connections = 0;
  let running = false;
  let again = false;
  let stopNext: Stop = () => undefined;
  let stopHourly: Stop = () => undefined;

  const isOn = () => settings.current().statistics.import;
  const isPossible = () => !closed && isOn() && homeAssistant?.connected() === true;

  /** What people call a device of the archive. */
  function nameOf(device: string): string {
    const found = settings.current().devices.find(({ prefix }) => parts.ids.named(prefix) === device);
    return found?.name ?? found?.prefix ?? device;
  }

  function leaveOut(device: string, other: string): void {
    if (!leftOut.has(device)) {
      log.warn("a device has no statistics: Home Assistant would take it for another; rename one", { device, other });
    }
    leftOut.add(device);
  }

  function fail(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    if (why !== failure) log.warn("Home Assistant does not take the statistics; trying again", { why: hint(why) });
    failure = why;
    runAfter(retryMs);
  }

  /** Each device with its statistics; of two devices whose ids Home Assistant can't tell apart only the first. */
  async function devices(): Promise<Map<string, readonly Statistic[]>> {
    const taken = new Map<string, string>();
    const found = new Map<string, readonly Statistic[]>();
    for (const device of await parts.files.devices()) {
      const statistics = statisticsOf(device, nameOf(device));
      const other = statistics.map(({ id }) => taken.get(id)).find((owner) => owner !== undefined);
      if (other !== undefined) {
        leaveOut(device, other);
        continue;
      }
      for (const { id } of statistics) taken.set(id, device);
      found.set(device, statistics);
    }
    return found;
  }

  async function importAll(home: Pick<HomeAssistant, "send">, isWanted: () => boolean): Promise<void> {
    const recorder = statisticsRecorder(home);
    for (const [device, statistics] of await devices()) {
      const [zone, electricity, water, now] = [parts.zone(), parts.electricity(), parts.water(), clock.now()];
      const until = fullHour(now - finishedMs);
      const basis = basisOf({ files: parts.files, device, zone, electricity, water, until });
      const before = made.get(device);
      const date = changedSince(before, basis, zone);
      if (date === undefined) continue;
      const basics = { clock, files: parts.files, zone, now, electricity, water, isWanted };
      const what = { ...basics, device, statistics, recorder, date, until };
      const rows = await importStatistics(what);
      if (!isWanted()) return;
      made.set(device, basis);
      if (before === undefined && rows > 0) log.info("the archive is in Home Assistant's statistics", { device, rows });
    }
    doneAt = clock.now();
    if (failure !== null) log.info("Home Assistant takes the statistics again");
    failure = null;
  }

  const run = inBackground(log, "statistics", async () => {
    if (homeAssistant === undefined || !isPossible()) return;
    if (running) {
      again = true;
      return;
    }
    const connection = connections;
    const isWanted = () => isPossible() && connections === connection;
    running = true;
    try {
      await importAll(homeAssistant, isWanted);
    } catch (error) {
      if (isWanted()) fail(error);
    }
    running = false;
    if (again) runAfter(0);
    again = false;
  });

  function runAfter(ms: number): void {
    stopNext();
    stopNext = clock.after(ms, () => void run());
  }

  function runHourly(): void {
    const now = clock.now();
    stopHourly = clock.after(fullHour(now - afterHourMs) + hourMs + afterHourMs - now, () => {
      runHourly();
      void run();
    });
  }

  /** After a restart it may be another one, or one that was restored: everything is looked at. */
  function lookAtAll(): void {
    connections += 1;
    made.clear();
    if (isOn()) runAfter(settleMs);
  }

  runHourly();
  const stops = [
    settings.onChange(() => {
      if (!isOn()) made.clear();
      else runAfter(0);
    }),
    homeAssistant?.onConnected(lookAtAll),
  ];
  return {
    status() {
      if (homeAssistant === undefined || !isOn()) return { state: "off", detail: null, doneAt };
      const state = failure !== null ? "failing" : doneAt === null || !homeAssistant.connected() ? "waiting" : "ok";
      return { state, detail: failure && hint(failure), doneAt };
    },
    close() {
      closed = true;
      stopNext();
      stopHourly();
      for (const stop of stops) stop?.();
    },
  };
}

function hint(why: string): string {
  return /^unauthorized/i.test(why) ? `${why}; the token must be an administrator's` : why;
}
