import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hourMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { typedArchive } from "@heatloop/ha-addon/archive/archive";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import type { Simulation } from "@heatloop/simulator/simulation";
import { backfill } from "#scripts/demo-house/backfill.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

export const pump = "ecodan-heatpump";
export const zone = zoneOf("Europe/Rome") as Zone;
/** The clocks go forward on 29 March: a day of 23 hours; the two ends are in two months. */
export const [firstDate, lastDate] = ["2026-03-05", "2026-04-06"];
export const [startAt, endAt] = [zone.startOf(firstDate), zone.endOf(lastDate)];

/** Local wall-clock time of a date, in ms since the epoch. */
export function localTime(date: string, hours: number): number {
  return zone.startOf(date) + hours * hourMs;
}

/** What happens, each at its time; `send` hands a command to the heat pump. */
type Mishap = readonly [
  at: number,
  happen: (simulation: Simulation, send: (topic: string, text: string) => void) => void,
];

const feedback = `${pump}/number/auto-adaptive__current_room_temperature_feedback_z1/command`;

const mishaps: readonly Mishap[] = [
  [localTime(firstDate, 1), (_, send) => send(feedback, "21.3")],
  [localTime("2026-03-08", 10), (simulation) => simulation.fault("P6 1234")],
  [localTime("2026-03-08", 12), (simulation) => simulation.fault(null)],
  // Over midnight: the electricity of the gap is counted when the heat pump is back.
  [localTime("2026-03-12", 21), (simulation) => simulation.dropConnection(6 * 3600)],
  [localTime("2026-03-18", 7), (simulation) => simulation.powerCut(1800)],
  [localTime("2026-03-20", 9), (_, send) => send(feedback, "20.5")],
];

/** Heatloop did not run: no rows. The first of them within a day, the other of a whole day and more. */
const programOff: readonly (readonly [from: number, to: number])[] = [
  [localTime("2026-03-15", 13), localTime("2026-03-15", 16.5)],
  [localTime("2026-03-23", 20), localTime("2026-03-25", 2)],
];

export type SimulatedMonth = Awaited<ReturnType<typeof simulatedMonth>>;

/** The archive of a simulated month with faults and gaps, written by the program's own parser, minutes and files. */
export async function simulatedMonth() {
  const folder = mkdtempSync(join(tmpdir(), "heatloop-grafana-"));
  const log = recordingLog();
  const files = openArchive({ folder, log, clock: simulatedClock(endAt) });
  const archive = typedArchive(files, () => zone);
  const left = [...mishaps];
  const simulation = await backfill({
    options: { seed: 7, settings: { room_source_zone_1: "home_assistant" } },
    ...{ from: startAt, to: endAt, zone, files, onProgress: () => undefined },
    happen(at, simulation, send) {
      while (left[0] !== undefined && left[0][0] <= at) left.shift()?.[1](simulation, send);
    },
    isLogged: (at) => !programOff.some(([from, to]) => at >= from && at < to),
  });
  await simulation.close();
  await writeRoomFeed(archive);

  return {
    folder,
    archive,
    files,
    log,
    async close() {
      await files.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The room feed's own changes, which come from Heatloop and not from the heat pump. */
async function writeRoomFeed(archive: Pick<ReturnType<typeof typedArchive>, "writeTransition">): Promise<void> {
  const date = "2026-03-20";
  const states = [null, "ok", "degraded", "holding", "fallback", "ok", "off"] as const;
  for (let i = 1; i < states.length; i += 1) {
    await archive.writeTransition(pump, {
      at: localTime(date, 8 + i),
      kind: "room_feed",
      from: states[i - 1] ?? null,
      to: states[i] ?? null,
      durationS: i === 1 ? null : 3600,
      zone: 1,
      context: {
        flow_temperature: 35,
        return_temperature: null,
        outdoor_temperature: 5,
        dhw_temperature: null,
        compressor_frequency: null,
        flow_rate: null,
        zone_1_flow_setpoint: null,
        zone_1_room_temperature: 20.5,
        room_feedback_zone_1: 20.4,
      },
    });
  }
}
