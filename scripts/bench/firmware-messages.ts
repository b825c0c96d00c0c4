import { startSimulation } from "@heatloop/simulator/simulation";
import { directWires } from "@heatloop/simulator/wire";

export type FirmwareMessage = { readonly topic: string; readonly payload: string };

export const firmwarePrefix = "ecodan-heatpump";
const startAt = Date.parse("2026-01-15T06:00:00Z");

/** What the firmware of a heat pump says from its connection on, in its order: at least `count` messages. */
export function firmwareMessages(count: number): FirmwareMessage[] {
  const messages: FirmwareMessage[] = [];
  const wires = directWires((topic, payload) => {
    if (topic.startsWith(`${firmwarePrefix}/`)) messages.push({ topic, payload });
  });
  const simulation = startSimulation({ startAt, prefix: firmwarePrefix, openWire: wires.open });
  for (let at = startAt; messages.length < count; at += 60_000) simulation.advanceTo(at);
  return messages.slice(0, count);
}
