import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { slotArchive } from "@heatloop/ha-addon/archive/slot-archive";
import type { EntityState } from "@heatloop/ha-addon/home-assistant/entity-state";
import type { HomeAssistantMessage } from "@heatloop/ha-addon/home-assistant/session";
import type { PriceSource } from "@heatloop/ha-addon/prices/entity";
import { startPrices } from "@heatloop/ha-addon/prices/prices";
import { priceProblems } from "@heatloop/ha-addon/prices/problems";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { systemClock } from "@heatloop/program/clock";
import { recordingLog } from "#test/support/recording-log.ts";
import { type SimulatedClock, simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const rome = zoneOf("Europe/Rome") as Zone;
/** When every world starts, in ms. */
export const noon = Date.parse("2026-01-31T12:00:00+01:00");
export const entity = "sensor.prices";

/** Home Assistant with entities, a registry and actions, as a program sees it. */
export function startHome() {
  const states = new Map<string, EntityState>();
  const follows = new Set<{
    readonly entities: readonly string[];
    readonly take: Parameters<PriceSource["follow"]>[1];
  }>();
  const connecting = new Set<() => void>();
  const port: PriceSource = {
    connected: () => home.connected,
    follow(entities, take) {
      const follow = { entities, take };
      follows.add(follow);
      for (const name of entities) take(name, states.get(name));
      return () => follows.delete(follow);
    },
    onConnected(work) {
      connecting.add(work);
      if (home.connected) work();
      return () => connecting.delete(work);
    },
    async send(message) {
      home.sent.push(message);
      return home.answer(message);
    },
  };
  const refuse = (_message: HomeAssistantMessage): unknown => {
    throw new Error("Entity not found");
  };
  const home = {
    connected: true,
    sent: [] as HomeAssistantMessage[],
    answer: refuse,
    set(name: string, state: string, attributes: Record<string, unknown> = {}) {
      states.set(name, { state, attributes, lastReported: 0 });
      for (const { entities, take } of follows) if (entities.includes(name)) take(name, states.get(name));
    },
    connect() {
      home.connected = true;
      for (const work of connecting) work();
      for (const name of states.keys()) home.set(name, states.get(name)?.state ?? "", states.get(name)?.attributes);
    },
    port,
    followed: () => [...follows].flatMap(({ entities }) => entities),
  };
  return home;
}

/** An add-on with this tariff in its settings, whose prices start when a test starts them. */
export async function startWorld(
  tariff: object,
  options: { readonly home?: ReturnType<typeof startHome> | undefined; readonly without?: true } = {},
) {
  const folder = temporaryFolder();
  const dataFolder = join(folder, "data");
  mkdirSync(dataFolder);
  writeFileSync(join(dataFolder, "settings.json"), JSON.stringify({ tariff }));
  const log = recordingLog();
  const clock: SimulatedClock = simulatedClock(noon);
  const settings = await openSettings({ folder: dataFolder, log });
  const files = openArchive({ folder: join(folder, "archive"), log, clock: systemClock() });
  const prices = slotArchive({ files, kind: "prices", zone: () => rome, log });
  const surplus = slotArchive({ files, kind: "surplus", zone: () => rome, log });
  const home = options.home ?? startHome();
  const problems = priceProblems();
  const start = () =>
    startPrices({
      clock,
      log,
      settings,
      homeAssistant: options.without ? undefined : home.port,
      dataFolder,
      zone: () => rome,
      prices,
      surplus,
      problems,
    });
  const lines = () => log.lines.map((line) => line.slice(26));
  const priceAt = async (at: number) => (await prices.series("2026-01-29", "2026-02-02")).at(at);
  const surplusAt = async (at: number) => (await surplus.series("2026-01-31", "2026-01-31")).at(at);
  return { clock, dataFolder, settings, home, start, lines, problems, priceAt, surplusAt };
}

/** Attributes that list one price, of the quarter hour after noon, in €/kWh. */
export const listed = (value: number) => ({
  unit_of_measurement: "EUR/kWh",
  raw_today: [{ start: "2026-01-31T12:00:00+01:00", end: "2026-01-31T12:15:00+01:00", value }],
});
