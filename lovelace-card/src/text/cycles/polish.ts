import type { CyclesTexts } from "./english.ts";

export const polish: CyclesTexts = {
  by_hand: "Przełączone ręcznie",
  overshoot: "Zasilanie powyżej zadanego",
  minimum_output: "Moc nie mogła zejść niżej",
  target_lowered: "Obniżono zadane zasilanie",
  room_satisfied: "W pokoju było dość ciepło",
  unexplained: "Brak widocznej przyczyny",
  run_lengths: "Czasy pracy",
  no_short_runs: "Brak krótkich cykli.",
  no_runs: "Nie zarejestrowano pracy sprężarki.",
  of_history: "Z historii Home Assistant, która sięga tylko kilka dni wstecz i nie zna przyczyn.",
  days_made: "dni: {made} z {all}",
  runs_long_enough: "Cykle są wystarczająco długie.",
  pause:
    "Po takim zatrzymaniu zostaw ją wyłączoną na {by}: blokadą taktowania, histerezą termostatu lub harmonogramem.",
  flow_higher: "Podnieś zadaną temperaturę zasilania lub krzywą grzewczą o {by}.",
  flow_lower: "Obniż zadaną temperaturę zasilania lub krzywą grzewczą o {by}: wtedy pracuje dalej.",
  flow_steps: "Obniżaj zadaną temperaturę zasilania o mniej niż {by} w 10 minut.",
  tank: "Pozwól zasobnikowi bardziej ostygnąć, zanim zostanie znów nagrzany.",
  spares: "Nawet o {count} startów dziennie mniej.",
};
