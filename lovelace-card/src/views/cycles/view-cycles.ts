import { cyclesGlance } from "../../energy/energy-glance.ts";
import { lateView } from "../../look/late-view.ts";
import type { View } from "../../look/view.ts";

/** On a tab of the card. */
export const cyclesView = {
  name: "cycles",
  label: {
    en: "Cycles",
    de: "Takte",
    nl: "Cycli",
    da: "Cyklusser",
    no: "Sykluser",
    sv: "Cykler",
    it: "Cicli",
    es: "Ciclos",
    fr: "Cycles",
    pl: "Cykle",
    sk: "Cykly",
    fi: "Käyntijaksot",
  },
  element: lateView("heatloop-cycles-content", async () => (await import("./cycles-content.ts")).CyclesContent),
  follows: [],
  glance: cyclesGlance,
} as const satisfies View;
