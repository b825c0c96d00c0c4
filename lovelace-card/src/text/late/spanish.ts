import { spanish as feed } from "@heatloop/core/room-feed/texts/spanish";
import { spanish as curve } from "../curve/spanish.ts";
import { spanish as cycles } from "../cycles/spanish.ts";
import { spanish as diagnostics } from "../diagnostics/spanish.ts";
import { spanish as rooms } from "../rooms/spanish.ts";
import type { LateTexts } from "./kinds.ts";

export const spanish: LateTexts = { curve, cycles, rooms, feed, diagnostics };
