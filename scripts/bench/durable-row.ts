import { closeSync, fdatasync, openSync, writeSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { minuteRow } from "@heatloop/core/minute/csv";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { typedArchive } from "@heatloop/ha-addon/archive/archive";
import { openArchive } from "@heatloop/ha-addon/archive/csv-files";
import { systemClock } from "@heatloop/ha-addon/base/clock";
import { startLog } from "@heatloop/ha-addon/base/log";
import { startDevice } from "@heatloop/ha-addon/device/device";
import { type Figure, median } from "./figure.ts";
import { firmwareMessages, firmwarePrefix } from "./firmware-messages.ts";

const rows = 1_000;
const rowsBefore = 100;
const startAt = Date.parse("2026-01-15T06:00:00Z");

/**
 * Microseconds until a minute is a row on the disk, against the bare calls that put the same bytes there and, like
 * ours, do not hold up the program meanwhile.
 */
export const durableRowFigure: Figure = {
  name: "durable_row_us",
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
    const times: { ours: number; peer: number }[] = [];
    try {
      for (let row = 0; row < rowsBefore + rows; row += 1) {
        const at = startAt + (row % 600) * minuteMs;
        const time = { ours: 0, peer: 0 };
        const takeOurs = async () => {
          time.ours = await microseconds(() => archive.writeMinute("ours", { ...minute, at }));
        };
        const takePeer = async () => {
          time.peer = await microseconds(() => appendBare(join(folder, "bare.csv"), bytes));
        };
        for (const take of row % 2 === 0 ? [takeOurs, takePeer] : [takePeer, takeOurs]) await take();
        if (row >= rowsBefore) times.push(time);
      }
    } finally {
      await files.close();
      await rm(folder, { recursive: true, force: true });
    }
    return { ours: median(times, ({ ours }) => ours).ours, peer: median(times, ({ peer }) => peer).peer };
  },
};

/** A minute in which a real device has told everything that it logs. */
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
