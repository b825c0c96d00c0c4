import type { CyclesTexts } from "./english.ts";

export const italian: CyclesTexts = {
  by_hand: "Comando manuale",
  overshoot: "Mandata oltre il valore impostato",
  minimum_output: "La potenza non poteva scendere",
  target_lowered: "Mandata impostata abbassata",
  room_satisfied: "La stanza era abbastanza calda",
  unexplained: "Nessuna causa visibile",
  run_lengths: "Durata dei cicli",
  no_short_runs: "Nessun ciclo breve.",
  no_runs: "Nessun ciclo del compressore rilevato.",
  of_history: "Dalla cronologia di Home Assistant, che conserva solo alcuni giorni e non conosce le cause.",
  days_made: "{made} giorni su {all}",
  runs_long_enough: "I cicli sono abbastanza lunghi.",
  pause:
    "Dopo un arresto così tienila spenta per {by}: con il blocco anti-pendolamento, l'isteresi del termostato o un programma orario.",
  flow_higher: "Alza di {by} la temperatura di mandata impostata o la curva climatica.",
  flow_lower: "Abbassa di {by} la temperatura di mandata impostata o la curva climatica: così resta in funzione.",
  flow_steps: "Abbassa la temperatura di mandata impostata di meno di {by} in 10 minuti.",
  tank: "Lascia raffreddare di più il bollitore prima che venga riscaldato.",
  spares: "Fino a {count} avvii al giorno in meno.",
};
