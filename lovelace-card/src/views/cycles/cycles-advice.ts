import { fill } from "@heatloop/core/text/fill-text";
import { html, nothing } from "lit";
import type { ViewInput } from "../../look/view.ts";
import type { ReportCycles } from "../../range/addon-report.ts";
import type { CyclesTexts } from "../../text/cycles/english.ts";
import { cyclesTextsOf } from "../../text/late/cycles-texts.ts";
import { causeText, durationText } from "./cycles-words.ts";

/** By setting and change: core/events/cycle-advice.ts. */
const advices: Readonly<Record<string, keyof CyclesTexts>> = {
  pause_higher: "pause",
  flow_setpoint_higher: "flow_higher",
  flow_setpoint_lower: "flow_lower",
  flow_setpoint_step_lower: "flow_steps",
  dhw_max_temperature_drop_higher: "tank",
};

/** What to change so that it starts less often, and what that spares; undefined where nothing is known of it. */
export function adviceText(
  { problem, advice }: Pick<ReportCycles, "problem" | "advice">,
  input: Pick<ViewInput, "texts" | "formats" | "hass">,
): string | undefined {
  const { formats } = input;
  const advised = cyclesTextsOf(formats.language);
  if (advice === null) return problem === "none" ? advised.runs_long_enough : undefined;
  const key = advices[`${advice.setting}_${advice.change}`];
  if (key === undefined) return undefined;
  const change = fill(advised[key], { by: amountText(advice, input) });
  const { cause, reason, starts_a_day_fewer: fewer } = advice;
  const spares = fewer === null ? "" : ` ${fill(advised.spares, { count: formats.number(fewer, 1) })}`;
  return `${causeText(cause, reason, input)}: ${change}${spares}`;
}

/** The same below the strips. */
export function adviceNote(of: Pick<ReportCycles, "problem" | "advice">, input: ViewInput) {
  const text = adviceText(of, input);
  return text === undefined ? nothing : html`<p class="advice">${text}</p>`;
}

/** `2 K`, `3.6 °F`, `30 min`. */
function amountText(
  { by, to, unit }: NonNullable<ReportCycles["advice"]>,
  { formats, hass }: Pick<ViewInput, "formats" | "hass">,
): string {
  const amount = by ?? to;
  if (amount === null || unit === null) return "";
  if (unit === "min") return durationText(amount * 60, formats);
  const isFahrenheit = hass.config.unit_system.temperature === "°F";
  return isFahrenheit ? `${formats.number(amount * 1.8, 1)}\u00a0°F` : `${formats.number(amount, 0)}\u00a0K`;
}
