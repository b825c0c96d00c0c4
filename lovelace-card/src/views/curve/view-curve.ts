import type { HeatPumpEntity } from "../../home-assistant/entity-id.ts";
import { lateView } from "../../look/late-view.ts";
import type { View } from "../../look/view.ts";
import { nowGlance } from "../../readings/readings-glance.ts";

/** What it shows of the heat pump as it is now. */
export const curveEntities = [
  "auto_adaptive",
  "zone_1_operating_mode",
  "zone_2_operating_mode",
  "heating_flow_temperature_max_zone_1",
  "heating_flow_temperature_min_zone_1",
  "heating_flow_temperature_max_zone_2",
  "heating_flow_temperature_min_zone_2",
] as const satisfies readonly HeatPumpEntity[];

/** On a tab of the card. */
export const curveView = {
  name: "curve",
  label: {
    en: "Heating curve",
    de: "Heizkurve",
    nl: "Stooklijn",
    da: "Varmekurve",
    no: "Varmekurve",
    sv: "Värmekurva",
    it: "Curva climatica",
    es: "Curva climática",
    fr: "Loi d'eau",
    pl: "Krzywa grzewcza",
    sk: "Vykurovacia krivka",
    fi: "Lämpökäyrä",
  },
  element: lateView("heatloop-curve-content", async () => (await import("./curve-content.ts")).CurveContent),
  follows: curveEntities,
  glance: nowGlance,
} as const satisfies View;
