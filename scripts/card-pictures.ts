import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { PointId } from "@heatloop/core/catalogue/points";
import { minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { startApp } from "@heatloop/ha-addon/app";
import { typedArchive } from "@heatloop/ha-addon/archive/archive";
import { openArchive } from "@heatloop/ha-addon/archive/csv-files";
import { startLog } from "@heatloop/ha-addon/base/log";
import { memoryFiles } from "@heatloop/ha-addon/base/state-file";
import { version } from "@heatloop/ha-addon/base/version";
import { openInstallation, willOf } from "@heatloop/ha-addon/heat-pump/installation";
import { connectHomeAssistant } from "@heatloop/ha-addon/home-assistant/home-assistant";
import { connectMqtt } from "@heatloop/ha-addon/mqtt/mqtt";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { swaggerUiFolder } from "@heatloop/ha-addon/web/swagger-ui-folder";
import { wallClock } from "@heatloop/simulator/clock";
import { mqttWires } from "@heatloop/simulator/mqtt";
import { runSimulation } from "@heatloop/simulator/simulator";
import { startBroker } from "#test/support/broker/broker.ts";
import { startHomeAssistant, type TestHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { backfill } from "./backfill.ts";
import { takeCardPictures } from "./card-screenshots.ts";
import { progressBar } from "./progress-bar.ts";
import { type Past, type PastState, recordPast } from "./recorded-past.ts";

// Takes the pictures of the card in docs/pictures: a simulated heat pump with weeks behind it, in the real frontend.
const days = Number(process.argv[2] ?? 60);
const device = "ecodan-heatpump";
const slug = device.replaceAll("-", "_");
const stateOf = (home: TestHomeAssistant, id: string) => home.state(`sensor.${slug}_${id}`);
const pictures = resolve(import.meta.dirname, "../docs/pictures");
const addonFolder = resolve(import.meta.dirname, "../ha-addon");

/** The entities whose past is recorded, and the logged points that tell it. */
const recorded: readonly (readonly [entity: string, point: PointId])[] = [
  ["flow_temperature", "flow_temperature"],
  ["return_temperature", "return_temperature"],
  ["outdoor_temperature", "outdoor_temperature"],
  ["dhw_temperature", "dhw_temperature"],
  ["zone_1_room_temperature", "zone_1_room_temperature"],
  ["room_feed_zone_1_sent", "zone_1_room_temperature"],
  ["zone_1_flow_setpoint", "zone_1_flow_setpoint"],
];

const folder = await mkdtemp(join(tmpdir(), "heatloop-pictures-"));
const ends: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
try {
  await run();
} finally {
  for (const end of ends.reverse()) await end();
}

async function run(): Promise<void> {
  const zone = zoneOf("Europe/Amsterdam") as Zone;
  const clock = wallClock();
  const log = startLog({ level: "warn", write: (line) => process.stderr.write(line), now: clock.now });
  const files = openArchive({ folder: join(folder, "archive"), log, clock });
  const to = Math.floor(clock.now() / minuteMs) * minuteMs;
  const simulation = await backfill({
    options: { prefix: device, rooms: 3, settings: { room_source_zone_1: "home_assistant", auto_adaptive: true } },
    from: zone.startOf(zone.dateOf(to - days * 24 * 60 * minuteMs)),
    to,
    zone,
    files,
    onProgress: progressBar(`Back-filling ${days} days`, process.stderr),
  });
  simulation.home.settings.set("zone_1_room_climate_target", 22);
  const broker = await startBroker();
  ends.push(broker.close);
  const running = runSimulation(simulation, clock);
  simulation.rewire(mqttWires({ url: broker.url }, (sentence) => log.warn(sentence)));
  ends.push(() => running.close());
  const home = await startHomeAssistant({ mqttPort: broker.port, timeZone: zone.name });
  ends.push(home.close);

  const settings = await openSettings({ folder, log });
  await settings.change({
    rooms: simulation.home.rooms.map(({ id }) => ({ entity: `climate.${id}_thermostat` })),
    tariff: { price_per_kwh: 0.28, currency: "EUR" },
    statistics: { import: true },
    card: { install: true },
  });
  const memory = memoryFiles(folder, log);
  const installation = await openInstallation(memory("installation"));
  const mqtt = connectMqtt({
    url: broker.url,
    clientId: "heatloop-pictures",
    will: willOf(installation),
    clock,
    log,
  });
  const app = await startApp({
    clock,
    log,
    mqtt,
    homeAssistant: connectHomeAssistant({ url: home.url, token: home.accessToken, clock, log }),
    files,
    card: {
      cardFile: resolve(import.meta.dirname, "../lovelace-card/dist/heatloop-card.js"),
      configFolder: home.folder,
      usually: true,
    },
    settings,
    memory,
    installation,
    version,
    timeZone: () => zone.name,
    memoryBytes: () => process.memoryUsage.rss(),
    web: {
      host: "127.0.0.1",
      port: 0,
      trustedPeers: undefined,
      pageFolder: join(addonFolder, "web"),
      swaggerUiFolder: swaggerUiFolder(join(addonFolder, "src")),
    },
  });
  ends.push(() => app.close());
  const sensor = {
    name: "Heat pump power",
    unique_id: "pictures_power",
    state_topic: "meter/heat-pump",
    unit_of_measurement: "W",
    device_class: "power",
    state_class: "measurement",
  };
  const meter = clock.every(2000, () => {
    const electricityW = String(Math.round(simulation.home.pump.electricityW));
    void mqtt.publish("homeassistant/sensor/meter/config", JSON.stringify(sensor), { retain: false, qos: 0 });
    void mqtt.publish("meter/heat-pump", electricityW, { retain: false, qos: 0 });
  });
  ends.push(async () => meter());

  const isThere = async (id: string) => Number((await stateOf(home, id))?.state) > 0;
  // What a thermostat tells before Home Assistant has made its entity is lost.
  const isFed = async () => {
    for (const { id } of simulation.home.rooms) running.setThermostat(id, "normal");
    return (await stateOf(home, "room_feed_zone_1"))?.state === "ok";
  };
  await waitFor(isFed, "all rooms are heard", 120_000);
  for (const id of ["flow_temperature", "room_feed_zone_1_sent"]) await waitFor(() => isThere(id), id, 120_000);
  recordPast(
    home.folder,
    await pastOf(
      home,
      typedArchive(files, () => zone),
      to,
    ),
    to,
    9,
  );
  // A picture of a heat pump at rest says less, but does too.
  const heats = async () => (await stateOf(home, "operation"))?.state === "heating";
  await waitFor(heats, "it heats", 60_000).catch(() => undefined);
  await waitFor(() => isImported(home), "the archive is in the statistics", 300_000);
  await mkdir(pictures, { recursive: true });
  await takeCardPictures({ home, appUrl: app.url, folder: pictures });
}

async function isImported(home: TestHomeAssistant): Promise<boolean> {
  type Rows = Readonly<Record<string, readonly unknown[]>>;
  const id = `heatloop:${slug}_heat_heating`;
  const start = new Date(Date.now() - 24 * 60 * minuteMs).toISOString();
  const message = { type: "recorder/statistics_during_period", start_time: start, statistic_ids: [id], period: "hour" };
  return ((await home.command<Rows>(message))[id]?.length ?? 0) > 20;
}

/** What the archive knows of the recorded entities; the operation is that of the transitions. */
async function pastOf(home: TestHomeAssistant, archive: ReturnType<typeof typedArchive>, to: number): Promise<Past[]> {
  const pasts = recorded.map(([id, point]) => ({
    entityId: `sensor.${slug}_${id}`,
    point,
    states: [] as PastState[],
    mean: true,
  }));
  for await (const { at, points } of archive.minutes(device, 0, to)) {
    for (const { point, states } of pasts) {
      const value = points[point];
      if (typeof value !== "number") continue;
      const state = String(Number(value.toFixed(1)));
      if (states.at(-1)?.state !== state || at % (5 * minuteMs) === 0) states.push({ at, state });
    }
  }
  const operation: PastState[] = [];
  for await (const edge of archive.transitions(device, 0, to)) {
    if (edge.kind === "operation") operation.push({ at: edge.at, state: edge.to ?? "unknown" });
  }
  const entities = await home.entityRegistry();
  const entityId = entities.find(({ unique_id: id }) => id === `heatloop_${device}_operation`)?.entity_id ?? "";
  return [...pasts, { entityId, states: operation, mean: false }];
}
