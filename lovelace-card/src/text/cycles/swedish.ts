import type { CyclesTexts } from "./english.ts";

export const swedish: CyclesTexts = {
  by_hand: "Manuellt ändrat",
  overshoot: "Framledning över börvärdet",
  minimum_output: "Effekten kunde inte bli lägre",
  target_lowered: "Framledningens börvärde sänkt",
  room_satisfied: "Rummet var varmt nog",
  unexplained: "Okänd orsak",
  run_lengths: "Gångtider",
  no_short_runs: "Inga korta cykler.",
  no_runs: "Ingen kompressorcykel registrerad.",
  of_history: "Från Home Assistants historik, som bara sträcker sig några dagar bakåt och inte känner till orsakerna.",
  days_made: "{made} av {all} dagar",
  runs_long_enough: "Cyklerna är tillräckligt långa.",
  pause:
    "Låt värmepumpen stå stilla i {by} efter ett sådant stopp: med spärren, rumstermostatens hysteres eller ett tidsprogram.",
  flow_higher: "Höj önskad framledningstemperatur eller värmekurvan med {by}.",
  flow_lower: "Sänk önskad framledningstemperatur eller värmekurvan med {by}: då går den vidare.",
  flow_steps: "Sänk önskad framledningstemperatur med mindre än {by} på 10 minuter.",
  tank: "Låt tanken svalna mer innan den värms igen.",
  spares: "Upp till {count} färre starter per dag.",
};
