import { fill } from "@heatloop/core/text/fill-text";
import type { Mistake } from "@heatloop/program/mistakes";
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { allowedText } from "./allowed-text.ts";
import { entryIndex, mistakesAt } from "./draft.ts";
import { type Entered, sentValue } from "./entered.ts";
import type { FormField, FormOption } from "./fields.ts";
import { type FieldLimits, limitsAt } from "./limits.ts";
import type { FormTextKey, FormTexts } from "./texts/english.ts";

/** What fields are shown with. */
export type FieldLook = {
  readonly texts: FormTexts;
  readonly mistakes: readonly Mistake[];
  /** JSON Schema of the settings; undefined: it did not come, and fields show no limits. */
  readonly schema: unknown;
  readonly decimalSign: string;
  /** What a field may be filled in with, by its path; a person may write anything else. */
  readonly suggestions?: ReadonlyMap<string, readonly Suggestion[]>;
};

export type Suggestion = { readonly value: string; readonly label: string };

/** What a text says under a key that may be missing. */
export function textAt(texts: FormTexts, key: string): string | undefined {
  return texts[key as FormTextKey];
}

/**
 * A field with its label, what it says about itself and the mistakes at it. `at` is its path as mistakes have it, with the
 * index of its row.
 */
export function fieldTemplate(
  field: FormField,
  entered: Entered,
  look: FieldLook,
  change: (entered: Entered) => void,
  at = field.path,
): TemplateResult {
  const { texts } = look;
  const id = at.replace(/[^a-z0-9]+/gi, "-");
  const { textsOf = field.path } = field;
  const label = textAt(texts, textsOf) ?? field.path;
  const mistakes = mistakesAt(look.mistakes, at);
  const help = textAt(texts, `${textsOf}?`);
  const limits = limitsAt(look.schema, field.path);
  const described = [help && `${id}-help`, mistakes.length > 0 && `${id}-mistake`].filter(Boolean).join(" ");
  const about = {
    id,
    described,
    isWrong: mistakes.length > 0,
    limits,
    decimalSign: look.decimalSign,
    suggestions: look.suggestions?.get(field.path),
  };
  const isSwitch = field.kind === "switch";
  return html`<div class="field ${field.kind}" data-path=${at}>
    ${isGroup(field) ? html`<span class="label" id="${id}-label">${label}</span>` : html`<label for=${id}>${label}</label>`}
    <span class="entry">
      ${input(field, entered, texts, change, about)}
      ${field.unit === undefined || isSwitch ? nothing : html`<span class="unit">${field.unit}</span>`}
    </span>
    ${help === undefined ? nothing : html`<p class="help" id="${id}-help">${help}</p>`}
    ${mistakes.length === 0 ? nothing : mistakeText(mistakes, look, `${id}-mistake`, sentEntries(field, entered))}
  </div>`;
}

/** What is wrong, beside where it is; `entries`: those of a list, of which the wrong one is named. */
export function mistakeText(
  mistakes: readonly Mistake[],
  { texts, decimalSign }: Pick<FieldLook, "texts" | "decimalSign">,
  id: string,
  entries: readonly string[] = [],
) {
  const sentences = mistakes.map((mistake) => {
    const entry = entries[entryIndex(mistake) ?? -1];
    const sentence = fill(texts.mistake, { allowed: allowedText(mistake, texts, decimalSign) });
    return entry === undefined ? sentence : `${entry}: ${sentence}`;
  });
  return html`<p class="mistake" id=${id} role="alert">${sentences.join(" ")}</p>`;
}

/** The entries of a list of texts as they were sent, without empty lines. */
function sentEntries(field: FormField, entered: Entered): readonly string[] {
  return field.kind === "texts" ? (sentValue(field, entered) as readonly string[]) : [];
}

type About = {
  readonly id: string;
  readonly described: string;
  readonly isWrong: boolean;
  readonly limits: FieldLimits;
  readonly decimalSign: string;
  readonly suggestions: readonly Suggestion[] | undefined;
};

function isGroup({ kind }: FormField): boolean {
  return kind === "choices";
}

