import { minuteRow, minutesHeader, transitionRow, transitionsHeader } from "@heatloop/core/minute/csv-writer";
import { minuteMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import type { CsvFiles } from "@heatloop/ha-addon/archive/csv/csv-files";
import { startDevice } from "@heatloop/ha-addon/device/device";
import { directWires } from "@heatloop/simulator/firmware/wire";
import { type Simulation, type SimulationOptions, startSimulation } from "@heatloop/simulator/simulation";

/**
 * Writes the archive that the program would have written had it watched a simulated heat pump from one minute to
 * another (ms since the epoch): the program's own parser, minute and CSV, on simulated time, without a broker between.
 * Hands back the simulation, which can go on from there. `onProgress` gets the share that is done, 0 to 1.
 */
export async function backfill(parts: {
  readonly options: Omit<SimulationOptions, "startAt" | "openWire">;
  readonly from: number;
  readonly to: number;
  readonly zone: Zone;
  readonly files: CsvFiles;
  readonly onProgress: (share: number) => void;
  /** Called before each minute of the simulation; `send` hands a command to its devices. */
  readonly happen?: (at: number, simulation: Simulation, send: (topic: string, payload: string) => void) => void;
  /** Whether Heatloop ran in a minute, so that it is logged; else it always did. */
  readonly isLogged?: (at: number) => boolean;
}): Promise<Simulation> {
  const { zone, files, from, to } = parts;
  let deliver: (topic: string, payload: string, at: number) => void = () => {};
  const wires = directWires((topic, payload, at) => deliver(topic, payload, at));
  const device = startDevice({
    prefix: parts.options.prefix ?? "ecodan-heatpump",
    mqtt: { publish: async () => false },
    zone: () => zone,
    at: from,
  });
  deliver = (topic, payload, at) => device.take({ topic, payload, retained: false }, at);
  const rows = { minutes: [] as string[], transitions: [] as string[] };
  device.onTransition((transition) => rows.transitions.push(transitionRow(transition, zone)));

  async function write(date: string): Promise<void> {
    const place = { device: device.id, date };
    const { minutes, transitions } = rows;
    if (minutes.length > 0) await files.appendMany({ ...place, kind: "minutes", header: minutesHeader, rows: minutes });
    if (transitions.length > 0) {
      await files.appendMany({ ...place, kind: "transitions", header: transitionsHeader, rows: transitions });
    }
    rows.minutes = [];
    rows.transitions = [];
  }

  const simulation = startSimulation({ ...parts.options, startAt: from, timeZone: zone.name, openWire: wires.open });
  let date = zone.dateOf(from);
  for (let at = from; at < to; at += minuteMs) {
    if (zone.dateOf(at) !== date) {
      await write(date);
      date = zone.dateOf(at);
    }
    parts.happen?.(at, simulation, wires.send);
    simulation.advanceTo(at + minuteMs);
    const row = minuteRow({ ...device.closeMinute(at + minuteMs), at }, zone);
    if (parts.isLogged?.(at) ?? true) rows.minutes.push(row);
    if (at % (60 * minuteMs) === 0) {
      parts.onProgress((at - from) / (to - from));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  await write(date);
  parts.onProgress(1);
  return simulation;
}
