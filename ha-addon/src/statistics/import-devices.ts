import type { ElectricitySetup } from "@heatloop/core/energy/electricity-setup";
import type { WaterSetup } from "@heatloop/core/heat/heat-formula";
import type { Clock } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import type { Log } from "@heatloop/program/log";
import type { CsvReading } from "../archive/csv/csv-reading.ts";
import type { HomeAssistant } from "../home-assistant/home-assistant.ts";
import { basisOf, changedSince, type StatisticsBasis } from "./changes.ts";
import { fullHour } from "./hours.ts";
import { importStatistics } from "./import.ts";
import { type Statistic, statisticsOf } from "./names.ts";
import { statisticsRecorder } from "./recorder.ts";

/** The last minute of an hour is in the archive after this time. */
const finishedMs = 2 * minuteMs;

export type ArchiveStatistics = {
  readonly clock: Clock;
  readonly log: Log;
  readonly files: Pick<CsvReading, "devices" | "minuteFiles" | "load">;
  readonly zone: () => Zone;
  readonly electricity: () => ElectricitySetup;
  readonly water: () => WaterSetup;
  /** The name of a device of the archive, for a person. */
  readonly nameOf: (device: string) => string;
};

/**
 * Imports the statistics of each device of the archive, from the first date that differs from `imported`, and notes there
 * what they were made of. Returns whether all are done: it ends early once `isWanted` returns false. Rejects with Home
 * Assistant's error.
 */
export async function importDevices(
  parts: ArchiveStatistics & {
    readonly homeAssistant: Pick<HomeAssistant, "send">;
    readonly imported: Map<string, StatisticsBasis>;
    /** Devices that are left out, each of which is logged once. */
    readonly leftOut: Set<string>;
    readonly isWanted: () => boolean;
  },
): Promise<boolean> {
  const { clock, log, files, imported, isWanted } = parts;
  const recorder = statisticsRecorder(parts.homeAssistant);
  for (const [device, statistics] of await devicesOf(parts)) {
    const [zone, electricity, water, now] = [parts.zone(), parts.electricity(), parts.water(), clock.now()];
    const until = fullHour(now - finishedMs);
    const basis = basisOf({ files, device, zone, electricity, water, until });
    const before = imported.get(device);
    const date = changedSince(before, basis, zone);
    if (date === undefined) continue;
    const setup = { clock, files, zone, now, electricity, water, isWanted };
    const rows = await importStatistics({ ...setup, device, statistics, recorder, date, until });
    if (!isWanted()) return false;
    imported.set(device, basis);
    if (before === undefined && rows > 0) log.info("the archive is in Home Assistant's statistics", { device, rows });
  }
  return true;
}

/** Each device with its statistics; of two devices whose ids Home Assistant can't tell apart only the first. */
async function devicesOf({
  files,
  nameOf,
  leftOut,
  log,
}: ArchiveStatistics & { readonly leftOut: Set<string> }): Promise<Map<string, readonly Statistic[]>> {
  const owners = new Map<string, string>();
  const devices = new Map<string, readonly Statistic[]>();
  for (const device of await files.devices()) {
    const statistics = statisticsOf(device, nameOf(device));
    const other = statistics.map(({ id }) => owners.get(id)).find((owner) => owner !== undefined);
    if (other === undefined) {
      for (const { id } of statistics) owners.set(id, device);
      devices.set(device, statistics);
    } else if (!leftOut.has(device)) {
      log.warn("a device has no statistics: Home Assistant would take it for another; rename one", { device, other });
      leftOut.add(device);
    }
  }
  return devices;
}
