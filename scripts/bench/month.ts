import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FirmwareMessage } from "@heatloop/core/dialects/f1p";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { systemClock } from "@heatloop/program/clock";
import { startLog } from "@heatloop/program/log";
import { directWires } from "@heatloop/simulator/firmware/wire";
import { startSimulation } from "@heatloop/simulator/simulation";
import { backfill } from "../demo-house/backfill.ts";
import type { BenchFigure, Measured } from "./figure.ts";
import { firmwarePrefix } from "./firmware-messages.ts";
import { mqttJsSink, type Sink } from "./ingest-sinks.ts";
import { openRawPublisher, type Packets, packetsOf } from "./raw-publisher.ts";
import { alternately } from "./turns.ts";

const from = "2026-01-01";
const to = "2026-01-02";
const spanDays = 1;
const monthDays = 31;
const rounds = 7;

/**
 * Seconds for a simulated January, from the heat pump's physics to the archive's files, by its first day each turn; against as
 * many messages as the heat pump sent meanwhile, through Mosquitto to a bare MQTT.js subscriber.
 */
export const monthFigure: BenchFigure = {
  name: "simulated_month_s",
  against: "mqtt.js, counting as many messages",
  goal: { of: "ratio", is: "<=", limit: 0.5 },
  async measure() {
    const zone = zoneOf("Europe/Rome");
    if (zone === undefined) throw new Error("this machine knows no time zones");
    const packets = packetsOf(messagesOf(zone), 0);
    const folder = await mkdtemp(join(tmpdir(), "heatloop-month-"));
    const sink = await mqttJsSink(folder, packets.count, 0);
    if (sink instanceof Error) throw sink;
    try {
      const turns = await alternately<keyof Measured, number>(rounds + 1, {
        ours: () => simulatedS(zone, folder),
        peer: () => countedS(sink, packets),
      });
      // The first turn compiles.
      const month = (seconds: number) => (seconds * monthDays) / spanDays;
      return turns.slice(1).map(({ ours, peer }) => ({ ours: month(ours), peer: month(peer) }));
    } finally {
      await sink.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

function messagesOf(zone: Zone): FirmwareMessage[] {
  const messages: FirmwareMessage[] = [];
  const wires = directWires((topic, payload) => {
    if (topic.startsWith(`${firmwarePrefix}/`)) messages.push({ topic, payload });
  });
  const startAt = zone.startOf(from);
  const simulation = startSimulation({ startAt, prefix: firmwarePrefix, timeZone: zone.name, openWire: wires.open });
  simulation.advanceTo(zone.startOf(to));
  return messages;
}

async function simulatedS(zone: Zone, home: string): Promise<number> {
  const folder = await mkdtemp(join(home, "archive-"));
  const clock = systemClock();
  const log = startLog({ level: "warn", write: (line) => process.stderr.write(line), now: clock.now });
  const files = openArchive({ folder, log, clock });
  const startedAt = performance.now();
  const span = { from: zone.startOf(from), to: zone.startOf(to) };
  const simulation = await backfill({ options: {}, ...span, zone, files, onProgress: () => {} });
  await files.close();
  const seconds = (performance.now() - startedAt) / 1000;
  await simulation.close();
  const days = (await files.dates(firmwarePrefix)).length;
  if (days !== spanDays) throw new Error(`the archive has ${days} days of ${spanDays}`);
  return seconds;
}

async function countedS(sink: Sink, packets: Packets): Promise<number> {
  const { came } = await sink.nextLap();
  const publisher = await openRawPublisher(sink.broker.port, 0);
  const startedAt = performance.now();
  publisher.write(packets);
  await came;
  const seconds = (performance.now() - startedAt) / 1000;
  publisher.close();
  return seconds;
}
