import { type ElectricitySetup, usualElectricity } from "@heatloop/core/energy/electricity-setup";
import { type Limits, usualLimits } from "@heatloop/core/events/rules/rule-day";
import type { WaterSetup } from "@heatloop/core/heat/heat-formula";
import type { ReportProgress } from "@heatloop/core/report-progress";
import { minuteMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import { queued } from "../base/queue.ts";
import { scannersNeeded } from "./columns.ts";
import { daySetup } from "./days.ts";
import { type ReadingListener, readStages } from "./read-stages.ts";
import type { DaysRequest, DaysSource, ReportDays } from "./requested-kinds.ts";
import { openScanners, type Scanners } from "./scan/open-scanners.ts";

/** The days of the first stage, as soon as they are there, those of all stages, and how far the reading is. */
export type DaysReading = {
  readonly first: Promise<ReportDays>;
  readonly whole: Promise<ReportDays>;
  /** That of the reading ahead while it waits for its turn; nothing of nothing where all is kept already. */
  progress(): ReportProgress;
  /** When it was asked for, ms since the epoch: the running day is known up to then. */
  readonly now: number;
};

/** Who asks again for what is still being read gets that reading, unless it is so old; chosen. */
const longestSharedMs = 5 * minuteMs;

/** Reads what reports need of days. */
export type ReportDaysReader = (request: DaysRequest) => DaysReading;

type Parts = Pick<DaysSource, "files" | "caches"> & {
  readonly zone: () => Zone;
  readonly electricity?: (() => ElectricitySetup) | undefined;
  readonly water?: (() => WaterSetup) | undefined;
  readonly limits?: (() => Limits) | undefined;
};

/**
 * Reads all that reports need of days, energy, events and bills, and each file once for it. One request after the
 * other; but those without events, which take a tenth of the time, do not wait for those with.
 */
export function reportDays(parts: Parts): ReportDaysReader {
  const withEvents = queuedReader(parts);
  const withoutEvents = queuedReader(parts);
  /** By request: whoever repeats one while years are still being read waits for the same reading. */
  const running = new Map<string, DaysReading>();

  return (request) => {
    const setup = setupOf(parts, request.now);
    const key = keyOf(request, setup);
    const known = running.get(key);
    if (known !== undefined && request.now - known.now < longestSharedMs) return known;
    const { promise: first, resolve, reject } = Promise.withResolvers<ReportDays>();
    const reader = request.events ? withEvents : withoutEvents;
    let own: ReportProgress | undefined;
    const listener: ReadingListener = {
      first: resolve,
      progress(days) {
        own = days;
      },
    };
    const whole = reader.read(request, setup, listener).finally(() => {
      if (running.get(key) === reading) running.delete(key);
    });
    // Whoever asks may wait for one of them only.
    whole.catch(reject);
    first.catch(() => undefined);
    const reading: DaysReading = { first, whole, progress: () => own ?? reader.ahead(), now: request.now };
    running.set(key, reading);
    return reading;
  };
}

type Setup = Pick<DaysSource, "setup" | "basis">;

/** What the days of a request follow from, as it is when it is made. */
function setupOf(parts: Parts, now: number): Setup {
  const setup = daySetup(parts, now);
  const { zone, water, electricity = usualElectricity } = setup;
  return { setup, basis: { zone, water, electricity, limits: parts.limits?.() ?? usualLimits } };
}

/** The same for requests whose days are the same, but for the last minutes of the running one. */
function keyOf({ device, stages, events, billing }: DaysRequest, { basis }: Setup): string {
  const { zone, electricity, water, limits } = basis;
  const bills = billing && [billing.spans, billing.basis];
  return JSON.stringify([...[device, stages, events, bills], ...[zone.name, electricity, water, limits]]);
}

const nothing: ReportProgress = { made: 0, all: 0 };

function queuedReader({ files, caches }: Parts) {
  let scanners: Scanners | undefined;
  let ahead = nothing;
  const read = queued(async (request: DaysRequest, setup: Setup, listener: ReadingListener): Promise<ReportDays> => {
    scanners ??= openScanners(scannersNeeded);
    const progress = (days: ReportProgress) => {
      ahead = days;
      listener.progress(days);
    };
    try {
      return await readStages(request, { files, caches, scanners, ...setup }, { ...listener, progress });
    } finally {
      ahead = nothing;
    }
  });
  return { read, ahead: () => ahead };
}
