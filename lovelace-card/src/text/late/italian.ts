import { italian as feed } from "@heatloop/core/room-feed/texts/italian";
import { italian as curve } from "../curve/italian.ts";
import { italian as cycles } from "../cycles/italian.ts";
import { italian as diagnostics } from "../diagnostics/italian.ts";
import { italian as rooms } from "../rooms/italian.ts";
import type { LateTexts } from "./kinds.ts";

export const italian: LateTexts = { curve, cycles, rooms, feed, diagnostics };
