import { numberIn, ranSteadily, type SeenMinute } from "../../energy/timeline.ts";
import type { FindingRule, RuleCase } from "./finding-rule.ts";
import { resultOf, streaks } from "./running.ts";

/** emoncms' myheatpump has these limits: no heat (50 W, so 50/60 Wh a minute) although the flow is warm and warmer than the return. */
const leastHeatWh = 50 / 60;
const leastDifferenceK = 1.5;
const leastFlowC = 30;

export const rule = {
  name: "air_in_circuit",
  when: "for 2 minutes or more the compressor runs, the flow is above 30 °C and more than 1.5 K above the return, and less than 50 W of heat are counted (after emoncms' myheatpump)",
  value: null,
  texts: {
    en: {
      name: "Air in the heating circuit",
      why: "Air keeps the water from carrying the heat away: bleed the circuit and look for where it gets in.",
    },
    de: {
      name: "Luft im Heizkreis",
      why: "Luft hindert das Wasser daran, die Wärme abzuführen: den Kreis entlüften und suchen, wo sie hineinkommt.",
    },
    it: {
      name: "Aria nel circuito di riscaldamento",
      why: "L'aria impedisce all'acqua di portare via il calore: sfiatare il circuito e cercare da dove entra.",
    },
    fr: {
      name: "Air dans le circuit de chauffage",
      why: "L'air empêche l'eau d'emporter la chaleur : purger le circuit et chercher par où il entre.",
    },
    nl: {
      name: "Lucht in het verwarmingscircuit",
      why: "Lucht belet het water de warmte af te voeren: ontlucht het circuit en zoek waar ze binnenkomt.",
    },
    pl: {
      name: "Powietrze w obiegu grzewczym",
      why: "Powietrze nie pozwala wodzie odbierać ciepła: odpowietrz obieg i sprawdź, którędy się dostaje.",
    },
  },
  ofDay: ({ minutes, unfitted }) =>
    unfitted.includes("flow_rate") ? [] : streaks(minutes, hasAir).map((streak) => resultOf(streak, null)),
} as const satisfies FindingRule;

/** Whether the heat of a minute is missing as air in the pipes makes it. */
export function hasAir(minute: SeenMinute): boolean {
  // Without a flow the heat of a minute is not known.
  const heatWh = minute.figures.heat_wh ?? (numberIn(minute, "flow_rate") === 0 ? 0 : null);
  const flowC = numberIn(minute, "flow_temperature");
  const returnC = numberIn(minute, "return_temperature");
  if (heatWh === null || flowC === null || returnC === null || !ranSteadily(minute)) return false;
  return Math.abs(heatWh) < leastHeatWh && flowC - returnC > leastDifferenceK && flowC > leastFlowC;
}

export const cases: readonly RuleCase[] = [
  {
    title: "five minutes without heat in a run",
    days: [
      [
        { minutes: 20, operation: "heating", heatW: 4000 },
        { minutes: 5, operation: "heating", heatW: 0, points: { flow_rate: 0 } },
        { minutes: 20, operation: "heating", heatW: 4000 },
      ],
    ],
    results: [{ from: 20, to: 25, value: null }],
  },
  {
    title: "a single minute may be a start",
    days: [
      [
        { minutes: 20, operation: "heating", heatW: 4000 },
        { minutes: 1, operation: "heating", heatW: 0 },
      ],
    ],
    results: [],
  },
  {
    title: "at 50 W the water still carries heat",
    days: [[{ minutes: 20, operation: "heating", heatW: 51 }]],
    results: [],
  },
  {
    title: "1.5 K of difference may be the sensors' own",
    days: [[{ minutes: 20, operation: "heating", heatW: 0, points: { return_temperature: 33.5 } }]],
    results: [],
  },
];
