import { french as feed } from "@heatloop/core/room-feed/texts/french";
import { french as curve } from "../curve/french.ts";
import { french as cycles } from "../cycles/french.ts";
import { french as diagnostics } from "../diagnostics/french.ts";
import { french as rooms } from "../rooms/french.ts";
import type { LateTexts } from "./kinds.ts";

export const french: LateTexts = { curve, cycles, rooms, feed, diagnostics };
