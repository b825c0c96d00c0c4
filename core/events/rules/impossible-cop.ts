import { copResults, counterStepWh } from "./cop-windows.ts";
import type { FindingRule, RuleCase } from "./finding-rule.ts";

/** Above what any Ecodan's data book has, at whatever temperatures. */
const highestCop = 10;
/** No machine does better: the best of the field run at 55 % of Carnot (heatpumpmonitor.org). */
const highestCarnotShare = 0.7;

export const rule = {
  name: "impossible_cop",
  when: "in such a window the COP is above 10 or above 70 % of Carnot, beyond what one step of the electricity counter explains",
  value: "cop",
  texts: {
    en: {
      name: "Impossibly high COP",
      why: "No machine is that good: the flow sensor shows too much, or the electricity meter does not measure all of it.",
    },
    de: {
      name: "Unmöglich hoher COP",
      why: "So gut ist keine Maschine: der Durchflusssensor zeigt zu viel, oder der Stromzähler misst nicht alles.",
    },
    it: {
      name: "COP impossibile, troppo alto",
      why: "Nessuna macchina è così buona: il flussimetro segna troppo, o il contatore elettrico non misura tutto.",
    },
    fr: {
      name: "COP impossible, trop élevé",
      why: "Aucune machine n'est aussi bonne : le débitmètre indique trop, ou le compteur électrique ne mesure pas tout.",
    },
    nl: {
      name: "Onmogelijk hoge COP",
      why: "Zo goed is geen machine: de debietsensor geeft te veel aan, of de elektriciteitsmeter meet niet alles.",
    },
    pl: {
      name: "Niemożliwie wysoki COP",
      why: "Żadne urządzenie nie jest tak dobre: czujnik przepływu zawyża albo licznik prądu nie mierzy wszystkiego.",
    },
  },
  ofDay: ({ windows }) =>
    copResults(windows, ({ heatWh, electricityWh, idealWh }) => {
      const leastShare = electricityWh / (electricityWh + counterStepWh);
      const isTooHigh = heatWh / electricityWh > highestCop / leastShare;
      return isTooHigh || (idealWh !== null && heatWh / idealWh > highestCarnotShare / leastShare);
    }),
} as const satisfies FindingRule;

export const cases: readonly RuleCase[] = [
  {
    title: "thirteen times the electricity",
    days: [[{ minutes: 90, operation: "heating", heatW: 15_600, electricityW: 1200 }]],
    results: [{ from: 10, to: 85, value: 13 }],
  },
  {
    title: "6.8 where Carnot allows 7.8 (35 °C flow, 3 °C outdoors)",
    days: [[{ minutes: 90, operation: "heating", heatW: 8160, electricityW: 1200 }]],
    results: [{ from: 10, to: 85, value: 6.8 }],
  },
  {
    title: "4.5 is a good machine",
    days: [[{ minutes: 90, operation: "heating", heatW: 5400, electricityW: 1200 }]],
    results: [],
  },
];
