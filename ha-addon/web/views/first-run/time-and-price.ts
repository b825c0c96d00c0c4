import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { mistakesAt } from "../../forms/draft.ts";
import type { Choice } from "./choice.ts";
import { type FirstRunPart, mistakeTexts } from "./rooms-section.ts";

/** Time zone and price, each with where the guess is from. */
export function timeAndPriceTemplate(part: FirstRunPart): TemplateResult {
  const { found, choice, texts } = part;
  const zoneFrom = found.time_zone.from === "machine" ? texts.from_machine : texts.from_home_assistant;
  const isGuess = choice.timeZone === found.time_zone.guess;
  const priceFrom = found.tariff === null ? texts.price_text : texts.from_energy_dashboard;
  const hasEntity = choice.priceEntity !== "" || choice.guessedEntity !== "";
  return html`<section class="panel">
    <h2>${texts.time_and_price}</h2>
    ${textField(part, {
      path: "time_zone",
      label: texts.time_zone,
      value: choice.timeZone,
      help: isGuess ? zoneFrom : "",
      change: (timeZone) => ({ timeZone }),
    })}
    ${textField(part, {
      path: "tariff.price_per_kwh",
      label: texts.price,
      value: choice.price,
      help: priceFrom,
      isNumber: true,
      change: (price) => ({ price }),
    })}
    ${textField(part, {
      path: "tariff.currency",
      label: texts.currency,
      value: choice.currency,
      help: "",
      change: (currency) => ({ currency }),
    })}
    ${
      hasEntity
        ? textField(part, {
            path: "tariff.dynamic.entity",
            label: texts.price_entity,
            value: choice.priceEntity,
            help: "",
            change: (priceEntity) => ({ priceEntity }),
          })
        : nothing
    }
  </section>`;
}

type TextField = {
  /** As mistakes have it. */
  readonly path: string;
  readonly label: string;
  readonly value: string;
  readonly help: string;
  readonly isNumber?: boolean;
  readonly change: (typed: string) => Partial<Choice>;
};

function textField(part: FirstRunPart, { path, label, value, help, isNumber, change }: TextField) {
  const mistakes = mistakesAt(part.mistakes, path);
  const id = path.replaceAll(".", "-");
  return html`<div class="field" data-path=${path}>
    <label for=${id}>${label}</label>
    <input
      id=${id}
      type="text"
      autocomplete="off"
      spellcheck="false"
      inputmode=${isNumber ? "decimal" : "text"}
      maxlength=${isNumber ? 24 : 300}
      aria-describedby="${id}-help"
      aria-invalid=${mistakes.length > 0 ? "true" : nothing}
      .value=${live(value)}
      @input=${(event: Event) => part.change({ ...part.choice, ...change((event.target as HTMLInputElement).value) })}
    />
    <p class="help" id="${id}-help">${help}</p>
    ${mistakeTexts(mistakes, part.texts)}
  </div>`;
}
