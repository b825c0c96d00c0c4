import type { z } from "zod";
import type { deviceHealthSchema, healthSchema, logLineSchema, statsSchema } from "../../../src/web/about/schemas.ts";

/** A heat pump's part of `GET api/health`. */
export type DeviceHealth = z.output<typeof deviceHealthSchema>;

/** What `GET api/health` answers who is signed in. */
export type HealthAnswer = z.output<typeof healthSchema>;

/** What `GET api/stats` answers. */
export type StatsAnswer = z.output<typeof statsSchema>;

/** A line of `GET api/log`. */
export type ShownLogLine = z.output<typeof logLineSchema>;
export type ShownLogLevel = ShownLogLine["level"];

export const shownLogLevels = ["debug", "info", "warn", "error"] as const satisfies readonly ShownLogLevel[];
