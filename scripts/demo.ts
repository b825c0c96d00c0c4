import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Clock } from "@heatloop/core/time/clock";
import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import type { App } from "@heatloop/ha-addon/app";
import { typedArchive } from "@heatloop/ha-addon/archive/archive";
import { type CsvFiles, openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { type ArchiveLock, archiveLock } from "@heatloop/ha-addon/archive/lock";
import { openSettings, type SettingsFile } from "@heatloop/ha-addon/settings/settings-file";
import { startLog } from "@heatloop/program/log";
import { wallClock } from "@heatloop/simulator/clock";
import type { Simulation } from "@heatloop/simulator/simulation";
import { runScript } from "./base/arguments.ts";
import type { Ends } from "./base/ends.ts";
import { progressBar } from "./base/progress-bar.ts";
import { runCloudDemo } from "./cloud-scene/cloud-demo.ts";
import { backfill } from "./demo-house/backfill.ts";
import { type DemoArguments, demoHelp, readDemoArguments } from "./demo-house/demo-arguments.ts";
import { type DemoHomeAssistant, startDemoHomeAssistant } from "./demo-house/home-assistant.ts";
import { isFree, startHeatloop, startLivingHouse } from "./demo-house/living-house.ts";

const prefix = "ecodan-heatpump";
const device = "ecodan-heatpump";

await runScript({ name: "scripts/demo", help: demoHelp, read: readDemoArguments(process.argv.slice(2)) }, run);

async function run(options: DemoArguments): Promise<void> {
  if (options.cloud) return runCloudDemo();
  if (!(await isFree(options.port))) {
    console.error(`Port ${options.port} is taken by another program: choose another one with --port.`);
    process.exitCode = 1;
    return;
  }
  const folder = options.data === undefined ? await mkdtemp(join(tmpdir(), "heatloop-demo-")) : resolve(options.data);
  const ends: Ends = [];
  let ending: Promise<void> | undefined;
  const end = () => {
    ending ??= (async () => {
      console.log("\nThe demo ends ...");
      for (const stop of ends.reverse()) await stop();
      if (options.data === undefined) await rm(folder, { recursive: true, force: true });
      process.exit(process.exitCode ?? 0);
    })();
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  try {
    await start(options, folder, ends);
  } catch (error) {
    if (ending !== undefined) return;
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
    end();
  }
}

async function start(options: DemoArguments, folder: string, ends: Ends): Promise<void> {
  const zone = zoneOf(Intl.DateTimeFormat().resolvedOptions().timeZone) ?? zoneOf("UTC");
  if (zone === undefined) throw new Error("this machine knows no time zones");
  const clock = wallClock({ speed: options.speed });
  const log = startLog({ level: "warn", write: (line) => process.stderr.write(line), now: clock.now });
  const archive = join(folder, "archive");
  const files = openArchive({ folder: archive, log, clock, lock: claimArchive(archive) });
  const settings = await openSettings({ folder, log });
  const simulation = await backfillDemo(options, { zone, clock, files });
  const { broker } = await startLivingHouse(simulation, { clock, log }, ends);
  let home: DemoHomeAssistant | undefined;
  if (options.homeAssistant) {
    console.log("Starting Home Assistant ...");
    home = await startDemoHomeAssistant({ folder, mqttPort: broker.port, zone });
    ends.push(home.close);
    await setUpRooms(settings, simulation);
  }
  const { app } = await startHeatloop(
    {
      clock,
      log,
      folder,
      files,
      settings,
      clientId: "heatloop-demo",
      brokerUrl: broker.url,
      homeAssistant: home && { url: home.serverUrl, token: home.token },
      card: home?.card,
      timeZone: zone.name,
      port: options.port,
    },
    ends,
  );
  if (home !== undefined) {
    console.log("Writing the past into Home Assistant ...");
    await home.recordArchive({ archive: typedArchive(files, () => zone), device, to: clock.now() });
  }
  printAddresses(app, folder, options, broker.url, home);
}

/** Throws with a sentence where another program writes the archive. */
function claimArchive(folder: string): ArchiveLock {
  const lock = archiveLock({ folder, program: `scripts/demo, process ${process.pid}` });
  const claim = lock.claim();
  if (claim.state !== "taken") return lock;
  throw new Error(`The demo cannot log, as ${claim.by}: choose another folder with --data.`);
}

async function backfillDemo(
  { days, homeAssistant }: DemoArguments,
  { zone, clock, files }: { readonly zone: Zone; readonly clock: Clock; readonly files: CsvFiles },
): Promise<Simulation> {
  const archive = typedArchive(files, () => zone);
  return backfill({
    options: { prefix, settings: homeAssistant ? { room_source_zone_1: "home_assistant", auto_adaptive: true } : {} },
    ...(await missing(days, zone, clock, archive)),
    zone,
    files,
    onProgress: progressBar(`Back-filling ${days} days`, process.stderr),
  });
}

/** The thermostats of the simulation feed the heat pump, unless rooms were chosen before. */
async function setUpRooms(settings: SettingsFile, simulation: Simulation): Promise<void> {
  if (settings.current().rooms.length > 0) return;
  const rooms = simulation.home.rooms.map(({ id }) => ({ entity: `climate.${id}_thermostat` }));
  const tariff = { price_per_kwh: 0.28, currency: "EUR" };
  await settings.change({ rooms, tariff, statistics: { import: true } });
}

/** What the archive lacks of the last `days` days; a kept archive goes on after its last minute. */
async function missing(days: number, zone: Zone, clock: Clock, archive: ReturnType<typeof typedArchive>) {
  const now = Math.floor(clock.now() / minuteMs) * minuteMs;
  const last = await archive.last(device);
  const first = days === 0 ? now - minuteMs : zone.startOf(zone.dateOf(now - days * dayMs));
  return { from: Math.min(now - minuteMs, Math.max(first, (last?.minuteAt ?? 0) + minuteMs)), to: now };
}

function printAddresses(
  app: App,
  folder: string,
  options: DemoArguments,
  brokerUrl: string,
  home: DemoHomeAssistant | undefined,
): void {
  console.log(`
Heatloop's page    ${app.url}
Its API            ${app.url}/docs
The archive        ${join(folder, "archive")}
The broker         ${brokerUrl}`);
  if (home !== undefined) console.log(`Home Assistant     ${home.url}   (${home.username} / ${home.password})`);
  if (options.speed !== 1) console.log(`Time goes          ${options.speed} times as fast`);
  console.log("\nCtrl-C ends it.");
}
