import { dutch as feed } from "@heatloop/core/room-feed/texts/dutch";
import { dutch as curve } from "../curve/dutch.ts";
import { dutch as cycles } from "../cycles/dutch.ts";
import { dutch as diagnostics } from "../diagnostics/dutch.ts";
import { dutch as rooms } from "../rooms/dutch.ts";
import type { LateTexts } from "./kinds.ts";

export const dutch: LateTexts = { curve, cycles, rooms, feed, diagnostics };
