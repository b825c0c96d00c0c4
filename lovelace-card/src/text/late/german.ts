import { german as feed } from "@heatloop/core/room-feed/texts/german";
import { german as curve } from "../curve/german.ts";
import { german as cycles } from "../cycles/german.ts";
import { german as diagnostics } from "../diagnostics/german.ts";
import { german as rooms } from "../rooms/german.ts";
import type { LateTexts } from "./kinds.ts";

export const german: LateTexts = { curve, cycles, rooms, feed, diagnostics };
