import { type Zone, zoneOf } from "@heatloop/core/time/local-day";

/** Whose archive the generated years are, and where it stands. */
export const yearDevice = "bench";
const name = "Europe/Rome";
export const yearZone = zoneOf(name, process.env.TZ === name) as Zone;
