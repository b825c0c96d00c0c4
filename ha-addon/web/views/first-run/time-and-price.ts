import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { mistakesAt } from "../../forms/draft.ts";
import { entityLanguages } from "../../forms/fields.ts";
import type { Choice } from "./choice.ts";
import { type FirstRunPart, mistakeTexts } from "./rooms-section.ts";

/** Time zone and price, each with where the guess is from, and the language of names. */
export function timeAndPriceTemplate(part: FirstRunPart): TemplateResult {
  const { found, choice, texts } = part;
  const zoneFrom = found.time_zone.from === "machine" ? texts.from_machine : texts.from_home_assistant;
  const isGuess = choice.timeZone === found.time_zone.guess;
  const priceFrom = found.tariff === null ? texts.price_text : texts.from_energy_dashboard;
  const hasEntity = choice.priceEntity !== "" || choice.guessedEntity !== "";
  return html`<section class="panel">
    <h2>${texts.time_price_language}</h2>
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
    ${namesField(part)}
  </section>`;
}

function namesField({ choice, texts, change }: FirstRunPart) {
  const options = entityLanguages.map(
    ({ id, label }) =>
      html`<option value=${id} ?selected=${id === choice.namesLanguage}>${label ?? texts.names_of_home_assistant}</option>`,
  );
  return html`<div class="field" data-path="entities.language">
    <label for="entities-language">${texts.names_language}</label>
    <select
      id="entities-language"
      .value=${live(choice.namesLanguage)}
      @change=${(event: Event) => change({ ...choice, namesLanguage: (event.target as HTMLSelectElement).value })}
    >
      ${options}
    </select>
  </div>`;
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
