import { readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import { zoneOf } from "@heatloop/core/time/local-day";
import { openAccess } from "@heatloop/ha-addon/access/access";
import { startApp } from "@heatloop/ha-addon/app";
import type { AppParts } from "@heatloop/ha-addon/app/app-parts";
import { type Disk, realDisk } from "@heatloop/ha-addon/archive/csv/csv-disk";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { type LogLines, logLines } from "@heatloop/ha-addon/base/log-lines";
import { secretFile } from "@heatloop/ha-addon/base/secret-file";
import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { openInstallation } from "@heatloop/ha-addon/heat-pump/installation";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { startLog } from "@heatloop/program/log";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { livingHome, soakedPrefix, soakedRooms } from "./living-home.ts";
import { memoryBroker } from "./memory-broker.ts";

/** What is held after some simulated time. */
export type Held = {
  readonly heapBytes: number;
  readonly rssBytes: number;
  /** Files beside the archive, and how large they are. */
  readonly files: number;
  readonly fileBytes: number;
  readonly archiveBytes: number;
  readonly rows: number;
  /** Timers, sockets and other things that are open, and open files. */
  readonly handles: number;
  readonly openFiles: number;
};

/** The whole program over simulated time. */
export type SoakedProgram = {
  /** Lets days pass, 45 minutes of each around midnight, with a look at the reports each day; the clock jumps over the rest. */
  passDays(days: number): Promise<void>;
  held(): Held;
  /** Lines of the log that warn or complain. */
  complaints(): readonly string[];
  close(): Promise<void>;
};

/** Of each day so much is lived, minute by minute: a whole day takes half a minute of the processor. */
const livedMinutes = 45;
/** Old days are removed after so long, so that a year after the first everything has its size. */
export const keptDays = 400;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** The disk without waiting for it: a million rows would wait for hours. */
const hastyDisk: Disk = {
  ...realDisk,
  fdatasyncSync: () => undefined,
  fsyncSync: () => undefined,
  fdatasync: ((_fd: number, done: (error: null) => void) => done(null)) as Disk["fdatasync"],
};

/**
 * Starts the program in `folder`, wired as `ha-addon/src/main.ts` wires it, on a simulated clock from 1 January 2027 on; a
 * broker and Home Assistant in the process give it one publication of each value a minute.
 */
export async function soakedProgram(folder: string, random: () => number): Promise<SoakedProgram> {
  const startAt = Date.parse("2027-01-01T23:30:00+01:00");
  const clock = simulatedClock(startAt);
  const complaints: string[] = [];
  const lines = logLines();
  const write = (line: string) => {
    lines.add(line);
    if (/ (WARN|ERROR) /.test(line) && complaints.length < 50) complaints.push(line.trimEnd());
  };
  const log = startLog({ level: "info", write, now: clock.now });
  const broker = memoryBroker(startAt);
  const home = livingHome(broker, random, startAt);
  const stateFiles = openStateFiles(folder, log);
  const settings = await openSettings({ folder, log });
  await settings.change({
    devices: [soakedPrefix],
    rooms: soakedRooms.map((entity) => ({ entity })),
    tariff: { price_per_kwh: 0.3, currency: "EUR" },
    archive: { compress_after_days: 7, keep_days: keptDays },
  });
  const archive = join(folder, "archive");
  const files = openArchive({ folder: archive, log, clock, files: hastyDisk });
  let rows = 0;
  const counted = {
    ...files,
    append: (row: Parameters<typeof files.append>[0]) => files.append(row).finally(() => (rows += 1)),
  };
  const app = await startApp({
    ...{ clock, log, settings, stateFiles, mqtt: broker.mqtt, homeAssistant: home.homeAssistant, files: counted },
    ...(await partsIn(folder, { archive, clock, log, stateFiles, lines })),
  });
  const zone = zoneOf("Europe/Rome");

  async function passDay(): Promise<void> {
    const next = clock.now() + dayMs;
    for (let minute = 0; minute < livedMinutes; minute += 1) {
      home.minute(clock.now());
      clock.advanceTo(clock.now() + minuteMs);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await files.flush();
    const [from, to] = [clock.now() - 7 * dayMs, clock.now()].map((at) => zone?.dateOf(at));
    await lookAt(app.url, [`report.json?from=${from}&to=${to}`, `days?from=${from}&to=${to}`, "status"]);
    clock.jumpTo(next);
  }

  return {
    async passDays(days) {
      for (let day = 0; day < days; day += 1) await passDay();
    },
    held: () => heldIn(folder, archive, rows),
    complaints: () => complaints,
    close: () => app.close(),
  };
}

/** What the program has in its folder, and what is as it always is here. */
async function partsIn(
  folder: string,
  {
    archive,
    clock,
    log,
    stateFiles,
    lines,
  }: Pick<AppParts, "clock" | "log" | "stateFiles"> & { readonly archive: string; readonly lines: LogLines },
) {
  return {
    folders: { archive, data: folder },
    access: await openAccess({ folder, clock, log }),
    channelSecrets: secretFile(join(folder, "channel-secrets.json")),
    influxSecret: secretFile(join(folder, "influx-secret.json")),
    ...{ hubKey: secretFile(join(folder, "hub-key.json")), hubOutbox: join(folder, "hub-outbox.sqlite") },
    installation: await openInstallation(stateFiles("installation")),
    version: "0.0.0",
    timeZone: () => "Europe/Rome",
    memoryBytes: () => process.memoryUsage.rss(),
    web: {
      host: "127.0.0.1",
      port: 0,
      trustedPeers: undefined,
      pageFolder: folder,
      swaggerUiFolder: folder,
      logLines: lines,
    },
  };
}

/** Asks the API for what a page shows of the heat pump. */
async function lookAt(url: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const answer = await fetch(`${url}/api/devices/${soakedPrefix}/${path}`);
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  }
}

function heldIn(folder: string, archive: string, rows: number): Held {
  collectGarbage();
  const memory = process.memoryUsage();
  const all = filesIn(folder);
  const [inArchive, beside] = [true, false].map((inside) =>
    all.filter(({ path }) => relative(archive, path).startsWith("..") !== inside),
  );
  const sum = (some: typeof all = []) => some.reduce((total, { bytes }) => total + bytes, 0);
  return {
    heapBytes: memory.heapUsed + memory.external,
    rssBytes: memory.rss,
    files: beside?.length ?? 0,
    fileBytes: sum(beside),
    archiveBytes: sum(inArchive),
    rows,
    handles: process.getActiveResourcesInfo().length,
    openFiles: readdirSync("/proc/self/fd").length,
  };
}

function filesIn(folder: string): { readonly path: string; readonly bytes: number }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => ({ path, bytes: statSync(path).size }));
}
