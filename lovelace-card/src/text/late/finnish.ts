import { finnish as feed } from "@heatloop/core/room-feed/texts/finnish";
import { finnish as curve } from "../curve/finnish.ts";
import { finnish as cycles } from "../cycles/finnish.ts";
import { finnish as diagnostics } from "../diagnostics/finnish.ts";
import { finnish as rooms } from "../rooms/finnish.ts";
import type { LateTexts } from "./kinds.ts";

export const finnish: LateTexts = { curve, cycles, rooms, feed, diagnostics };
