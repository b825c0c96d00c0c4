import { usualElectricity } from "@heatloop/core/energy/electricity-setup";
import { usualHeatFormula } from "@heatloop/core/heat/heat-formula";
import { noMeterFigures } from "@heatloop/core/minute/external-meter";
import type { Minute } from "@heatloop/core/minute/minute";
import { dayMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import type { Archive } from "@heatloop/ha-addon/archive/archive";
import { type Device, startDevice } from "@heatloop/ha-addon/device/device";
import { type Recorder, startRecorder } from "@heatloop/ha-addon/heat-pump/recorder";
import { total } from "#test/core/examples/example-readings.ts";
import { type SimulatedClock, simulatedClock } from "#test/support/simulated-clock.ts";
import { type ArchiveFolder, archiveFolder } from "./archives/archive-folder.ts";
import { type SteadyHeatPump, steadyHeatPump } from "./steady-heat-pump.ts";

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

export type Logging = {
  readonly device: Device;
  readonly recorder: Recorder;
  readonly archive: Archive;
  rows(): number;
  /** Waits until what was written is on the disk. */
  flush(): Promise<void>;
  /** As the program ends: the running minute is written, and the heat pump reports no more. */
  stop(): Promise<void>;
};

/** Starts to log as the program does at its start: from the end of the archive. */
export async function startLogging(home: Home, how: { readonly silent?: true } = {}): Promise<Logging> {
  const { kept, clock, heatPump } = home;
  const { files, archive } = kept.open();
  const zone = (): Zone => kept.zone;
  const last = await archive.last("hp", clock.now());
  const minutes = await collect(archive.minutes("hp", clock.now() - 3 * dayMs, clock.now() + dayMs));
  const device = startDevice({
    prefix: "hp",
    mqtt: { publish: async () => false },
    zone,
    at: clock.now(),
    counter: last?.counter,
    counterAhead: last?.counterAhead,
  });
  let rows = 0;
  const recorder = startRecorder({
    device,
    archive,
    clock,
    zone,
    lastMinuteAt: last?.minuteAt,
    minutes,
    transitions: [],
    meter: { close: () => noMeterFigures },
    electricity: () => usualElectricity,
    formula: () => usualHeatFormula,
    onMinute() {
      rows += 1;
    },
  });
  if (how.silent !== true) heatPump.reportTo(device);
  return {
    device,
    recorder,
    archive,
    rows: () => rows,
    flush: files.flush,
    async stop() {
      heatPump.beSilent();
      await recorder.stop();
      await files.close();
    },
  };
}

export type Home = {
  readonly kept: ArchiveFolder;
  readonly clock: SimulatedClock;
  readonly heatPump: SteadyHeatPump;
  /** Lets time pass. */
  pass(ms: number): void;
  /** Sets the program's clock. */
  jump(ms: number): void;
};

export function homeAt(time: string, timeZone = "Europe/Rome"): Home {
  const clock = simulatedClock(Date.parse(time));
  return {
    kept: archiveFolder(timeZone),
    clock,
    heatPump: steadyHeatPump(clock),
    pass: (ms) => clock.advanceTo(clock.now() + ms),
    jump: (ms) => clock.jumpTo(clock.now() + ms),
  };
}

/** Every row of the archive as it is on the disk, file after file. */
export async function rowsOf({ kept }: Home): Promise<Minute[]> {
  const { archive } = kept.open();
  return collect(archive.minutes("hp", Date.parse("2020-01-01"), Date.parse("2040-01-01")));
}

async function linesOf({ kept }: Home): Promise<string[]> {
  const lines: string[] = [];
  for (const year of ["2026", "2030"]) {
    for (const name of await kept.fileNames("hp", year).catch(() => [])) {
      if (!name.includes("transitions")) lines.push(...((await kept.lines("hp", name)) ?? []).slice(1));
    }
  }
  return lines;
}

/** Counts rows and minutes with two of them, and how far the sums are from the heat pump's own, Wh. */
export async function audit(home: Home) {
  const lines = await linesOf(home);
  const times = lines.map((line) => line.slice(0, line.indexOf(",")));
  const rows = await rowsOf(home);
  return {
    lines: lines.length,
    minutesTwice: times.length - new Set(times).size,
    heatOffWh: Math.round((total(rows, "heat_wh") ?? 0) - home.heatPump.heatWh()) + 0,
    electricityOffWh: (total(rows, "electricity_wh") ?? 0) - home.heatPump.electricityWh(),
  };
}
