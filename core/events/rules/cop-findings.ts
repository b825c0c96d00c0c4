import { numberIn, ranSteadily, type SeenMinute, totalUse } from "../../energy/timeline.ts";
import { minuteMs } from "../../time/durations.ts";
import { carnotCop } from "../performance.ts";
import type { Finding, FindingName } from "./finding.ts";

/** With less electricity the counter's steps of 0.1 kWh make a COP a guess. */
const windowWh = 500;
const stepWh = 100;
/** A start or defrost shifts heat in time: a window begins this long after it. */
const settledMinutes = 10;
/** emoncms flags the same (docs/energy/day-events.md, Findings). */
const highestCop = 10;
/** No machine does better: the best on heatpumpmonitor.org run at 55 % of Carnot. */
const highestCarnotShare = 0.7;

type Window = {
  from: number;
  to: number;
  minutes: number;
  heatWh: number;
  electricityWh: number;
  idealWh: number | null;
};

/**
 * Windows of settled running whose COP can't be: below 0, below 1, above 10 or above 70 % of Carnot, each beyond what
 * one step of the electricity counter explains. Minutes with the immersion heater don't count, for its heat is unseen.
 */
export function copFindings(minutes: readonly SeenMinute[]): Finding[] {
  const findings: Finding[] = [];
  let window = emptyWindow();
  let settled = 0;
  let cooled = false;
  for (const minute of minutes) {
    const { figures, use } = minute;
    const through = ranSteadily(minute);
    const cools = (figures.cooling_s ?? 0) > 0;
    if (cools !== cooled) window = emptyWindow();
    cooled = cools;
    settled = through ? settled + 1 : 0;
    if (settled <= settledMinutes || use === null || figures.heat_wh === null) continue;
    if ((numberIn(minute, "immersion_heater") ?? 0) > 0) continue;
    addTo(window, minute, cools ? (figures.cooling_wh ?? 0) : figures.heat_wh, totalUse(use), cools);
    if (window.electricityWh < windowWh) continue;
    const name = verdict(window);
    if (name !== null) addFinding(findings, name, window);
    window = emptyWindow();
  }
  return findings;
}

function emptyWindow(): Window {
  return { from: 0, to: 0, minutes: 0, heatWh: 0, electricityWh: 0, idealWh: 0 };
}

function addTo(window: Window, minute: SeenMinute, heatWh: number, electricityWh: number, cools: boolean): void {
  const flowC = numberIn(minute, "flow_temperature");
  const outdoorC = numberIn(minute, "outdoor_temperature");
  const ideal = cools || flowC === null || outdoorC === null ? null : carnotCop(flowC, outdoorC);
  if (window.minutes === 0) window.from = minute.at;
  window.to = minute.at + minuteMs;
  window.minutes += 1;
  window.heatWh += heatWh;
  window.electricityWh += electricityWh;
  window.idealWh = window.idealWh === null || ideal === null ? null : window.idealWh + ideal * electricityWh;
}

function verdict({ heatWh, electricityWh, idealWh }: Window): FindingName | null {
  if (heatWh < 0) return "negative_cop";
  if (heatWh < electricityWh - stepWh) return "cop_below_one";
  const stepShare = electricityWh / (electricityWh + stepWh);
  const tooGood = heatWh / electricityWh > highestCop / stepShare;
  const beyondCarnot = idealWh !== null && heatWh / idealWh > highestCarnotShare / stepShare;
  return tooGood || beyondCarnot ? "impossible_cop" : null;
}

/** A window that goes on where the last one ended makes it longer. */
function addFinding(findings: Finding[], name: FindingName, window: Window): void {
  const cop = window.heatWh / window.electricityWh;
  const last = findings.at(-1);
  if (last !== undefined && last.name === name && last.to === window.from) {
    const minutes = last.minutes + window.minutes;
    const value = ((last.value ?? cop) * last.minutes + cop * window.minutes) / minutes;
    findings[findings.length - 1] = { ...last, to: window.to, minutes, value };
    return;
  }
  findings.push({ name, from: window.from, to: window.to, minutes: window.minutes, point: null, value: cop });
}
