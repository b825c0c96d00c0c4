import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Clock } from "@heatloop/core/time/clock";
import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import type { App } from "@heatloop/ha-addon/app";
import type { AppParts } from "@heatloop/ha-addon/app/app-parts";
import { typedArchive } from "@heatloop/ha-addon/archive/archive";
import { type CsvFiles, openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { openSettings, type SettingsFile } from "@heatloop/ha-addon/settings/settings-file";
import { type Log, startLog } from "@heatloop/program/log";
import { wallClock } from "@heatloop/simulator/clock";
import type { Simulation } from "@heatloop/simulator/simulation";
import type { Simulator } from "@heatloop/simulator/simulator";
import { startHomeAssistant, type TestHomeAssistant } from "#test/support/home-assistant/home-assistant.ts";
import { waitFor } from "#test/support/wait-for.ts";
import type { Ends } from "../base/ends.ts";
import { progressBar } from "../base/progress-bar.ts";
import { recordArchive } from "../demo-house/archived-past.ts";
import { backfill } from "../demo-house/backfill.ts";
import { startHeatloop, startLivingHouse } from "../demo-house/living-house.ts";

const device = "ecodan-heatpump";
const meter = "sensor.heat_pump_power";
/** A defrost takes some minutes. */
const longestRestMs = 600_000;
const slug = device.replaceAll("-", "_");
const stateOf = (home: TestHomeAssistant, id: string) => home.state(`sensor.${slug}_${id}`);
const cardFile = resolve(import.meta.dirname, "../../lovelace-card/dist/heatloop-card.js");
const zone = zoneOf("Europe/Amsterdam") as Zone;

/** A house to take pictures of: the real Home Assistant with the card, and the program with its page. */
export type PicturedHouse = { readonly home: TestHomeAssistant; readonly app: App };

/** A simulated heat pump with days behind it, in the archive and in Home Assistant, that heats by now. */
export async function startPicturedHouse(days: number, ends: Ends): Promise<PicturedHouse> {
  const folder = await mkdtemp(join(tmpdir(), "heatloop-pictures-"));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const clock = wallClock();
  const log = startLog({ level: "warn", write: (line) => process.stderr.write(line), now: clock.now });
  const files = openArchive({ folder: join(folder, "archive"), log, clock });
  const to = Math.floor(clock.now() / minuteMs) * minuteMs;
  const simulation = await backfillPast(files, days, to);
  const { broker, simulator } = await startLivingHouse(simulation, { clock, log }, ends);
  const home = await startHomeAssistant({ mqttPort: broker.port, mqttProtocol: "3.1.1", timeZone: zone.name });
  ends.push(home.close);
  const { app, mqtt } = await startHeatloop(
    {
      clock,
      log,
      folder,
      files,
      settings: await chosenSettings(folder, log, simulation),
      clientId: "heatloop-pictures",
      brokerUrl: broker.url,
      homeAssistant: { url: home.url, token: home.accessToken },
      card: { cardFile, configFolder: home.folder, isWwwNew: false, usually: true },
      timeZone: zone.name,
      port: 0,
    },
    ends,
  );
  ends.push(startMeter(mqtt, simulation, clock));
  await waitForRooms(home, simulator);
  const archive = typedArchive(files, () => zone);
  await waitFor(() => home.state(meter), "the meter is there");
  await recordArchive(home, { archive, device, to, meter });
  await waitFor(() => isImported(home), "the archive is in the statistics", 5 * minuteMs);
  // A picture of a heat pump at rest or in a defrost says less, but does too.
  const runs = async () => ["heating", "hot_water"].includes((await stateOf(home, "operation"))?.state ?? "");
  await waitFor(runs, "it heats", longestRestMs).catch(() => undefined);
  return { home, app };
}

async function backfillPast(files: CsvFiles, days: number, to: number): Promise<Simulation> {
  const simulation = await backfill({
    options: { prefix: device, rooms: 3, settings: { room_source_zone_1: "home_assistant", auto_adaptive: true } },
    from: zone.startOf(zone.dateOf(to - days * dayMs)),
    to,
    zone,
    files,
    onProgress: progressBar(`Back-filling ${days} days`, process.stderr),
  });
  simulation.home.settings.set("zone_1_room_climate_target", 22);
  return simulation;
}

async function chosenSettings(folder: string, log: Log, simulation: Simulation): Promise<SettingsFile> {
  const settings = await openSettings({ folder, log });
  await settings.change({
    rooms: simulation.home.rooms.map(({ id }) => ({ entity: `climate.${id}_thermostat` })),
    electricity: { meter: { entity: meter } },
    tariff: { price_per_kwh: 0.28, currency: "EUR" },
    statistics: { import: true },
    card: { install: true },
  });
  return settings;
}

/** A power meter of the heat pump, as Home Assistant's discovery announces it. Hands back how it stops. */
function startMeter(mqtt: AppParts["mqtt"], { home }: Simulation, clock: Clock): () => Promise<void> {
  const sensor = {
    name: "Heat pump power",
    unique_id: "pictures_power",
    state_topic: "meter/heat-pump",
    unit_of_measurement: "W",
    device_class: "power",
    state_class: "measurement",
  };
  const stop = clock.every(2000, () => {
    const electricityW = String(Math.round(home.pump.electricityW));
    void mqtt.publish("homeassistant/sensor/meter/config", JSON.stringify(sensor), { retain: false, qos: 0 });
    void mqtt.publish(sensor.state_topic, electricityW, { retain: false, qos: 0 });
  });
  return async () => stop();
}

/** Waits until Home Assistant has the temperatures of all rooms, and the heat pump gets them. */
async function waitForRooms(home: TestHomeAssistant, simulator: Simulator): Promise<void> {
  const isThere = async (id: string) => Number((await stateOf(home, id))?.state) > 0;
  // What a thermostat reports before Home Assistant has made its entity is lost.
  const isFed = async () => {
    for (const { id } of simulator.home.rooms) simulator.setThermostat(id, "normal");
    return (await stateOf(home, "room_feed_zone_1"))?.state === "ok";
  };
  await waitFor(isFed, "the temperatures of all rooms are there", 120_000);
  for (const id of ["flow_temperature", "room_feed_zone_1_sent"]) await waitFor(() => isThere(id), id, 120_000);
}

async function isImported(home: TestHomeAssistant): Promise<boolean> {
  type Rows = Readonly<Record<string, readonly unknown[]>>;
  const id = `heatloop:${slug}_heat_heating`;
  const start = new Date(Date.now() - dayMs).toISOString();
  const message = { type: "recorder/statistics_during_period", start_time: start, statistic_ids: [id], period: "hour" };
  return ((await home.command<Rows>(message))[id]?.length ?? 0) > 20;
}
