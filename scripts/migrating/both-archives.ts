import type { Transition } from "@heatloop/core/live/transition";
import type { Zone } from "@heatloop/core/time/local-day";
import { type Archive, typedArchive } from "@heatloop/ha-addon/archive/archive";
import { type CsvFiles, openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import type { ArchiveLock } from "@heatloop/ha-addon/archive/lock";
import { systemClock } from "@heatloop/program/clock";
import { startLog } from "@heatloop/program/log";
import { isFolder } from "../base/is-folder.ts";
import { type ArchiveSide, type MinutePair, pairMinutes } from "./minute-pairs.ts";

/** What is to be compared or merged: the archives' folders, the heat pump, and a range of local dates. */
export type MigrationRange = {
  readonly old: string;
  readonly new: string;
  readonly device: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly zone: Zone;
};

type OpenArchive = { readonly files: CsvFiles; readonly archive: Archive };

/** Both archives of a heat pump, for reading; `close` ends it. */
export type BothArchives = Readonly<Record<ArchiveSide, OpenArchive>> & {
  /** The local dates that either of them has, within the range, in order. */
  dates(): Promise<string[]>;
  pairsOf(date: string): Promise<MinutePair[]>;
  transitionsOf(date: string): Promise<Record<ArchiveSide, Transition[]>>;
  close(): Promise<void>;
};

/** A reason for a person why two archives cannot be looked at. */
export class CannotMigrate extends Error {}

/** Opens both; throws `CannotMigrate` where one is no archive of the heat pump. `lock`: that of the new one, where it is written. */
export async function openBoth(range: MigrationRange, lock?: ArchiveLock): Promise<BothArchives> {
  const { device, zone, from = "0000-01-01", to = "9999-12-31" } = range;
  const old = await open(range.old, "old", zone);
  const fresh = await open(range.new, "new", zone, lock);
  const problems = await Promise.all([whatIsWrong(old, "old", range), whatIsWrong(fresh, "new", range)]);
  const [problem] = problems.filter((each) => each !== undefined);
  if (problem !== undefined) throw new CannotMigrate(problem);
  const both = { old, new: fresh };

  async function transitionsIn(side: ArchiveSide, date: string): Promise<Transition[]> {
    const transitions: Transition[] = [];
    const span = [zone.startOf(date), zone.endOf(date)] as const;
    for await (const transition of both[side].archive.transitions(device, ...span)) transitions.push(transition);
    return transitions.sort((a, b) => a.at - b.at);
  }

  return {
    ...both,
    async dates() {
      const all = new Set([...(await old.files.dates(device)), ...(await fresh.files.dates(device))]);
      return [...all].filter((date) => date >= from && date <= to).sort();
    },
    async pairsOf(date) {
      const [a, b] = [await old.archive.minutesOf(device, date), await fresh.archive.minutesOf(device, date)];
      return pairMinutes(a, b);
    },
    transitionsOf: async (date) => ({ old: await transitionsIn("old", date), new: await transitionsIn("new", date) }),
    async close() {
      await old.files.close();
      await fresh.files.close();
    },
  };
}

async function open(folder: string, side: ArchiveSide, zone: Zone, lock?: ArchiveLock): Promise<OpenArchive> {
  if (!(await isFolder(folder))) {
    throw new CannotMigrate(
      `There is no folder ${folder}: --${side} takes the archive's folder, which has one a heat pump.`,
    );
  }
  const clock = systemClock();
  const log = startLog({ level: "warn", write: (line) => process.stderr.write(line), now: clock.now });
  const files = openArchive({ folder, log, clock, ...(lock && { lock }) });
  return { files, archive: typedArchive(files, () => zone) };
}

/** The new archive may be empty still. */
async function whatIsWrong(
  { files }: OpenArchive,
  side: ArchiveSide,
  range: MigrationRange,
): Promise<string | undefined> {
  const { device } = range;
  const devices = await files.devices();
  if (!devices.includes(device)) {
    if (side === "new" && devices.length === 0) return undefined;
    const known = devices.length === 0 ? "no heat pump" : devices.join(", ");
    return `The archive ${range[side]} has no heat pump "${device}", but ${known}: --device takes the folder's name.`;
  }
  return undefined;
}
