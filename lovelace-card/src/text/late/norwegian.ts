import { norwegian as feed } from "@heatloop/core/room-feed/texts/norwegian";
import { norwegian as curve } from "../curve/norwegian.ts";
import { norwegian as cycles } from "../cycles/norwegian.ts";
import { norwegian as diagnostics } from "../diagnostics/norwegian.ts";
import { norwegian as rooms } from "../rooms/norwegian.ts";
import type { LateTexts } from "./kinds.ts";

export const norwegian: LateTexts = { curve, cycles, rooms, feed, diagnostics };
