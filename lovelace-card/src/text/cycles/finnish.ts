import type { CyclesTexts } from "./english.ts";

export const finnish: CyclesTexts = {
  by_hand: "Kytketty käsin",
  overshoot: "Menovesi yli tavoitteen",
  minimum_output: "Teho ei voinut laskea enempää",
  target_lowered: "Menoveden tavoite laski",
  room_satisfied: "Huone oli riittävän lämmin",
  unexplained: "Syy ei tiedossa",
  run_lengths: "Käyntijaksojen pituudet",
  no_short_runs: "Ei lyhyitä käyntijaksoja.",
  no_runs: "Kompressorin käyntijaksoja ei mitattu.",
  of_history: "Home Assistantin historiasta, joka kattaa vain muutaman päivän eikä tunne syitä.",
  days_made: "{made}/{all} päivää",
  runs_long_enough: "Käyntijaksot ovat riittävän pitkiä.",
  pause:
    "Pidä lämpöpumppu pois päältä {by} tällaisen pysähdyksen jälkeen: pätkäkäynnin eston, termostaatin hystereesin tai aikaohjelman avulla.",
  flow_higher: "Nosta menoveden tavoitelämpötilaa tai lämpökäyrää {by}.",
  flow_lower: "Laske menoveden tavoitelämpötilaa tai lämpökäyrää {by}: silloin se käy pidempään.",
  flow_steps: "Laske menoveden tavoitelämpötilaa alle {by} 10 minuutissa.",
  tank: "Anna varaajan jäähtyä enemmän ennen uutta lämmitystä.",
  spares: "Jopa {count} käynnistystä vähemmän päivässä.",
};
