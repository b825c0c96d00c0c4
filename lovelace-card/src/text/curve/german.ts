import type { CurveTexts } from "./english.ts";

export const german: CurveTexts = {
  used: "Genutzt",
  in_use: "Eingestellte Heizkurve",
  needed: "Bedarf des Hauses",
  suggested: "Vorschlag",
  advice: "Vorgeschlagene Heizkurve: {coldFlow} Vorlauf bei {cold} außen und {warmFlow} bei {warm}.",
  lower: "Der Vorlauf könnte im Mittel {difference} kühler sein.",
  lower_share: "Der Vorlauf könnte im Mittel {difference} kühler sein: etwa {share} weniger Strom fürs Heizen.",
  fits: "Der Vorlauf entspricht schon etwa dem Vorschlag.",
  higher:
    "Der Vorlauf ist im Mittel {difference} kühler, als das Haus zu brauchen scheint. Sind alle Räume warm genug, kann er so bleiben.",
  carefully: "Senke immer nur um ein, zwei Grad und prüfe einige Tage lang, ob alle Räume warm bleiben.",
  at_controller:
    "Die Heizkurve der Wärmepumpe wird an deren Regler eingestellt; von hier aus lässt sie sich nicht ändern.",
  limits: "Die auto-adaptive Regelung wählt den Vorlauf innerhalb dieser Grenzen.",
  limit_max: "Höchster Vorlauf",
  limit_min: "Niedrigster Vorlauf",
  too_few_days: "Was das Haus braucht, ist noch nicht bekannt: Dazu sind zehn Heiztage nötig.",
  too_little_cold: "Was das Haus braucht, ist noch nicht bekannt: Alle Tage waren etwa gleich kalt.",
  no_relation: "Was das Haus braucht, ist nicht bekannt: An kälteren Tagen nimmt es nicht mehr Wärme auf.",
  no_steady_heating:
    "Was das Haus braucht, ist nicht bekannt: Das Wasser läuft nie länger als eine Stunde am Stück um.",
  assumed: "Angenommen: {list}.",
  exponent: "Heizkörper",
  room_temperature: "{room} in den Räumen",
  coldest_seen: "kälter als bisher wird es nicht",
  beyond_seen: "bei größerer Kälte als bisher steigt der Bedarf gleichmäßig weiter",
  zones_together: "beide Zonen brauchen denselben Vorlauf",
  share_of_carnot: "die Wärmepumpe arbeitet mit kühlerem Vorlauf gleich gut",
};
