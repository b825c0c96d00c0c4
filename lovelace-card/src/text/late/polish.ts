import { polish as feed } from "@heatloop/core/room-feed/texts/polish";
import { polish as curve } from "../curve/polish.ts";
import { polish as cycles } from "../cycles/polish.ts";
import { polish as diagnostics } from "../diagnostics/polish.ts";
import { polish as rooms } from "../rooms/polish.ts";
import type { LateTexts } from "./kinds.ts";

export const polish: LateTexts = { curve, cycles, rooms, feed, diagnostics };
