import { copResults } from "./cop-windows.ts";
import type { FindingRule, RuleCase } from "./finding-rule.ts";

export const rule = {
  name: "negative_cop",
  when: "in a window of 0.5 kWh of settled running (one run without a gap, from 10 minutes after a start or defrost on, without the immersion heater) the heat is below 0",
  value: "cop",
  texts: {
    en: {
      name: "Negative COP",
      why: "A running heat pump that takes heat out of the house points to swapped flow and return sensors, or to a wrong one.",
    },
    de: {
      name: "Negativer COP",
      why: "Eine laufende Wärmepumpe, die dem Haus Wärme entzieht, deutet auf vertauschte Vor- und Rücklauffühler oder einen falschen Fühler hin.",
    },
    it: {
      name: "COP negativo",
      why: "Una pompa di calore in funzione che sottrae calore alla casa indica sonde di mandata e ritorno scambiate, o una sonda sbagliata.",
    },
    fr: {
      name: "COP négatif",
      why: "Une pompe à chaleur en marche qui prend de la chaleur à la maison laisse penser à des sondes de départ et de retour inversées, ou à une sonde défaillante.",
    },
    nl: {
      name: "Negatieve COP",
      why: "Een draaiende warmtepomp die warmte aan het huis onttrekt, wijst op verwisselde aanvoer- en retoursensoren of op een foute sensor.",
    },
    pl: {
      name: "Ujemny COP",
      why: "Pracująca pompa ciepła, która zabiera ciepło z domu, wskazuje na zamienione czujniki zasilania i powrotu albo na błędny czujnik.",
    },
  },
  ofDay: ({ windows }) => copResults(windows, ({ heatWh }) => heatWh < 0),
} as const satisfies FindingRule;

export const cases: readonly RuleCase[] = [
  {
    title: "half a kilowatt is taken out of the house",
    days: [[{ minutes: 90, operation: "heating", heatW: -600, electricityW: 1200 }]],
    results: [{ from: 10, to: 85, value: -0.5 }],
  },
  {
    title: "little heat is not less than none",
    days: [[{ minutes: 90, operation: "heating", heatW: 1, electricityW: 1200 }]],
    results: [],
  },
];
