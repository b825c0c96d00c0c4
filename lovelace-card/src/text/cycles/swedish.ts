import type { CyclesTexts } from "./english.ts";

export const swedish: CyclesTexts = {
  by_hand: "Manuellt ändrat",
  overshoot: "Framledning över målet",
  minimum_output: "Effekten kunde inte lägre",
  target_lowered: "Framledningsmålet sänktes",
  room_satisfied: "Rummet var varmt nog",
  unexplained: "Ingen orsak sedd",
  run_lengths: "Drifttider",
  no_short_runs: "Ingen kort körning.",
  no_runs: "Ingen körning av kompressorn registrerad.",
  of_history: "Från Home Assistants historik, som bara sträcker sig några dagar bakåt och inte känner till orsakerna.",
  days_made: "{made} av {all} dagar",
  runs_long_enough: "Körningarna är tillräckligt långa.",
  pause: "Låt den stå i {by} efter ett sådant stopp: med spärren, rumstermostatens hysteres eller ett tidsprogram.",
  flow_higher: "Höj önskad framledningstemperatur eller värmekurvan med {by}.",
  flow_lower: "Sänk önskad framledningstemperatur eller värmekurvan med {by}: då går den vidare.",
  flow_steps: "Sänk önskad framledningstemperatur med mindre än {by} på 10 minuter.",
  tank: "Låt tanken svalna mer innan den värms igen.",
  spares: "Upp till {count} färre starter per dag.",
};
