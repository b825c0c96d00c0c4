import { downloadsGlance } from "../../energy/energy-glance.ts";
import { lateView } from "../../look/late-view.ts";
import type { View } from "../../look/view.ts";

/** On a tab of the card. */
export const downloadsView = {
  name: "downloads",
  label: {
    en: "Downloads",
    de: "Downloads",
    nl: "Downloads",
    da: "Downloads",
    no: "Nedlastinger",
    sv: "Nedladdningar",
    it: "Download",
    es: "Descargas",
    fr: "Téléchargements",
    pl: "Pobieranie",
    sk: "Na stiahnutie",
    fi: "Lataukset",
  },
  element: lateView(
    "heatloop-downloads-content",
    async () => (await import("./downloads-content.ts")).DownloadsContent,
  ),
  follows: [],
  glance: downloadsGlance,
} as const satisfies View;
