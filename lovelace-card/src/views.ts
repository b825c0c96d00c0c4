import { controlEntities } from "./control-items.ts";
import { periodEntities } from "./period-state.ts";
import { readingEntities } from "./readings.ts";
import { temperatureEntities } from "./temperature-lines.ts";
import type { View } from "./view.ts";
import { ControlView } from "./view-control.ts";
import { CyclesView } from "./view-cycles.ts";
import { DownloadsView } from "./view-downloads.ts";
import { EnergyView } from "./view-energy.ts";
import type { ViewName } from "./view-names.ts";
import { NowView } from "./view-now.ts";
import { TemperaturesView } from "./view-temperatures.ts";

/** The views of the card; a new one is a row here, a name in view-names.ts and its label in the texts. */
export const views: Readonly<Record<ViewName, View>> = {
  now: { label: "view_now", tag: "heatloop-now", element: NowView, follows: readingEntities },
  temperatures: {
    label: "view_temperatures",
    tag: "heatloop-temperatures",
    element: TemperaturesView,
    follows: [...temperatureEntities, "short_cycle_lockout"],
  },
  energy: { label: "view_energy", tag: "heatloop-energy", element: EnergyView, follows: periodEntities },
  cycles: { label: "view_cycles", tag: "heatloop-cycles", element: CyclesView, follows: [] },
  control: { label: "view_control", tag: "heatloop-control", element: ControlView, follows: controlEntities },
  downloads: { label: "view_downloads", tag: "heatloop-downloads", element: DownloadsView, follows: [] },
};
