import type { CyclesTexts } from "./english.ts";

export const dutch: CyclesTexts = {
  by_hand: "Met de hand geschakeld",
  overshoot: "Aanvoer schoot door",
  minimum_output: "Vermogen kon niet lager",
  target_lowered: "Gewenste aanvoer verlaagd",
  room_satisfied: "Kamer was warm genoeg",
  unexplained: "Oorzaak onbekend",
  run_lengths: "Looptijden",
  no_short_runs: "Geen korte cyclus.",
  no_runs: "Geen cyclus van de compressor gemeten.",
  of_history: "Uit de geschiedenis van Home Assistant: die gaat maar enkele dagen terug en kent geen oorzaken.",
  days_made: "{made} van {all} dagen",
  runs_long_enough: "De cycli zijn lang genoeg.",
  pause:
    "Laat de warmtepomp na zo'n stop {by} uit: met de pendelblokkering, de hysterese van de thermostaat of een tijdprogramma.",
  flow_higher: "Verhoog de gewenste aanvoertemperatuur of de stooklijn met {by}.",
  flow_lower: "Verlaag de gewenste aanvoertemperatuur of de stooklijn met {by}: dan blijft de warmtepomp draaien.",
  flow_steps: "Verlaag de gewenste aanvoertemperatuur in 10 minuten met minder dan {by}.",
  tank: "Laat de boiler verder afkoelen voordat hij weer wordt opgewarmd.",
  spares: "Tot {count} starts per dag minder.",
};
