import type { CyclesTexts } from "./english.ts";

export const slovak: CyclesTexts = {
  by_hand: "Prepnuté ručne",
  overshoot: "Prívod nad želanou teplotou",
  minimum_output: "Výkon nemohol ísť nižšie",
  target_lowered: "Želaná teplota prívodu klesla",
  room_satisfied: "V miestnosti bolo dosť teplo",
  unexplained: "Príčinu nevidno",
  run_lengths: "Dĺžky behov",
  no_short_runs: "Žiadny krátky beh.",
  no_runs: "Nezaznamenal sa žiadny beh kompresora.",
  of_history: "Z histórie Home Assistanta, ktorá siaha len niekoľko dní dozadu a nepozná príčiny.",
  days_made: "{made} z {all} dní",
  runs_long_enough: "Behy sú dosť dlhé.",
  pause:
    "Po takom zastavení ho nechajte {by} vypnuté: blokovaním proti cyklovaniu, hysterézou termostatu alebo časovým programom.",
  flow_higher: "Zvýšte želanú teplotu prívodu alebo vykurovaciu krivku o {by}.",
  flow_lower: "Znížte želanú teplotu prívodu alebo vykurovaciu krivku o {by}: potom beží ďalej.",
  flow_steps: "Znižujte želanú teplotu prívodu o menej ako {by} za 10 minút.",
  tank: "Nechajte zásobník viac vychladnúť, kým sa znova zohreje.",
  spares: "Až o {count} štartov denne menej.",
};