function input(field: FormField, entered: Entered, texts: FormTexts, change: (entered: Entered) => void, about: About) {
  switch (field.kind) {
    case "switch":
      return switchInput(entered === true, change, about);
    case "choice":
      return choiceInput(field, String(entered), texts, change, about);
    case "choices":
      return choicesInput(field, entered as readonly string[], texts, change, about);
    case "texts":
      return textsInput(entered as readonly string[], texts, change, about);
    default:
      return textInput(field, String(entered), change, about);
  }
}

function textInput(field: FormField, entered: string, change: (entered: Entered) => void, about: About) {
  const { id, described, isWrong, limits, decimalSign, suggestions } = about;
  const isNumber = field.kind === "number";
  const usual = typeof limits.usual === "number" ? String(limits.usual).replace(".", decimalSign) : limits.usual;
  return html`<input
    id=${id}
    type="text"
    autocomplete="off"
    autocapitalize="off"
    spellcheck="false"
    inputmode=${isNumber ? "decimal" : "text"}
    maxlength=${isNumber ? 24 : (limits.longest ?? 500)}
    placeholder=${usual ?? ""}
    list=${suggestions === undefined ? nothing : `${id}-suggestions`}
    aria-describedby=${described || nothing}
    aria-invalid=${isWrong ? "true" : nothing}
    .value=${live(entered)}
    @input=${(event: Event) => change(typedIn(event))}
  />${suggestions === undefined ? nothing : suggestionList(`${id}-suggestions`, suggestions)}`;
}

function suggestionList(id: string, suggestions: readonly Suggestion[]) {
  return html`<datalist id=${id}>
    ${suggestions.map(({ value, label }) => html`<option value=${value}>${label}</option>`)}
  </datalist>`;
}

function switchInput(isOn: boolean, change: (entered: Entered) => void, { id, described }: About) {
  return html`<input
    id=${id}
    type="checkbox"
    role="switch"
    aria-describedby=${described || nothing}
    .checked=${live(isOn)}
    @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}
  />`;
}

function choiceInput(
  field: FormField,
  entered: string,
  texts: FormTexts,
  change: (entered: Entered) => void,
  { id, described, isWrong }: About,
) {
  const options = (field.options ?? []).map(
    (option) =>
      html`<option value=${option.id} ?selected=${option.id === entered}>${optionText(field, option, texts)}</option>`,
  );
  return html`<select
    id=${id}
    aria-describedby=${described || nothing}
    aria-invalid=${isWrong ? "true" : nothing}
    .value=${live(entered)}
    @change=${(event: Event) => change(typedIn(event))}
  >
    ${options}
  </select>`;
}

function choicesInput(
  field: FormField,
  entered: readonly string[],
  texts: FormTexts,
  change: (entered: Entered) => void,
  { id, described, limits }: About,
) {
  const options = field.options ?? (limits.values ?? []).map((value) => ({ id: value, value }));
  const ids = options.map((option) => option.id);
  const toggle = (option: string, isOn: boolean) =>
    change(ids.filter((each) => (each === option ? isOn : entered.includes(each))));
  return html`<span class="options" role="group" aria-labelledby="${id}-label" aria-describedby=${described || nothing}>
    ${options.map(
      (option) => html`<label class="option">
        <input
          type="checkbox"
          .checked=${live(entered.includes(option.id))}
          @change=${(event: Event) => toggle(option.id, (event.target as HTMLInputElement).checked)}
        />
        ${optionText(field, option, texts)}
      </label>`,
    )}
  </span>`;
}

function textsInput(
  entered: readonly string[],
  texts: FormTexts,
  change: (entered: Entered) => void,
  { id, described, isWrong }: About,
) {
  return html`<textarea
    id=${id}
    rows=${Math.max(2, Math.min(8, entered.length + 1))}
    spellcheck="false"
    placeholder=${texts.one_per_line}
    aria-describedby=${described || nothing}
    aria-invalid=${isWrong ? "true" : nothing}
    .value=${live(entered.join("\n"))}
    @input=${(event: Event) => change(typedIn(event).split("\n"))}
  ></textarea>`;
}

function optionText({ path, textsOf = path }: FormField, { id, label }: FormOption, texts: FormTexts): string {
  return label ?? textAt(texts, `${textsOf}=${id}`) ?? id;
}

function typedIn(event: Event): string {
  return (event.target as HTMLInputElement).value;
}
