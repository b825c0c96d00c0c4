import type { CyclesTexts } from "./english.ts";

export const danish: CyclesTexts = {
  by_hand: "Betjent manuelt",
  overshoot: "Fremløb over målet",
  minimum_output: "Ydelsen kunne ikke lavere",
  target_lowered: "Fremløbsmålet blev sænket",
  room_satisfied: "Rummet var varmt nok",
  unexplained: "Ingen årsag set",
  run_lengths: "Driftstider",
  no_short_runs: "Ingen kort kørsel.",
  no_runs: "Ingen kørsel af kompressoren registreret.",
  of_history: "Fra Home Assistants historik, som kun går nogle dage tilbage og ikke kender årsagerne.",
  days_made: "{made} af {all} dage",
  runs_long_enough: "Kørslerne er lange nok.",
  pause: "Lad den stå i {by} efter et sådant stop: med spærringen, rumtermostatens hysterese eller et tidsprogram.",
  flow_higher: "Hæv den ønskede fremløbstemperatur eller varmekurven med {by}.",
  flow_lower: "Sænk den ønskede fremløbstemperatur eller varmekurven med {by}: så kører den videre.",
  flow_steps: "Sænk den ønskede fremløbstemperatur med mindre end {by} på 10 minutter.",
  tank: "Lad beholderen køle mere ned, før den varmes igen.",
  spares: "Op til {count} færre starter om dagen.",
};
