import type { GapCause } from "@heatloop/core/energy/gaps";
import type { z } from "zod";
import type { healthSchema, statsSchema } from "../../../src/web/schemas.ts";

type Gap = { readonly start: string; readonly end: string; readonly seconds: number; readonly cause: GapCause | null };

/** A heat pump's part of the log; unknown is null. */
export type DeviceHealth = {
  readonly id: string;
  readonly online: boolean | null;
  readonly last_seen: string | null;
  readonly last_row: string | null;
  readonly gaps_today: readonly Gap[] | null;
};

/** What `GET api/health` answers; the archive is counted in the background, null until then. */
export type HealthAnswer = Omit<z.output<typeof healthSchema>, "archive"> & {
  readonly archive: z.output<typeof healthSchema>["archive"] & {
    readonly bytes: number | null;
    readonly free_bytes: number | null;
    readonly days: number | null;
  };
  readonly devices?: readonly DeviceHealth[];
};

/** What `GET api/stats` answers. */
export type StatsAnswer = z.output<typeof statsSchema>;

export const logLevels = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof logLevels)[number];

/** A line of `GET api/log`. */
export type LogLine = { readonly time: string; readonly level: LogLevel; readonly text: string };
