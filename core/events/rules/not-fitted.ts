import { minuteMs } from "../../time/durations.ts";
import type { FindingRule, RuleCase } from "./finding-rule.ts";
import type { RuledDay } from "./rule-day.ts";
import type { RuleResult } from "./rule-result.ts";
import { optionalSensors, type Unfitted } from "./unfitted-sensors.ts";

export const rule = {
  name: "not_fitted",
  when: "the flow, or the electricity counter, is 0 all day although the compressor runs for half an hour; reported once for the days that follow each other, and then in place of air, low flow and a stuck counter",
  value: null,
  texts: {
    en: {
      name: "Sensor not fitted",
      why: "The unit has no such sensor, or it is not connected: what is calculated from it is blank.",
    },
    de: {
      name: "Fühler nicht vorhanden",
      why: "Das Gerät hat diesen Fühler nicht, oder er ist nicht angeschlossen: was daraus folgt, bleibt leer.",
    },
    it: {
      name: "Sonda non presente",
      why: "L'unità non ha questa sonda, o non è collegata: ciò che ne deriva resta vuoto.",
    },
    fr: {
      name: "Sonde absente",
      why: "L'appareil n'a pas cette sonde, ou elle n'est pas raccordée : ce qui en découle reste vide.",
    },
    nl: {
      name: "Sensor niet aanwezig",
      why: "Het toestel heeft deze sensor niet, of hij is niet aangesloten: wat eruit volgt, blijft leeg.",
    },
    pl: {
      name: "Brak czujnika",
      why: "Urządzenie nie ma tego czujnika albo nie jest on podłączony: to, co z niego wynika, pozostaje puste.",
    },
  },
  ofDay: () => [],
  ofDays: (days) => optionalSensors.flatMap((point) => stretchesWithout(point, days)),
} as const satisfies FindingRule;

/** Days that follow each other are one result. */
function stretchesWithout(point: Unfitted, days: readonly RuledDay[]): RuleResult[] {
  const results: RuleResult[] = [];
  for (const { startAt, endAt } of days.filter(({ unfitted }) => unfitted.includes(point))) {
    const last = results.at(-1);
    const from = last?.to === startAt ? (results.pop()?.from ?? startAt) : startAt;
    results.push({ from, to: endAt, minutes: (endAt - from) / minuteMs, point, value: null });
  }
  return results;
}

export const cases: readonly RuleCase[] = [
  {
    title: "a flow of 0 on two days is one result",
    days: [
      [{ minutes: 40, operation: "heating", points: { flow_rate: 0 } }],
      [{ minutes: 40, operation: "heating", points: { flow_rate: 0 } }],
    ],
    results: [{ from: 0, to: 2880, value: null, point: "flow_rate" }],
  },
  {
    title: "twenty minutes of running are no proof",
    days: [[{ minutes: 20, operation: "heating", points: { flow_rate: 0 } }]],
    results: [],
  },
];
