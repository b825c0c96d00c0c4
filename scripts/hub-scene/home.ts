import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { openSettings } from "@heatloop/ha-addon/settings/settings-file";
import { startLog } from "@heatloop/program/log";
import { wallClock } from "@heatloop/simulator/clock";
import type { Ends } from "../base/ends.ts";
import { backfill } from "../demo-house/backfill.ts";
import { startHeatloop, startLivingHouse } from "../demo-house/living-house.ts";

/** A home of the hub's demo. */
export type HomeOrder = {
  /** Where it keeps its archive and settings. */
  readonly folder: string;
  readonly seed: number;
  readonly days: number;
  readonly hubUrl: string;
  readonly claimCode: string;
};

/** A home that runs; `url` is that of its own page. */
export type RunningHome = { readonly url: string };

/** Makes the past of a home and starts it: a broker, a heat pump, and the add-on's program, a node of the hub. */
export async function startHome(
  { folder, seed, days, hubUrl, claimCode }: HomeOrder,
  {
    zone,
    onProgress,
    ends,
  }: { readonly zone: Zone; readonly onProgress: (share: number) => void; readonly ends: Ends },
): Promise<RunningHome> {
  await mkdir(folder, { recursive: true });
  const clock = wallClock({ speed: 1 });
  const log = startLog({ level: "error", write: (line) => process.stderr.write(line), now: clock.now });
  const files = openArchive({ folder: join(folder, "archive"), log, clock });
  const settings = await openSettings({ folder, log });
  const now = Math.floor(clock.now() / minuteMs) * minuteMs;
  const from = days === 0 ? now - minuteMs : zone.startOf(zone.dateOf(now - days * dayMs));
  const simulation = await backfill({
    options: { prefix: "ecodan-heatpump", seed },
    from,
    to: now,
    zone,
    files,
    onProgress,
  });
  const changed = await settings.change({ hub: { url: hubUrl, claim_code: claimCode } });
  if (!changed.ok) throw new Error(`a home can't have these settings: ${JSON.stringify(changed.mistakes)}`);
  const { broker } = await startLivingHouse(simulation, { clock, log }, ends);
  const { app } = await startHeatloop(
    {
      ...{ clock, log, folder, files, settings, brokerUrl: broker.url, timeZone: zone.name },
      clientId: `heatloop-home-${seed}`,
      homeAssistant: undefined,
      port: 0,
    },
    ends,
  );
  return { url: app.url };
}
