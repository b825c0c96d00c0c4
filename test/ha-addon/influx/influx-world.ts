import { readFileSync } from "node:fs";
import { join } from "node:path";
import { contextPoints, type Transition } from "@heatloop/core/live/transition";
import { splitRow } from "@heatloop/core/minute/csv-cells";
import { minuteMs } from "@heatloop/core/time/durations";
import { typedArchive } from "@heatloop/ha-addon/archive/archive";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { secretFile } from "@heatloop/ha-addon/base/secret-file";
import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { type Influx, openInflux } from "@heatloop/ha-addon/influx/influx";
import { answeredWithinMs } from "@heatloop/ha-addon/influx/write-lines";
import type { SendingState } from "@heatloop/ha-addon/sending/sending-state";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { onTestFinished } from "vitest";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { rome } from "#test/support/examples/archive.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { lookClock } from "#test/support/sending/look-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

/** The night in which Rome's clocks went back: a local day of 25 hours. */
export const firstDate = "2024-10-26";
const secondDate = "2024-10-27";

/** A cell of the archive as InfluxDB has it; a row is by its time in ms. */
export type Rows = ReadonlyMap<number, Readonly<Record<string, string | number>>>;

/** A real archive, its settings and what sends it, on simulated time. */
export async function influxWorld(startAt = rome.startOf(secondDate) + 3 * 60 * minuteMs, folder = temporaryFolder()) {
  const log = recordingLog();
  const clock = lookClock(startAt, answeredWithinMs);
  const files = openArchive({ folder: join(folder, "archive"), log, clock });
  const archive = typedArchive(files, () => rome);
  const settings = await openSettings({ folder, log });
  let name = "Heat pump";
  const open = async (): Promise<Influx> => {
    const influx = await openInflux({
      ...{ clock, log, zone: () => rome, settings, files, archive },
      secretFile: secretFile(join(folder, "influx-secret.json")),
      stateFile: openStateFiles(folder, log)("influx"),
      nameOf: () => name,
    });
    influx.start();
    return influx;
  };
  let influx = await open();
  onTestFinished(async () => {
    await influx.close();
    await files.close();
    await settings.close();
  });

  const minuteAt = (at: number) => {
    const k = Math.round(at / minuteMs);
    return wholeMinute(at, k % 7 === 0 ? "hot_water" : "heating", { heatWh: k % 131, electricityWh: (k % 37) / 8 });
  };

  return {
    ...{ folder, log, clock, archive, settings, files },
    influx: () => influx,
    rename: (to: string) => {
      name = to;
    },
    async put(patch: object): Promise<void> {
      const changed = await settings.change({ influx: patch });
      if (!changed.ok) throw new Error(JSON.stringify(changed.mistakes));
    },
    /** A row a minute from one time until before another. */
    async logMinutes(from: number, to: number): Promise<void> {
      for (let at = from; at < to; at += minuteMs) await archive.writeMinute("pump", minuteAt(at));
    },
    writeTransition: (at: number, kind: Transition["kind"], from: string | null, to: string | null, zone?: 1 | 2) =>
      archive.writeTransition("pump", {
        ...{ at, kind, from, to, durationS: from === null ? null : 60 },
        ...(zone && { zone }),
        context: Object.fromEntries(contextPoints.map((id, i) => [id, i === 0 ? 35.5 : null])) as Transition["context"],
      }),
    /** The state once nothing is being sent. */
    async settled(): Promise<SendingState> {
      await clock.idle();
      return influx.state();
    },
    /** Lets time pass until so many more looks at the archive are over; the state after them. */
    async look(times = 1): Promise<SendingState> {
      for (let i = 0; i < times; i += 1) {
        await clock.idle();
        clock.advanceTo(clock.nextLookAt() ?? clock.now());
        await clock.idle();
      }
      return influx.state();
    },
    pass: (ms: number) => clock.advanceTo(clock.now() + ms),
    /** Ends it, and starts it again with what it left. */
    async restart(): Promise<void> {
      await influx.close();
      influx = await open();
    },
    /** The rows of the archive's files of one kind, from their text. */
    archived(kind: "" | ".transitions" = "", dates = [firstDate, secondDate]): Rows {
      return new Map(dates.flatMap((date) => [...rowsOf(join(folder, `archive/pump/2024/${date}${kind}.csv`))]));
    },
  };
}

export type InfluxWorld = Awaited<ReturnType<typeof influxWorld>>;

function rowsOf(file: string): Rows {
  const [header = "", ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
  const columns = splitRow(header);
  return new Map(
    lines.map((line) => {
      const cells = splitRow(line);
      const known = columns.flatMap((column, i) => {
        const cell = cells[i] ?? "";
        return i === 0 || cell === "" ? [] : [[column, cell === String(Number(cell)) ? Number(cell) : cell] as const];
      });
      return [Date.parse(cells[0] ?? ""), Object.fromEntries(known)];
    }),
  );
}
