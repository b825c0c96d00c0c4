import type { View } from "../look/view.ts";
import { controlView } from "./control/view-control.ts";
import { curveView } from "./curve/view-curve.ts";
import { cyclesView } from "./cycles/view-cycles.ts";
import { diagnosticsView } from "./diagnostics/view-diagnostics.ts";
import { downloadsView } from "./downloads/view-downloads.ts";
import { energyView } from "./energy/view-energy.ts";
import { nowView } from "./now/view-now.ts";
import { powerView } from "./power/view-power.ts";
import { roomsView } from "./rooms/view-rooms.ts";
import { temperaturesView } from "./temperatures/view-temperatures.ts";

/** The views of the card in the order in which one without `views:` shows them. */
export const views = [
  nowView,
  temperaturesView,
  powerView,
  energyView,
  cyclesView,
  curveView,
  roomsView,
  controlView,
  diagnosticsView,
  downloadsView,
] as const;
export type ViewName = (typeof views)[number]["name"];

export const viewNames: readonly ViewName[] = views.map(({ name }) => name);

/** The view of a name, or the first one. */
export function viewOf(name: string | undefined): View {
  return views.find((view) => view.name === name) ?? nowView;
}
