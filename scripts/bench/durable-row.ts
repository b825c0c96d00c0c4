import { closeSync, fdatasync, openSync, writeSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { minuteRow } from "@heatloop/core/minute/csv-writer";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { typedArchive } from "@heatloop/ha-addon/archive/archive";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { startDevice } from "@heatloop/ha-addon/device/device";
import { systemClock } from "@heatloop/program/clock";
import { startLog } from "@heatloop/program/log";
import { type BenchFigure, type Measured, median } from "./figure.ts";
import { firmwareMessages, firmwarePrefix } from "./firmware-messages.ts";
import { alternately } from "./turns.ts";

/** A turn is so many rows of each, one after the other: a disk's single row may take ten times the next one. */
const rowsPerTurn = 50;
const turns = 20;
const turnsBefore = 2;
const startAt = Date.parse("2026-01-15T06:00:00Z");

/**
 * Microseconds until a minute is a row on the disk, against the bare calls that put the same bytes there and, like
 * ours, do not hold up the program meanwhile.
 */
export const durableRowFigure: BenchFigure = {
  name: "durable_row_us",
  against: "open, write, fdatasync, close",
  goal: { of: "ratio", is: "<=", limit: 1.25 },
  async measure() {
    const zone = zoneOf("Europe/Rome");
    if (zone === undefined) throw new Error("this machine knows no time zones");
    // Not the folder for temporary files: that may be memory.
    const cache = resolve(import.meta.dirname, "../../.cache");
    await mkdir(cache, { recursive: true });
    const folder = await mkdtemp(join(cache, "durable-row-"));
    const clock = systemClock();
    const log = startLog({ level: "warn", write: (line) => process.stderr.write(line), now: clock.now });
    const files = openArchive({ folder, log, clock });
    const archive = typedArchive(files, () => zone);
    const minute = minuteOfFirmware(zone);
    const bytes = Buffer.from(`${minuteRow(minute, zone)}\n`);
    let row = 0;
    const write = {
      ours: () => archive.writeMinute("ours", { ...minute, at: startAt + (row++ % 600) * minuteMs }),
      peer: () => appendBare(join(folder, "bare.csv"), bytes),
    };
    try {
      const measured: Measured[] = [];
      for (let turn = 0; turn < turnsBefore + turns; turn += 1) {
        const rows = await alternately(rowsPerTurn, {
          ours: () => microseconds(write.ours),
          peer: () => microseconds(write.peer),
        });
        measured.push({
          ours: median(rows, ({ ours }) => ours).ours,
          peer: median(rows, ({ peer }) => peer).peer,
        });
      }
      return measured.slice(turnsBefore);
    } finally {
      await files.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** A minute in which a real device has reported everything that is logged. */
function minuteOfFirmware(zone: Zone): Minute {
  const mqtt = { publish: async () => false };
  const device = startDevice({ prefix: firmwarePrefix, mqtt, zone: () => zone, at: startAt });
  const messages = firmwareMessages(2_000);
  messages.forEach((message, index) => {
    device.take({ ...message, retained: false }, startAt + (index * minuteMs) / messages.length);
  });
  return device.closeMinute(startAt + minuteMs);
}

async function appendBare(file: string, bytes: Buffer): Promise<void> {
  const descriptor = openSync(file, "a");
  writeSync(descriptor, bytes);
  await promisify(fdatasync)(descriptor);
  closeSync(descriptor);
}

async function microseconds(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) * 1000;
}
