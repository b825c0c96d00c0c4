import type { CyclesTexts } from "./english.ts";

export const spanish: CyclesTexts = {
  by_hand: "Cambio manual",
  overshoot: "Impulsión por encima de la consigna",
  minimum_output: "La potencia no podía bajar más",
  target_lowered: "La consigna de impulsión bajó",
  room_satisfied: "La habitación ya estaba caliente",
  unexplained: "Sin causa visible",
  run_lengths: "Duración de los ciclos",
  no_short_runs: "Ningún ciclo corto.",
  no_runs: "No se ha registrado ningún ciclo del compresor.",
  of_history: "Del historial de Home Assistant, que guarda solo unos días y no conoce las causas.",
  days_made: "{made} de {all} días",
  runs_long_enough: "Los ciclos son lo bastante largos.",
  pause:
    "Tras una parada así, mantenla apagada {by}: con el bloqueo por ciclos cortos, la histéresis del termostato o una programación horaria.",
  flow_higher: "Sube {by} la consigna de impulsión o la curva climática.",
  flow_lower: "Baja {by} la consigna de impulsión o la curva climática: así sigue en marcha.",
  flow_steps: "Baja la consigna de impulsión menos de {by} en 10 minutos.",
  tank: "Deja que el depósito se enfríe más antes de volver a calentarlo.",
  spares: "Hasta {count} arranques menos al día.",
};
