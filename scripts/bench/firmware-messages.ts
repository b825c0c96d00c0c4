import type { FirmwareMessage } from "@heatloop/core/dialects/f1p";
import { minuteMs } from "@heatloop/core/time/durations";
import { directWires } from "@heatloop/simulator/firmware/wire";
import { startSimulation } from "@heatloop/simulator/simulation";

export const firmwarePrefix = "ecodan-heatpump";
const startAt = Date.parse("2026-01-15T06:00:00Z");

/** What the firmware of a heat pump says from its connection on, in its order: at least `count` messages. */
export function firmwareMessages(count: number): FirmwareMessage[] {
  const messages: FirmwareMessage[] = [];
  const wires = directWires((topic, payload) => {
    if (topic.startsWith(`${firmwarePrefix}/`)) messages.push({ topic, payload });
  });
  const simulation = startSimulation({ startAt, prefix: firmwarePrefix, openWire: wires.open });
  for (let at = startAt; messages.length < count; at += minuteMs) simulation.advanceTo(at);
  return messages.slice(0, count);
}

/** What a firmware says at once when it connects: each of its states. */
export function firmwareStates(): FirmwareMessage[] {
  const first = new Map<string, FirmwareMessage>();
  for (const message of firmwareMessages(2_000)) if (!first.has(message.topic)) first.set(message.topic, message);
  return [...first.values()];
}
