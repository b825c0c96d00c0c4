import { finnish as curve } from "../curve/finnish.ts";
import { finnish as cycles } from "../cycles/finnish.ts";
import { finnish as diagnostics } from "../diagnostics/finnish.ts";
import { finnish as rooms } from "../rooms/finnish.ts";
import type { LateTexts } from "./kinds.ts";

export const finnish: LateTexts = { curve, cycles, rooms, diagnostics };
