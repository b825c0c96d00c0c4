import { numberIn, ranSteadily, type SeenMinute } from "../../energy/timeline.ts";
import { hasAir } from "./air-in-circuit.ts";
import type { FindingRule, RuleCase } from "./finding-rule.ts";
import { resultOf, streaks } from "./running.ts";

export const rule = {
  name: "flow_below_minimum",
  when: "for 2 minutes or more the compressor runs with less water than the unit's data sheet asks for; 5 L/min where the settings do not say",
  value: { unit: "L/min", decimals: 0 },
  texts: {
    en: {
      name: "Flow rate below the minimum",
      why: "With too little water the compressor stops or wears out early: check the filter, the valves and the pump's speed.",
    },
    de: {
      name: "Durchfluss unter dem Mindestwert",
      why: "Mit zu wenig Wasser schaltet der Kompressor ab oder verschleißt früh: Filter, Ventile und Pumpenstufe prüfen.",
    },
    it: {
      name: "Portata sotto il minimo",
      why: "Con poca acqua il compressore si ferma o si usura presto: controllare filtro, valvole e velocità della pompa.",
    },
    fr: {
      name: "Débit sous le minimum",
      why: "Avec trop peu d'eau, le compresseur s'arrête ou s'use vite : vérifier le filtre, les vannes et la vitesse de la pompe.",
    },
    nl: {
      name: "Debiet onder het minimum",
      why: "Met te weinig water stopt de compressor of slijt hij snel: controleer filter, kleppen en pompsnelheid.",
    },
    pl: {
      name: "Przepływ poniżej minimum",
      why: "Przy zbyt małym przepływie sprężarka wyłącza się lub szybciej się zużywa: sprawdź filtr, zawory i bieg pompy.",
    },
  },
  ofDay: ({ minutes, limits, unfitted }) => {
    if (unfitted.includes("flow_rate")) return [];
    const isLow = (minute: SeenMinute) => {
      const flowLMin = numberIn(minute, "flow_rate");
      return flowLMin !== null && flowLMin < limits.leastFlowLMin && ranSteadily(minute) && !hasAir(minute);
    };
    return streaks(minutes, isLow).map((streak) => resultOf(streak, lowestFlowLMin(streak)));
  },
} as const satisfies FindingRule;

function lowestFlowLMin(minutes: readonly SeenMinute[]): number | null {
  const values = minutes.map((minute) => numberIn(minute, "flow_rate")).filter((value) => value !== null);
  return values.length === 0 ? null : Math.min(...values);
}

export const cases: readonly RuleCase[] = [
  {
    title: "the lowest flow of the stretch",
    days: [
      [
        { minutes: 20, operation: "heating", heatW: 4000 },
        { minutes: 4, operation: "heating", heatW: 1500, points: { flow_rate: 4 } },
        { minutes: 3, operation: "heating", heatW: 1200, points: { flow_rate: 3 } },
        { minutes: 9, operation: "heating", heatW: 4000 },
      ],
    ],
    results: [{ from: 20, to: 27, value: 3 }],
  },
  {
    title: "the unit's data sheet where it is given",
    days: [[{ minutes: 20, operation: "heating", heatW: 4000, points: { flow_rate: 9 } }]],
    limits: { leastFlowLMin: 10 },
    results: [{ from: 0, to: 20, value: 9 }],
  },
  {
    title: "5 L/min is enough where nothing is given",
    days: [[{ minutes: 20, operation: "heating", heatW: 4000, points: { flow_rate: 5 } }]],
    results: [],
  },
];
