import type { CyclesTexts } from "./english.ts";

export const danish: CyclesTexts = {
  by_hand: "Betjent manuelt",
  overshoot: "Fremløb over det ønskede",
  minimum_output: "Ydelsen kunne ikke blive lavere",
  target_lowered: "Ønsket fremløb sænket",
  room_satisfied: "Rummet var varmt nok",
  unexplained: "Årsag ukendt",
  run_lengths: "Driftstider",
  no_short_runs: "Ingen korte cyklusser.",
  no_runs: "Ingen kompressorcyklus registreret.",
  of_history: "Fra Home Assistants historik, som kun går nogle dage tilbage og ikke kender årsagerne.",
  days_made: "{made} af {all} dage",
  runs_long_enough: "Cyklusserne er lange nok.",
  pause:
    "Lad varmepumpen være slukket i {by} efter et sådant stop: med spærringen, rumtermostatens hysterese eller et tidsprogram.",
  flow_higher: "Hæv den ønskede fremløbstemperatur eller varmekurven med {by}.",
  flow_lower: "Sænk den ønskede fremløbstemperatur eller varmekurven med {by}: så kører den videre.",
  flow_steps: "Sænk den ønskede fremløbstemperatur med mindre end {by} på 10 minutter.",
  tank: "Lad beholderen køle mere ned, før den varmes igen.",
  spares: "Op til {count} færre starter om dagen.",
};
