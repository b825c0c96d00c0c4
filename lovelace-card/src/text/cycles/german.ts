import type { CyclesTexts } from "./english.ts";

export const german: CyclesTexts = {
  by_hand: "Von Hand geschaltet",
  overshoot: "Vorlauf über dem Sollwert",
  minimum_output: "Leistung ging nicht tiefer",
  target_lowered: "Vorlauf-Sollwert wurde gesenkt",
  room_satisfied: "Raum war warm genug",
  unexplained: "Kein Grund erkennbar",
  run_lengths: "Laufzeiten",
  no_short_runs: "Kein kurzer Lauf.",
  no_runs: "Kein Lauf des Kompressors erfasst.",
  of_history: "Aus dem Verlauf von Home Assistant: er reicht nur einige Tage zurück und kennt keine Gründe.",
  days_made: "{made} von {all} Tagen",
  runs_long_enough: "Die Läufe sind lang genug.",
  pause:
    "Lass sie nach einem solchen Stopp {by} aus: durch die Taktsperre, die Schaltdifferenz des Raumthermostats oder ein Zeitprogramm.",
  flow_higher: "Hebe die Vorlauf-Solltemperatur oder die Heizkurve um {by} an.",
  flow_lower: "Senke die Vorlauf-Solltemperatur oder die Heizkurve um {by}: dann läuft sie durch.",
  flow_steps: "Senke die Vorlauf-Solltemperatur in 10 Minuten um weniger als {by}.",
  tank: "Lass den Speicher weiter auskühlen, bevor er wieder geladen wird.",
  spares: "Bis zu {count} Starts am Tag weniger.",
};
