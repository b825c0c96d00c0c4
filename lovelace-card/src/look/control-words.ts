import { fill } from "@heatloop/core/text/fill-text";
import { html, nothing } from "lit";
import type { Formats } from "../home-assistant/formats.ts";
import type { Texts } from "../text/languages/english.ts";
import type { ControlChange } from "./control-changes.ts";
import type { ControlItem, QuestionOf } from "./control-item.ts";

type Words = {
  readonly item: ControlItem;
  readonly change: ControlChange;
  readonly questionOf: QuestionOf;
  readonly texts: Texts;
  readonly formats: Formats;
  /** The unit of temperatures. */
  readonly unit: string;
  readonly unavailable: boolean;
  answer(yes: boolean): void;
};

/** What stands below a setting: the question before it costs money, or how far its change has come. */
export function controlWords({ item, change, questionOf, texts, formats, unit, unavailable, answer }: Words) {
  if (change.kind !== "asking") {
    return html`<span class="words" role="status">${wordsOf(change, texts) ?? (unavailable ? texts.unavailable : "")}</span>`;
  }
  const question = questionOf(item, change.value, unit);
  const value = typeof change.value === "number" ? `${formats.number(change.value, 1)}\u00a0${unit}` : "";
  return html`<div
    class="ask"
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === "Escape") answer(false);
    }}
  >
    <span role="alert">${question === undefined ? nothing : texts[question.ask]}</span>
    <button class="no" @click=${() => answer(false)}>${texts.cancel}</button>
    <button class="yes" @click=${() => answer(true)}>${fill(texts[question?.yes ?? "do_change"], { value })}</button>
  </div>`;
}

function wordsOf(change: ControlChange, texts: Texts): string | undefined {
  switch (change.kind) {
    case "sending":
      return texts.sending;
    case "not_taken":
      return texts.not_taken;
    case "refused":
      return fill(texts.refused, { reason: change.reason });
    default:
      return undefined;
  }
}
