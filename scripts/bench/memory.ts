import { setTimeout as passed } from "node:timers/promises";
import { searchFilters } from "@heatloop/ha-addon/device/find-devices";
import type { BenchFigure, Measured } from "./figure.ts";
import { firmwareStates } from "./firmware-messages.ts";
import { type Mosquitto, startMosquitto } from "./mosquitto.ts";
import { startMqttJs } from "./mqtt-js-peer.ts";
import { endProcess, residentMb } from "./processes.ts";
import { type Program, startProgram } from "./program.ts";
import { openRawPublisher, packetsOf } from "./raw-publisher.ts";
import { once } from "./turns.ts";

const turns = 3;
const settledAfterMs = 15_000;

/**
 * Resident MB of the bundled program with a whole heat pump behind a broker, against a bare MQTT.js subscriber that got
 * the same; they don't disturb each other, so they settle at the same time.
 */
export function memoryFigures(folder: () => Promise<string>): BenchFigure[] {
  const measure = once(() => measureMemory(folder));
  const against = "mqtt.js, counting only";
  return [
    { name: "memory_mb", against, goal: { of: "ours", is: "<=", limit: 92 }, measure },
    { name: "memory_mb_vs_mqtt_js", against, goal: { of: "ratio", is: "<=", limit: 1.3 }, measure },
  ];
}

async function measureMemory(folder: () => Promise<string>): Promise<Measured[]> {
  const broker = await startMosquitto();
  try {
    // A start before it counts: it leaves compiled code behind.
    await endProcess((await startSubscribed(await folder(), broker)).child);
    const measured: Measured[] = [];
    for (let turn = 0; turn < turns; turn += 1) measured.push(await settledMemory(await folder(), broker));
    return measured;
  } finally {
    await broker.close();
  }
}

async function settledMemory(folder: string, broker: Mosquitto): Promise<Measured> {
  const bare = await startMqttJs(folder, broker);
  const program = await startSubscribed(folder, broker);
  try {
    const publisher = await openRawPublisher(broker.port, 1);
    await publisher.send(packetsOf(firmwareStates(), 1));
    await program.logged("found a heat pump");
    await passed(settledAfterMs);
    publisher.close();
    return { ours: residentMb(program.pid), peer: residentMb(bare.pid) };
  } finally {
    await endProcess(program.child);
    await endProcess(bare);
  }
}

async function startSubscribed(folder: string, broker: Mosquitto): Promise<Program> {
  const before = broker.filtersOf("heatloop-");
  const program = await startProgram(folder, broker.url);
  await broker.subscribed("heatloop-", before + searchFilters.length);
  return program;
}
