import type { Clock, Stop } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import { backgroundClock } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import { messageOf } from "@heatloop/program/log";
import type { DeviceIds } from "../base/device-ids.ts";
import type { HomeAssistant } from "../home-assistant/home-assistant.ts";
import type { StatisticsSetting } from "../settings/statistics-settings.ts";
import type { StatisticsBasis } from "./changes.ts";
import { type ArchiveStatistics, importDevices } from "./import-devices.ts";
import { hourlyRuns } from "./runs.ts";

/** The state of the statistics in Home Assistant, for a person. */
export type StatisticsStatus = {
  /** `waiting`: for Home Assistant, or for the first time. */
  readonly state: "off" | "waiting" | "ok" | "failing";
  /** The error of Home Assistant; null where there is none. */
  readonly detail: string | null;
  /** When everything was last in Home Assistant, ms since the epoch. */
  readonly doneAt: number | null;
};

type NamedDevice = { readonly prefix: string; readonly name?: string | undefined };

export type Statistics = { status(): StatisticsStatus; close(): void };

/** Home Assistant has better things to do while it starts. */
const settleMs = minuteMs;
const retryMs = 10 * minuteMs;

type StatisticsParts = Omit<ArchiveStatistics, "nameOf"> & {
  /** undefined: none is configured. */
  readonly homeAssistant: Pick<HomeAssistant, "connected" | "onConnected" | "send"> | undefined;
  readonly ids: Pick<DeviceIds, "named">;
  readonly settings: {
    current(): { readonly statistics: StatisticsSetting; readonly devices: readonly NamedDevice[] };
    onChange(take: () => void): Stop;
  };
};

/**
 * Keeps Home Assistant's long-term statistics equal to the archive, where the settings want that: a minute after each
 * connection everything that is missing or different there, then at five past each hour what has changed since. Each
 * error is logged once, and the import tried again after ten minutes.
 */
export function startStatistics(parts: StatisticsParts): Statistics {
  const { log, homeAssistant, settings } = parts;
  const clock = backgroundClock(parts.clock, log, "statistics");
  const imported = new Map<string, StatisticsBasis>();
  const leftOut = new Set<string>();
  const outcome = outcomes(clock, log);
  let closed = false;
  /** Counts connections of Home Assistant: what was begun with an earlier one is not continued. */
  let connections = 0;

  const isOn = () => settings.current().statistics.import;
  const isPossible = () => !closed && isOn() && homeAssistant?.connected() === true;
  const runs = hourlyRuns({ clock, log, isPossible, work: importChanges });

  function nameOf(device: string): string {
    const setting = settings.current().devices.find(({ prefix }) => parts.ids.named(prefix) === device);
    return setting?.name ?? setting?.prefix ?? device;
  }

  async function importChanges(): Promise<void> {
    if (homeAssistant === undefined) return;
    const connection = connections;
    const isWanted = () => isPossible() && connections === connection;
    try {
      const isDone = await importDevices({ ...parts, homeAssistant, nameOf, imported, leftOut, isWanted });
      if (isDone) outcome.succeed();
    } catch (error) {
      if (!isWanted()) return;
      outcome.fail(error);
      runs.after(retryMs);
    }
  }

  /** After a restart it may be another one, or one that was restored: everything is compared again. */
  function compareAll(): void {
    connections += 1;
    imported.clear();
    if (isOn()) runs.after(settleMs);
  }

  const stops = [
    settings.onChange(() => {
      if (!isOn()) imported.clear();
      else runs.after(0);
    }),
    homeAssistant?.onConnected(compareAll),
  ];
  return {
    status: () => outcome.status(homeAssistant !== undefined && isOn(), homeAssistant?.connected() === true),
    close() {
      closed = true;
      runs.close();
      for (const stop of stops) stop?.();
    },
  };
}

/** How the last imports ended; changes are logged. */
function outcomes(clock: Clock, log: Log) {
  let failure: string | null = null;
  let doneAt: number | null = null;
  return {
    succeed(): void {
      doneAt = clock.now();
      if (failure !== null) log.info("Home Assistant takes the statistics again");
      failure = null;
    },
    fail(error: unknown): void {
      const why = messageOf(error);
      if (why !== failure) log.warn("Home Assistant does not take the statistics; trying again", { why: hint(why) });
      failure = why;
    },
    status(isOn: boolean, isConnected: boolean): StatisticsStatus {
      if (!isOn) return { state: "off", detail: null, doneAt };
      const state = failure !== null ? "failing" : doneAt === null || !isConnected ? "waiting" : "ok";
      return { state, detail: failure && hint(failure), doneAt };
    },
  };
}

function hint(why: string): string {
  return /^unauthorized/i.test(why) ? `${why}; the token must be an administrator's` : why;
}
