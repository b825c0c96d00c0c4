import { slovak as feed } from "@heatloop/core/room-feed/texts/slovak";
import { slovak as curve } from "../curve/slovak.ts";
import { slovak as cycles } from "../cycles/slovak.ts";
import { slovak as diagnostics } from "../diagnostics/slovak.ts";
import { slovak as rooms } from "../rooms/slovak.ts";
import type { LateTexts } from "./kinds.ts";

export const slovak: LateTexts = { curve, cycles, rooms, feed, diagnostics };
