import type { Glance, GlanceFigure, ViewInput } from "../look/view.ts";
import { estimateEntities, readingEntities, readingsOf, type ShownReading } from "./readings.ts";

type Place = ShownReading["place"];
const temperatures: readonly Place[] = ["flow", "room", "room_2", "tank", "outdoor"];
const follows = [...readingEntities, ...estimateEntities] as const;

function readingsAt(places: readonly Place[], { hass, heatPump, config, formats, texts }: ViewInput) {
  const source = { states: hass.states, entities: heatPump.entities };
  const readings = readingsOf({ source, config, formats, texts });
  return places.flatMap((place): readonly GlanceFigure[] => readings.filter((reading) => reading.place === place));
}

/** The temperatures of this moment, then what the heat pump takes and gives. */
export const nowGlance = {
  upToRows: 4,
  follows,
  figures: (input) => readingsAt([...temperatures, "figure"], input),
} as const satisfies Glance;

/** What the heat pump takes and gives at this moment. */
export const powerGlance = {
  upToRows: 4,
  follows,
  figures: (input) => readingsAt(["figure"], input),
} as const satisfies Glance;

/** The temperatures of this moment; a chart of them is legible from three rows on. */
export const temperaturesGlance = {
  upToRows: 2,
  follows,
  figures: (input) => readingsAt(temperatures, input),
} as const satisfies Glance;

/** The same for a view that is a list, which would be cut off. */
export const roomsGlance = { ...temperaturesGlance, upToRows: 3 } as const satisfies Glance;

/** The same for a list of which two rows show something whole. */
export const controlGlance = { ...temperaturesGlance, upToRows: 1 } as const satisfies Glance;

/** What the heat pump takes and gives, for a list of which three rows show something whole. */
export const diagnosticsGlance = { ...powerGlance, upToRows: 2 } as const satisfies Glance;
