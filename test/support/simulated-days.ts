import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { datesBetween, type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { startDevice } from "@heatloop/ha-addon/device/device";
import { directWires } from "@heatloop/simulator/firmware/wire";
import type { LedgerDay } from "@heatloop/simulator/physics/ledger";
import { type Simulation, type SimulationOptions, startSimulation } from "@heatloop/simulator/simulation";

/** A local day of a simulated heat pump: its minutes as the program logs them, and what the ledger knows. */
export type SimulatedDay = { readonly date: string; readonly minutes: readonly Minute[]; readonly truth: LedgerDay };

/** Runs the simulator through the program's own parser and minutes, in memory; `to` is included. */
export function simulatedDays(parts: {
  readonly from: string;
  readonly to: string;
  readonly options: Omit<SimulationOptions, "startAt" | "openWire" | "timeZone">;
  readonly timeZone?: string;
  /** Called before each minute, to change the simulation. */
  readonly onMinute?: (simulation: Simulation, at: number) => void;
}): { readonly zone: Zone; readonly days: readonly SimulatedDay[] } {
  const { from, to, timeZone = "Europe/Rome" } = parts;
  const zone = zoneOf(timeZone);
  if (zone === undefined) throw new Error(`no zone ${timeZone}`);
  const startAt = zone.startOf(from);
  const prefix = parts.options.prefix ?? "ecodan-heatpump";
  let deliver: (topic: string, payload: string, at: number) => void = () => {};
  const wires = directWires((topic, payload, at) => deliver(topic, payload, at));
  const device = startDevice({ prefix, mqtt: { publish: async () => false }, zone: () => zone, at: startAt });
  deliver = (topic, payload, at) => device.take({ topic, payload, retained: false }, at);
  const simulation = startSimulation({ ...parts.options, prefix, startAt, timeZone, openWire: wires.open });
  const minutes = new Map<string, Minute[]>(datesBetween(from, to).map((date) => [date, []]));
  for (let at = startAt; at < zone.endOf(to); at += minuteMs) {
    parts.onMinute?.(simulation, at);
    simulation.advanceTo(at + minuteMs);
    minutes.get(zone.dateOf(at))?.push({ ...device.closeMinute(at + minuteMs), at });
  }
  const ledger = new Map(simulation.ledger().map((day) => [day.date, day]));
  const days = [...minutes].map(([date, ofDay]) => {
    const truth = ledger.get(date);
    if (truth === undefined) throw new Error(`the ledger has no ${date}`);
    return { date, minutes: ofDay, truth };
  });
  return { zone, days };
}
