import { type Zone, zoneOf } from "@heatloop/core/local-day";

/** Whose archive the generated years are, and where it stands. */
export const yearDevice = "bench";
export const yearZone = zoneOf("Europe/Rome") as Zone;
