import { danish as feed } from "@heatloop/core/room-feed/texts/danish";
import { danish as curve } from "../curve/danish.ts";
import { danish as cycles } from "../cycles/danish.ts";
import { danish as diagnostics } from "../diagnostics/danish.ts";
import { danish as rooms } from "../rooms/danish.ts";
import type { LateTexts } from "./kinds.ts";

export const danish: LateTexts = { curve, cycles, rooms, feed, diagnostics };
