import type { CyclesTexts } from "./english.ts";

export const norwegian: CyclesTexts = {
  by_hand: "Betjent manuelt",
  overshoot: "Turtemperatur over ønsket",
  minimum_output: "Effekten kunne ikke bli lavere",
  target_lowered: "Ønsket turtemperatur senket",
  room_satisfied: "Rommet var varmt nok",
  unexplained: "Årsak ukjent",
  run_lengths: "Driftstider",
  no_short_runs: "Ingen korte sykluser.",
  no_runs: "Ingen kompressorsyklus registrert.",
  of_history: "Fra Home Assistants historikk, som bare går noen dager tilbake og ikke kjenner årsakene.",
  days_made: "{made} av {all} dager",
  runs_long_enough: "Syklusene er lange nok.",
  pause:
    "La varmepumpen være av i {by} etter et slikt stopp: med sperren, romtermostatens hysterese eller et tidsprogram.",
  flow_higher: "Hev ønsket turtemperatur eller varmekurven med {by}.",
  flow_lower: "Senk ønsket turtemperatur eller varmekurven med {by}: da går den videre.",
  flow_steps: "Senk ønsket turtemperatur med mindre enn {by} på 10 minutter.",
  tank: "La tanken kjøles mer ned før den varmes igjen.",
  spares: "Opptil {count} færre starter per dag.",
};
