import { zoneOf } from "@heatloop/core/time/local-day";
import { remembered } from "./remembered.ts";

/** Each remembers the offsets of years; homes of a hub are in few of them. */
const mostZones = 100;

/** A zone by its IANA name; undefined where there is none of that name. */
export const knownZone = remembered(mostZones, (name) => zoneOf(name));
