import type { ViewName } from "../home-assistant/view-names.ts";
import type { View } from "../look/view.ts";
import { controlEntities } from "./control/control-items.ts";
import { ControlView } from "./control/view-control.ts";
import { CyclesView } from "./cycles/view-cycles.ts";
import { DownloadsView } from "./downloads/view-downloads.ts";
import { periodEntities } from "./energy/period-state.ts";
import { EnergyView } from "./energy/view-energy.ts";
import { readingEntities } from "./now/readings.ts";
import { NowView } from "./now/view-now.ts";
import { temperatureEntities } from "./temperatures/temperature-lines.ts";
import { TemperaturesView } from "./temperatures/view-temperatures.ts";

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
