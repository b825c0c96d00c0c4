import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Clock } from "@heatloop/core/time/clock";
import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { type App, startApp } from "@heatloop/ha-addon/app";
import { typedArchive } from "@heatloop/ha-addon/archive/archive";
import { type CsvFiles, openArchive } from "@heatloop/ha-addon/archive/csv-files";
import { type ArchiveLock, archiveLock } from "@heatloop/ha-addon/archive/lock";
import { startLog } from "@heatloop/ha-addon/base/log";
import { memoryFiles } from "@heatloop/ha-addon/base/state-file";
import { version } from "@heatloop/ha-addon/base/version";
import { openInstallation, willOf } from "@heatloop/ha-addon/heat-pump/installation";
import { connectHomeAssistant } from "@heatloop/ha-addon/home-assistant/home-assistant";
import { connectMqtt } from "@heatloop/ha-addon/mqtt/mqtt";
import { openSettings, type SettingsFile } from "@heatloop/ha-addon/settings/settings-file";
import { swaggerUiFolder } from "@heatloop/ha-addon/web/swagger-ui-folder";
import { wallClock } from "@heatloop/simulator/clock";
import { mqttWires } from "@heatloop/simulator/mqtt";
import type { Simulation } from "@heatloop/simulator/simulation";
import { runSimulation } from "@heatloop/simulator/simulator";
import { Aedes } from "aedes";
import { runScript } from "./arguments.ts";
import { backfill } from "./backfill.ts";
import { type DemoArguments, demoHelp, readDemoArguments } from "./demo-arguments.ts";
import { type DemoHomeAssistant, startDemoHomeAssistant } from "./demo-home-assistant.ts";
import { progressBar } from "./progress-bar.ts";

const prefix = "ecodan-heatpump";
const device = "ecodan-heatpump";
const addonFolder = resolve(import.meta.dirname, "../ha-addon");

await runScript({ name: "scripts/demo", help: demoHelp, read: readDemoArguments(process.argv.slice(2)) }, run);

async function run(options: DemoArguments): Promise<void> {
  if (!(await isFree(options.port))) {
    console.error(`Port ${options.port} is taken by another program: choose another one with --port.`);
    process.exitCode = 1;
    return;
  }
  const folder = options.data === undefined ? await mkdtemp(join(tmpdir(), "heatloop-demo-")) : resolve(options.data);
  const ends: (() => Promise<unknown>)[] = [];
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

async function start(options: DemoArguments, folder: string, ends: (() => Promise<unknown>)[]): Promise<void> {
  const zone = zoneOf(Intl.DateTimeFormat().resolvedOptions().timeZone) ?? zoneOf("UTC");
  if (zone === undefined) throw new Error("this machine knows no time zones");
  const clock = wallClock({ speed: options.speed });
  const log = startLog({ level: "warn", write: (line) => process.stderr.write(line), now: clock.now });
  const archive = join(folder, "archive");
  const files = openArchive({ folder: archive, log, clock, lock: claimArchive(archive) });
  const settings = await openSettings({ folder, log });
  const simulation = await backfillDemo(options, { zone, clock, files });
  const broker = await startBroker();
  ends.push(broker.close);
  const running = runSimulation(simulation, clock);
  simulation.rewire(mqttWires({ url: broker.url }, (sentence) => log.warn(sentence)));
  ends.push(() => running.close());
  let home: DemoHomeAssistant | undefined;
  if (options.homeAssistant) {
    console.log("Starting Home Assistant ...");
    home = await startDemoHomeAssistant({ folder, mqttPort: broker.port, zone });
    ends.push(home.close);
    await setUpRooms(settings, simulation);
  }
  const memory = memoryFiles(folder, log);
  const installation = await openInstallation(memory("installation"));
  const app = await startApp({
    clock,
    log,
    mqtt: connectMqtt({ url: broker.url, clientId: "heatloop-demo", will: willOf(installation), clock, log }),
    homeAssistant: home && connectHomeAssistant({ url: home.serverUrl, token: home.token, clock, log }),
    files,
    folders: { archive, data: folder },
    card: home?.card,
    settings,
    memory,
    installation,
    version,
    timeZone: () => zone.name,
    memoryBytes: () => process.memoryUsage.rss(),
    web: {
      host: "127.0.0.1",
      port: options.port,
      trustedPeers: undefined,
      pageFolder: join(addonFolder, "web"),
      swaggerUiFolder: swaggerUiFolder(join(addonFolder, "src")),
    },
  });
  ends.push(() => app.close());
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

async function startBroker(): Promise<{ readonly url: string; readonly port: number; close(): Promise<void> }> {
  const aedes = await Aedes.createBroker();
  const server = createServer(aedes.handle);
  const port = await listen(server, 0);
  return {
    url: `mqtt://127.0.0.1:${port}`,
    port,
    async close() {
      await new Promise<void>((done) => aedes.close(() => done()));
      server.close();
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  return new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      done(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await listen(server, port);
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
