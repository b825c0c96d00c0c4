import type { CyclesTexts } from "./english.ts";

export const french: CyclesTexts = {
  by_hand: "Commande manuelle",
  overshoot: "Départ au-dessus de la consigne",
  minimum_output: "La puissance ne pouvait pas baisser",
  target_lowered: "Consigne de départ abaissée",
  room_satisfied: "La pièce était assez chaude",
  unexplained: "Aucune cause visible",
  run_lengths: "Durée des cycles",
  no_short_runs: "Aucun cycle court.",
  no_runs: "Aucun cycle du compresseur mesuré.",
  of_history: "D'après l'historique de Home Assistant, qui ne garde que quelques jours et ne connaît pas les causes.",
  days_made: "{made} jours sur {all}",
  runs_long_enough: "Les cycles sont assez longs.",
  pause:
    "Après un tel arrêt, laissez-la éteinte {by} : par le blocage anti-cycles courts, l'hystérésis du thermostat ou une programmation.",
  flow_higher: "Relevez la consigne de départ ou la loi d'eau de {by}.",
  flow_lower: "Baissez la consigne de départ ou la loi d'eau de {by} : elle continue alors de tourner.",
  flow_steps: "Baissez la consigne de départ de moins de {by} en 10 minutes.",
  tank: "Laissez le ballon refroidir davantage avant de le réchauffer.",
  spares: "Jusqu'à {count} démarrages de moins par jour.",
};
