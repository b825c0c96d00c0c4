import { fill } from "@heatloop/core/text/fill-text";
import type { HeatPumpEntity } from "../../home-assistant/entity-id.ts";
import type { StateObject } from "../../home-assistant/hass.ts";
import { type Shown, shownValue, valueFrom } from "../../home-assistant/value.ts";
import { daysAndHours } from "../../look/duration-text.ts";
import { refrigerantText } from "../../look/notices.ts";
import { sizeText } from "../../look/size-text.ts";
import type { ViewInput } from "../../look/view.ts";
import type { DiagnosticsTexts } from "../../text/diagnostics/english.ts";

/** A value as a person reads it: a figure or words, and what is to be said of it. */
export type ShownDiagnostic = { readonly text: string; readonly detail: string | undefined };

export type DiagnosticsWords = Pick<ViewInput, "hass" | "formats" | "texts"> & {
  readonly diagnosticsTexts: DiagnosticsTexts;
};

/** Seconds of each unit that Home Assistant may show a duration in. */
const unitSeconds: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3_600, d: 86_400 };

/** What an entity says, in words and the person's formats; a dash and the reason where it says nothing. */
export function shownDiagnostic(id: HeatPumpEntity, state: StateObject, words: DiagnosticsWords): ShownDiagnostic {
  const { texts, hass, formats, diagnosticsTexts } = words;
  const { state: text, attributes } = state;
  if (text === "unavailable" || text === "unknown") return { text: "–", detail: texts[text] };
  if (text.trim() === "") return { text: "–", detail: texts.unknown };
  if (id === "alerts") return shownAlerts(attributes.alerts, text, diagnosticsTexts);
  const reason = typeof attributes.reason === "string" && attributes.reason !== "" ? attributes.reason : undefined;
  const inWords = wordsOf(id, text, attributes.device_class, words);
  if (inWords !== undefined) return { text: inWords, detail: reason };
  const value = valueFrom(state);
  // A text may look like a number: 20.06, 00100010.
  const isMeasured = attributes.unit_of_measurement !== undefined || attributes.state_class !== undefined;
  if (value.kind !== "number" || !isMeasured) return { text, detail: reason };
  const seconds = value.value * (unitSeconds[value.unit] ?? 1);
  if (id === "esp_uptime") return { text: daysAndHours(seconds, formats.language), detail: undefined };
  if (value.unit === "B") return { text: sizeText(value.value, formats.language), detail: undefined };
  const decimals = hass.entities[state.entity_id]?.display_precision ?? (Number.isInteger(value.value) ? 0 : 1);
  return withUnit(shownValue(value, decimals, formats, texts));
}

function withUnit({ figure, unit, reason }: Shown): ShownDiagnostic {
  return { text: unit === "" ? figure : `${figure}\u00a0${unit}`, detail: reason };
}

/** undefined: the text is the firmware's own, or a number. */
function wordsOf(
  id: HeatPumpEntity,
  state: string,
  deviceClass: unknown,
  { texts, diagnosticsTexts }: DiagnosticsWords,
): string | undefined {
  switch (id) {
    case "log":
      return diagnosticsTexts[state === "on" ? "not_written" : "written"];
    case "fault_code":
      return state === "No error" ? diagnosticsTexts.none : undefined;
    case "room_feed_zone_1":
    case "room_feed_zone_2":
      return (texts as Readonly<Record<string, string>>)[`feed_${state}`];
    case "refrigerant_error":
      return state.toLowerCase() === "normal" ? diagnosticsTexts.ok : refrigerantText(state, texts);
    case "heat_source":
    case "pump_feedback":
    case "multi_zone_status":
      return stateWords(state, texts, diagnosticsTexts);
    default:
      if (state !== "on" && state !== "off") return undefined;
      if (deviceClass === "problem") return diagnosticsTexts[state === "on" ? "problem" : "ok"];
      return diagnosticsTexts[state];
  }
}

/** A value of core/catalogue/text-states.ts in words; undefined for one that it does not have. */
function stateWords(state: string, texts: ViewInput["texts"], diagnosticsTexts: DiagnosticsTexts): string | undefined {
  switch (state) {
    case "standby":
      return texts.standby;
    case "heat_pump":
      return texts.power;
    case "zone_1":
      return fill(texts.zone, { zone: 1 });
    case "zone_2":
      return fill(texts.zone, { zone: 2 });
    default:
      return Object.hasOwn(diagnosticsTexts, state) ? diagnosticsTexts[state as keyof DiagnosticsTexts] : undefined;
  }
}

/** How many there are that are no mere information, and what each says. */
function shownAlerts(alerts: unknown, state: string, texts: DiagnosticsTexts): ShownDiagnostic {
  const list = Array.isArray(alerts) ? (alerts as readonly { readonly message?: unknown }[]) : [];
  const messages = list.flatMap(({ message }) => (typeof message === "string" ? [message] : []));
  const detail = messages.length === 0 ? undefined : messages.join(" · ");
  return { text: state === "on" ? texts.problem : texts.none, detail };
}
