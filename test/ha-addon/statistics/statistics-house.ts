import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { usualElectricity } from "@heatloop/core/energy/electricity-setup";
import { usualWater } from "@heatloop/core/heat/heat-formula";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { startStatistics } from "@heatloop/ha-addon/statistics/keeping";
import { onTestFinished } from "vitest";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { archiveOf, csvOf, rome } from "#test/support/examples/archive.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { fakeRecorder } from "./fake-recorder.ts";

/** Heating all day at 600 W and 3 kW of heat, the counter moving each ten minutes. */
export function heatingDay(date: string, hours = 24, factor = 1, zone = rome): Minute[] {
  const from = zone.startOf(date);
  return Array.from({ length: hours * 60 }, (_, i) =>
    wholeMinute(
      from + i * minuteMs,
      "heating",
      { heatWh: 50 * factor, electricityWh: i % 10 === 9 ? 100 * factor : 0 },
      { flow_rate: 12, flow_temperature: 33, return_temperature: 29 },
    ),
  );
}

export const file = (date: string, hours = 24, factor = 1) => ({
  [`${date}.csv`]: csvOf(heatingDay(date, hours, factor)),
});

/** The feature beside a recorder, at a local time. */
export function home(
  time: string,
  files: Readonly<Record<string, string>>,
  how: { readonly isOn?: boolean; readonly zone?: Zone } = {},
) {
  const { zone = rome } = how;
  const archive = archiveOf(files, zone);
  const clock = simulatedClock(Date.parse(time));
  const log = recordingLog();
  const recorder = fakeRecorder();
  const watchers = new Set<() => void>();
  const setup = { isOn: how.isOn ?? true, name: "Heat pump", electricity: usualElectricity, water: usualWater };
  const csv = openArchive({ folder: join(archive.home, "../.."), log, clock });
  onTestFinished(() => csv.close());
  const start = () => {
    const statistics = startStatistics({
      clock,
      log,
      homeAssistant: recorder,
      files: csv,
      zone: () => zone,
      ids: { named: (prefix) => prefix },
      electricity: () => setup.electricity,
      water: () => setup.water,
      settings: {
        current: () => ({ statistics: { import: setup.isOn }, devices: [{ prefix: "pump", name: setup.name }] }),
        onChange(take) {
          watchers.add(take);
          return () => watchers.delete(take);
        },
      },
    });
    onTestFinished(statistics.close);
    return statistics;
  };
  let statistics = start();
  return {
    archive,
    clock,
    log,
    recorder,
    status: () => statistics.status(),
    write(date: string, hours = 24, factor = 1) {
      for (const [name, text] of Object.entries(file(date, hours, factor)))
        writeFileSync(join(archive.home, name), text);
    },
    setSettings(change: Partial<typeof setup>) {
      Object.assign(setup, change);
      for (const take of watchers) take();
    },
    restart() {
      statistics.close();
      statistics = start();
    },
    /** Lets time pass, and waits until what began in it is done. */
    async pass(ms: number) {
      const from = clock.now();
      clock.advanceTo(from + ms);
      await waitFor(() => (statistics.status().doneAt ?? 0) > from, "all is imported");
    },
    /** Lets minutes pass until a condition is met. */
    passUntil(condition: () => boolean, what: string) {
      const isMet = () => {
        clock.advanceTo(clock.now() + minuteMs);
        return condition();
      };
      return waitFor(isMet, what);
    },
    sums: () => new Map([...recorder.statistics].map(([id, { rows }]) => [id, new Map(rows)])),
  };
}
