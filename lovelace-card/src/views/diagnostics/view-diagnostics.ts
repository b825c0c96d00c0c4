import { lateView } from "../../look/late-view.ts";
import type { View } from "../../look/view.ts";
import { diagnosticsGlance } from "../../readings/readings-glance.ts";
import { diagnosticsGroups } from "./diagnostics-groups.ts";

/** On a tab of the card. */
export const diagnosticsView = {
  name: "diagnostics",
  label: {
    en: "Diagnostics",
    de: "Diagnose",
    nl: "Diagnose",
    da: "Diagnostik",
    no: "Diagnostikk",
    sv: "Diagnostik",
    it: "Diagnostica",
    es: "Diagnóstico",
    fr: "Diagnostic",
    pl: "Diagnostyka",
    sk: "Diagnostika",
    fi: "Diagnostiikka",
  },
  element: lateView(
    "heatloop-diagnostics-content",
    async () => (await import("./diagnostics-content.ts")).DiagnosticsContent,
  ),
  follows: Object.values(diagnosticsGroups).flat(),
  glance: diagnosticsGlance,
} as const satisfies View;
