import { fill } from "@heatloop/core/text/fill-text";
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import {
  type ChannelDraft,
  channelsWith,
  keepsSecret,
  type SavedChannel,
  withChannelField,
} from "../../channels/channel-draft.ts";
import { channelFields, channelsField } from "../../channels/channel-fields.ts";
import { kindNames } from "../../channels/kind-names.ts";
import type { ChannelFormTexts } from "../../channels/texts/english.ts";
import { mistakesAt, rowPath } from "../../forms/draft.ts";
import type { Entered } from "../../forms/entered.ts";
import { type FieldLook, fieldTemplate, mistakeText, textAt } from "../../forms/field.ts";
import { type FormField, keyOf } from "../../forms/fields.ts";
import type { FormTexts } from "../../forms/texts/english.ts";

/** What the form of one channel is shown with. */
export type ChannelFormLook = FieldLook & {
  readonly texts: FormTexts & ChannelFormTexts;
  readonly showSecret: string;
  readonly cancel: string;
  readonly channels: readonly SavedChannel[];
  /** Whether the program keeps a secret of this channel. */
  readonly hasSecret: boolean;
  readonly isSecretShown: boolean;
  readonly isSaving: boolean;
  /** What is said beside the buttons, and above the fields. */
  readonly said: unknown;
  readonly notice: unknown;
};

export type ChannelFormActions = {
  change(draft: ChannelDraft): void;
  showSecret(isShown: boolean): void;
  save(): void;
  close(): void;
};

/** The form of one channel: its fields, its secret, and the buttons that save it or leave it. */
export function channelForm(draft: ChannelDraft, look: ChannelFormLook, actions: ChannelFormActions) {
  const { texts } = look;
  const { kind, was, row } = draft;
  const { index } = channelsWith(look.channels, draft);
  const submit = (event: Event) => {
    event.preventDefault();
    actions.save();
  };
  const { leads, tells } = channelFields(kind);
  const shown = (field: FormField) => {
    const key = keyOf(field);
    const entered = row.values[key] ?? "";
    const change = (each: Entered) => actions.change(withChannelField(draft, key, each));
    return fieldTemplate(field, entered, look, change, rowPath(channelsField(kind), index, key));
  };
  return html`<form novalidate class="entry-row" aria-labelledby="channel-heading" @submit=${submit}>
    <h3 id="channel-heading">${was === undefined ? texts.new_channel : fill(texts.change, { name: was.name })} · ${kindNames[kind]}</h3>
    <p class="help">${textAt(texts, `kind.${kind}`)}</p>
    ${look.notice}
    ${leads.map(shown)} ${secretField(draft, look, actions)} ${tells.map(shown)} ${otherMistakes(draft, look, index)}
    <div role="status">${look.said}</div>
    <div class="bar">
      <button class="main" type="submit" aria-disabled=${look.isSaving}>${texts.save}</button>
      <button type="button" @click=${() => actions.close()}>${look.cancel}</button>
    </div>
  </form>`;
}

/** What no field of the form shows. */
function otherMistakes(draft: ChannelDraft, { mistakes, texts }: ChannelFormLook, index: number) {
  const paths = (channelsField(draft.kind).fields ?? []).map((field) =>
    rowPath(channelsField(draft.kind), index, keyOf(field)),
  );
  const shown = [...paths, "secret"].flatMap((path) => mistakesAt(mistakes, path));
  const others = mistakes.filter((mistake) => !shown.includes(mistake));
  return others.map(({ path, allowed }) => html`<p class="mistake">${path}: ${fill(texts.mistake, { allowed })}</p>`);
}

/** The secret: written and never read, so that the field is empty where one is kept. */
function secretField(draft: ChannelDraft, look: ChannelFormLook, { change, showSecret }: ChannelFormActions) {
  const { texts, mistakes, isSecretShown } = look;
  const { kind, secret } = draft;
  const wrong = mistakes.filter(({ path }) => path === "secret");
  const state = secretState(draft, look.hasSecret);
  const described = ["secret-help", state !== "none" && "secret-state", wrong.length > 0 && "secret-mistake"];
  const removes = (removesSecret: boolean) => change({ ...draft, secret: "", removesSecret });
  return html`<div class="field" data-path="secret">
      <label for="secret">${textAt(texts, `secret.${kind}`)}</label>
      <span class="entry">
        <input
          id="secret"
          type=${isSecretShown ? "text" : "password"}
          autocomplete="new-password"
          autocapitalize="off"
          spellcheck="false"
          maxlength="2000"
          aria-describedby=${described.filter(Boolean).join(" ")}
          aria-invalid=${wrong.length > 0 ? "true" : nothing}
          .value=${live(secret)}
          @input=${(event: Event) => change({ ...draft, secret: (event.target as HTMLInputElement).value, removesSecret: false })}
        />
      </span>
      <p class="help" id="secret-help">${textAt(texts, `secret.${kind}?`)}</p>
      ${state === "none" ? nothing : html`<p class=${state === "lost" ? "mistake" : "help"} id="secret-state" role="status">${stateText(state, texts)}</p>`}
      ${wrong.length === 0 ? nothing : mistakeText(wrong, look, "secret-mistake")}
    </div>
    ${state === "kept" ? html`<button type="button" @click=${() => removes(true)}>${texts.secret_remove}</button>` : nothing}
    ${state === "removed" ? html`<button type="button" @click=${() => removes(false)}>${texts.secret_keep}</button>` : nothing}
    <div class="field switch">
      <label for="secret-shown">${look.showSecret}</label>
      <span class="entry"
        ><input
          id="secret-shown"
          type="checkbox"
          .checked=${live(isSecretShown)}
          @change=${(event: Event) => showSecret((event.target as HTMLInputElement).checked)}
      /></span>
    </div>`;
}

type SecretState = "none" | "kept" | "removed" | "lost";

/** What comes of the secret that is kept; one that is entered stands for itself. */
function secretState(draft: ChannelDraft, hasSecret: boolean): SecretState {
  if (!hasSecret) return "none";
  if (!keepsSecret(draft)) return draft.secret === "" ? "lost" : "none";
  return draft.removesSecret ? "removed" : "kept";
}

function stateText(state: Exclude<SecretState, "none">, texts: ChannelFormTexts): string {
  return { kept: texts.secret_kept, removed: texts.secret_removed, lost: texts.secret_lost }[state];
}
