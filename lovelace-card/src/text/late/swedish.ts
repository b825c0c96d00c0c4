import { swedish as feed } from "@heatloop/core/room-feed/texts/swedish";
import { swedish as curve } from "../curve/swedish.ts";
import { swedish as cycles } from "../cycles/swedish.ts";
import { swedish as diagnostics } from "../diagnostics/swedish.ts";
import { swedish as rooms } from "../rooms/swedish.ts";
import type { LateTexts } from "./kinds.ts";

export const swedish: LateTexts = { curve, cycles, rooms, feed, diagnostics };
