import { type HomeSetup, sentSetupOf } from "@heatloop/core/hub/home-setup";
import type { Minute } from "@heatloop/core/minute/minute";
import type { Clock } from "@heatloop/core/time/clock";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import { inBackground } from "@heatloop/program/background";
import { everyUnlessBusy } from "@heatloop/program/every-unless-busy";
import type { Log } from "@heatloop/program/log";
import type { Archive } from "../archive/archive.ts";
import type { CsvFiles } from "../archive/csv/csv-files.ts";
import { telemetryOfMinutes } from "./hub-rows.ts";
import type { NodeBroker } from "./node-broker.ts";

const lookedEachMs = 20 * secondMs;
/** What is older than this when the broker comes is no live value: it goes with the next batch. */
const liveForMs = 5 * minuteMs;

export type LiveRowsParts = {
  readonly clock: Clock;
  readonly log: Log;
  readonly zone: () => Zone;
  readonly archive: Pick<Archive, "minutesSince">;
  readonly files: Pick<CsvFiles, "devices">;
  readonly broker: Pick<NodeBroker, "connected" | "tellRows">;
  readonly setup: () => HomeSetup;
  readonly identityOf: (device: string) => string | undefined;
};

/** The newest rows on their way to the hub's broker. */
export type LiveRows = {
  /** Whether each row was told there since it was logged. */
  isLive(): boolean;
  stop(): Promise<void>;
};

/**
 * Tells the hub's broker of each minute's row once it is in the archive. That the broker has it does not mean that the hub does: rows go
 * in batches too, which the hub confirms.
 */
export function startLiveRows(parts: LiveRowsParts): LiveRows {
  const { clock, log } = parts;
  const toldUntil = new Map<string, number>();
  let isLive = false;
  const look = inBackground(log, "telling the hub's broker of rows", async () => {
    let wasTold = false;
    try {
      wasTold = await tellNew(parts, toldUntil);
    } finally {
      isLive = wasTold;
    }
  });
  const looks = everyUnlessBusy(clock, lookedEachMs, look);
  return { isLive: () => isLive && parts.broker.connected(), stop: looks.stop };
}

/** Tells of every row that was not told; false where the broker does not take one. */
async function tellNew(parts: LiveRowsParts, toldUntil: Map<string, number>): Promise<boolean> {
  const { clock, zone, files, broker, setup, identityOf } = parts;
  if (!broker.connected()) return false;
  for (const device of await files.devices()) {
    const since = Math.max(toldUntil.get(device) ?? 0, clock.now() - liveForMs);
    const minutes = await minutesOf(parts, device, since);
    const last = minutes.at(-1);
    if (last === undefined) continue;
    const said = { device, identity: identityOf(device), time_zone: zone().name, setup: sentSetupOf(setup()) };
    if (!(await broker.tellRows(telemetryOfMinutes(said, minutes, zone())))) return false;
    toldUntil.set(device, last.at + 1);
  }
  return true;
}

async function minutesOf({ clock, zone, archive }: LiveRowsParts, device: string, since: number): Promise<Minute[]> {
  const dates = new Set([zone().dateOf(since), zone().dateOf(clock.now())]);
  const minutes: Minute[] = [];
  for (const date of dates) minutes.push(...(await archive.minutesSince(device, date, since)).minutes);
  return minutes;
}
