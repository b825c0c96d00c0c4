import { copResults, counterStepWh } from "./cop-windows.ts";
import type { FindingRule, RuleCase } from "./finding-rule.ts";

export const rule = {
  name: "cop_below_one",
  when: "in such a window there is less heat than electricity, beyond what one step of the electricity counter (0.1 kWh) explains",
  value: "cop",
  texts: {
    en: {
      name: "COP below 1",
      why: "Less heat than electricity is hardly possible in steady running: check the flow sensor, the temperature sensors, and what the electricity meter measures.",
    },
    de: {
      name: "COP unter 1",
      why: "Weniger Wärme als Strom ist im ruhigen Lauf kaum möglich: Durchflusssensor, Temperaturfühler und den Messbereich des Stromzählers prüfen.",
    },
    it: {
      name: "COP sotto 1",
      why: "Meno calore che elettricità è quasi impossibile a regime: controllare il flussimetro, le sonde e che cosa misura il contatore elettrico.",
    },
    fr: {
      name: "COP inférieur à 1",
      why: "Moins de chaleur que d'électricité est presque impossible en régime établi : vérifier le débitmètre, les sondes et ce que mesure le compteur électrique.",
    },
    nl: {
      name: "COP onder 1",
      why: "Minder warmte dan stroom kan bijna niet bij gelijkmatig bedrijf: controleer de debietsensor, de temperatuursensoren en wat de elektriciteitsmeter meet.",
    },
    pl: {
      name: "COP poniżej 1",
      why: "Mniej ciepła niż prądu jest w ustalonej pracy prawie niemożliwe: sprawdź czujnik przepływu, czujniki temperatury i co mierzy licznik prądu.",
    },
  },
  ofDay: ({ windows }) =>
    copResults(windows, ({ heatWh, electricityWh }) => heatWh >= 0 && heatWh < electricityWh - counterStepWh),
} as const satisfies FindingRule;

export const cases: readonly RuleCase[] = [
  {
    title: "half of the electricity",
    days: [[{ minutes: 90, operation: "heating", heatW: 600, electricityW: 1200 }]],
    results: [{ from: 10, to: 85, value: 0.5 }],
  },
  {
    title: "windows that follow each other are one result: all their heat over all their electricity",
    days: [
      [
        { minutes: 35, operation: "heating", heatW: 600, electricityW: 1200 },
        { minutes: 10, operation: "heating", heatW: 600, electricityW: 3000 },
      ],
    ],
    results: [{ from: 10, to: 45, value: 0.35 }],
  },
  {
    title: "runs that are too short for 0.5 kWh don't make a window together",
    days: [
      Array.from({ length: 6 }, () => [
        { minutes: 30, operation: "heating", heatW: 600, electricityW: 1200 } as const,
        { minutes: 30, operation: "standby" } as const,
      ]).flat(),
    ],
    results: [],
  },
  {
    title: "one step of the counter explains it",
    days: [[{ minutes: 90, operation: "heating", heatW: 1080, electricityW: 1200 }]],
    results: [],
  },
  {
    title: "the immersion heater's heat is not seen",
    days: [[{ minutes: 200, operation: "heating", heatW: 600, electricityW: 1200, points: { immersion_heater: 60 } }]],
    results: [],
  },
];
