import type { CyclesTexts } from "./english.ts";

export const norwegian: CyclesTexts = {
  by_hand: "Betjent manuelt",
  overshoot: "Tur over målet",
  minimum_output: "Effekten kunne ikke lavere",
  target_lowered: "Turmålet ble senket",
  room_satisfied: "Rommet var varmt nok",
  unexplained: "Ingen årsak sett",
  run_lengths: "Driftstider",
  no_short_runs: "Ingen kort kjøring.",
  no_runs: "Ingen kjøring av kompressoren registrert.",
  of_history: "Fra Home Assistants historikk, som bare går noen dager tilbake og ikke kjenner årsakene.",
  days_made: "{made} av {all} dager",
  runs_long_enough: "Kjøringene er lange nok.",
  pause: "La den stå i {by} etter et slikt stopp: med sperren, romtermostatens hysterese eller et tidsprogram.",
  flow_higher: "Hev ønsket turtemperatur eller varmekurven med {by}.",
  flow_lower: "Senk ønsket turtemperatur eller varmekurven med {by}: da går den videre.",
  flow_steps: "Senk ønsket turtemperatur med mindre enn {by} på 10 minutter.",
  tank: "La tanken kjøles mer ned før den varmes igjen.",
  spares: "Opptil {count} færre starter per dag.",
};
