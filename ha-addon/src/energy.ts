import { join } from "node:path";
import type { Clock } from "@heatloop/core/clock";
import type { ElectricityFacts } from "@heatloop/core/electricity-facts";
import type { WaterFacts } from "@heatloop/core/heat-formula";
import type { Zone } from "@heatloop/core/local-day";
import type { DayHappened } from "@heatloop/core/what-happened";
import { type Archive, typedArchive } from "./archive.ts";
import { careForArchive } from "./archive-care.ts";
import type { DaySummary } from "./archive-days.ts";
import type { CsvFiles } from "./csv-files.ts";
import { electricityFacts } from "./electricity-settings.ts";
import { type EnergyReports, energyReports } from "./energy-reports.ts";
import { finishedDays } from "./finished-days.ts";
import { happenedDays } from "./happened-days.ts";
import { waterFacts } from "./house-settings.ts";
import type { Log } from "./log.ts";
import type { PriceSource } from "./price-entity.ts";
import { type PriceProblem, priceProblems } from "./price-problems.ts";
import { startPrices } from "./prices.ts";
import type { SettingsFile } from "./settings-file.ts";
import { slotArchive } from "./slot-archive.ts";

/** Everything that is read from the archive. */
export type Energy = {
  readonly archive: Archive;
  readonly reports: EnergyReports;
  /** What the owner knows of the electricity. */
  electricity(): ElectricityFacts;
  /** What keeps prices from being taken. */
  priceProblems(): readonly PriceProblem[];
  /** And of the water that carries the heat. */
  water(): WaterFacts;
  /** Begins what goes on beside: keeping prices, putting old days away. */
  start(): { close(): Promise<void> };
};

/** `folders` undefined: nothing is kept beside the archive, and no old day is put away. */
export function openEnergy(parts: {
  readonly clock: Clock;
  readonly log: Log;
  readonly files: CsvFiles;
  readonly folders: { readonly archive: string; readonly data: string } | undefined;
  readonly settings: Pick<SettingsFile, "current" | "onChange">;
  readonly homeAssistant: PriceSource | undefined;
  readonly zone: () => Zone;
  readonly version: string;
}): Energy {
  const { clock, log, files, folders, settings, zone, version } = parts;
  const electricity = () => electricityFacts(settings.current().electricity);
  const water = () => waterFacts(settings.current().house);
  const keptIn = <T>(name: string, folder: string) =>
    folders && finishedDays<T>({ folder: join(folders.data, folder), name, version, log });
  const summaries = keptIn<DaySummary>("day summaries", "day-summaries");
  const archive = typedArchive(files, zone, { summaries, electricity, water });
  const kept = keptIn<DayHappened>("what happened on finished days", "what-happened");
  const happened = happenedDays({ archive, files, kept });
  const prices = slotArchive({ files, kind: "prices", zone, log });
  const surplus = slotArchive({ files, kind: "surplus", zone, log });
  const reports = energyReports({ archive, files, happened, prices, surplus, settings: settings.current, zone });
  const problems = priceProblems();
  return {
    archive,
    reports,
    electricity,
    priceProblems: problems.all,
    water,
    start() {
      if (folders === undefined) return { close: async () => undefined };
      const archiveSettings = () => settings.current().archive;
      const care = careForArchive({ folder: folders.archive, clock, log, zone, settings: archiveSettings });
      const pricing = startPrices({ ...parts, dataFolder: folders.data, prices, surplus, problems });
      return {
        async close() {
          pricing.close();
          await care.close();
        },
      };
    },
  };
}
