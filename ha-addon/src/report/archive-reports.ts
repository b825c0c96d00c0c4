import { join } from "node:path";
import type { ElectricitySetup } from "@heatloop/core/energy/electricity-setup";
import type { DayEvents } from "@heatloop/core/events/day-events";
import type { WaterSetup } from "@heatloop/core/heat/heat-formula";
import type { Clock } from "@heatloop/core/time/clock";
import type { Zone } from "@heatloop/core/time/local-day";
import type { Log } from "@heatloop/program/log";
import { type Archive, typedArchive } from "../archive/archive.ts";
import type { CsvFiles } from "../archive/csv/csv-files.ts";
import { dayCache } from "../archive/day-cache.ts";
import type { DaySummary } from "../archive/day-summaries.ts";
import { hoursBetween } from "../archive/hours.ts";
import { maintainArchive } from "../archive/maintenance.ts";
import { removeOldCaches } from "../archive/old-caches.ts";
import { reportDays } from "../archive/report-days.ts";
import type { StoredBill } from "../archive/requested-kinds.ts";
import { slotArchive } from "../archive/slot-archive.ts";
import type { PriceSource } from "../prices/entity.ts";
import { startPrices } from "../prices/prices.ts";
import { type PriceProblem, priceProblems } from "../prices/problems.ts";
import { electricitySetup } from "../settings/electricity-settings.ts";
import { unitLimits, waterSetup } from "../settings/house-settings.ts";
import type { SettingsFile } from "../settings/settings-file.ts";
import { type EnergyReports, energyReports, type HoursReader } from "./energy-reports.ts";

/** The archive, and the reports that are made from it. */
export type ArchiveReports = {
  readonly archive: Archive;
  readonly reports: EnergyReports;
  readonly hours: HoursReader;
  /** How electricity is measured and limited, from the settings. */
  electricity(): ElectricitySetup;
  /** Why the prices of a source are not used. */
  priceProblems(): readonly PriceProblem[];
  /** The water that carries the heat, from the settings. */
  water(): WaterSetup;
  /** Starts the background jobs: keeping prices and maintaining the archive. */
  start(): { close(): Promise<void> };
};

/** The folders of the data folder with what is cached of finished days. */
const cacheNames = { summaries: "day-summaries", events: "day-events", bills: "day-bills" } as const;

/** Opens the archive and its reports. `folders` undefined: nothing is cached, and no old day is compressed or removed. */
export function openArchiveReports(parts: {
  readonly clock: Clock;
  readonly log: Log;
  readonly files: CsvFiles;
  readonly folders: { readonly archive: string; readonly data: string } | undefined;
  readonly settings: Pick<SettingsFile, "current" | "onChange">;
  readonly homeAssistant: PriceSource | undefined;
  readonly zone: () => Zone;
  readonly version: string;
}): ArchiveReports {
  const { clock, log, files, folders, settings, zone, version } = parts;
  const electricity = () => electricitySetup(settings.current().electricity);
  const water = () => waterSetup(settings.current().house);
  const keptIn = <T>(name: string, folder: string) =>
    folders && dayCache<T>({ folder: join(folders.data, folder), name, version, log });
  const summaries = keptIn<DaySummary>("day summaries", cacheNames.summaries);
  const archive = typedArchive(files, zone, { summaries, electricity, water });
  const events = keptIn<DayEvents>("events of finished days", cacheNames.events);
  const bills = keptIn<StoredBill>("bills of finished days", cacheNames.bills);
  const limits = () => unitLimits(settings.current().house);
  const readDays = reportDays({ files, zone, electricity, water, limits, caches: { summaries, events, bills } });
  const hours: HoursReader = (device, { from, to }, now) =>
    hoursBetween({ files, device, from, to, zone: zone(), now, electricity: electricity(), water: water() });
  const prices = slotArchive({ files, kind: "prices", zone, log });
  const surplus = slotArchive({ files, kind: "surplus", zone, log });
  const reports = energyReports({
    readDays,
    prices,
    surplus,
    hours,
    settings: settings.current,
    zone,
    archiveDates: files.dates,
  });
  const problems = priceProblems();
  return {
    archive,
    reports,
    hours,
    electricity,
    priceProblems: problems.all,
    water,
    start() {
      if (folders === undefined) return { close: async () => undefined };
      const archiveSettings = () => settings.current().archive;
      const cacheFolders = Object.values(cacheNames).map((name) => join(folders.data, name));
      const watched = { folder: folders.archive, cacheFolders, settings: archiveSettings };
      const maintenance = maintainArchive({ ...watched, clock, log, zone });
      const removed = removeOldCaches(folders.data);
      const pricing = startPrices({ ...parts, dataFolder: folders.data, prices, surplus, problems });
      return {
        async close() {
          pricing.close();
          await maintenance.close();
          await removed;
        },
      };
    },
  };
}
