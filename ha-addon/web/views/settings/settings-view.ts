import { fill } from "@heatloop/core/text/fill-text";
import type { Mistake } from "@heatloop/program/mistakes";
import { html, LitElement, nothing } from "lit";
import type { Api } from "../../api/api.ts";
import { decimalSignOf } from "../../forms/decimal-sign.ts";
import {
  changedFields,
  type Draft,
  enteredIn,
  newDraft,
  otherMistakes,
  patchOf,
  uponSettings,
  withEntered,
} from "../../forms/draft.ts";
import type { Entered, EnteredRow } from "../../forms/entered.ts";
import { type FieldLook, fieldTemplate, type Suggestion, textAt } from "../../forms/field.ts";
import { type FormField, type Section, sections } from "../../forms/fields.ts";
import { formStyles } from "../../forms/form-styles.ts";
import { formTexts } from "../../forms/form-texts.ts";
import { type OtherFields, otherFields } from "../../forms/other-fields.ts";
import { rowsTemplate } from "../../forms/rows.ts";
import {
  type LoadedSettings,
  loadSettings,
  type SaveAnswer,
  saveSettings,
  settingsSchema,
} from "../../forms/settings-api.ts";
import type { FormTexts } from "../../forms/texts/english.ts";
import { controlStyles } from "../../look/control-styles.ts";
import type { PageElement, PageInput } from "../../page/page-input.ts";
import { hashOf } from "../../page/route.ts";
import { accessSection } from "./access-section.ts";
import { accessTexts } from "./access-texts.ts";
import { channelsPanel } from "./channels-panel.ts";
import { influxSecretPanel } from "./influx-secret.ts";
import { settingsStyles } from "./settings-styles.ts";

/** What the page says of the last thing that was done. */
type Said =
  | { readonly kind: "nothing" | "saved" | "mistakes" | "outdated" | "loaded_again" | "no_answer" }
  | { readonly kind: "refused"; readonly why: string };

const ownFields: readonly FormField[] = sections.flatMap((section) => section.fields);

/** The rooms that Home Assistant has; none where they do not come. */
async function roomSuggestions(api: Api): Promise<readonly Suggestion[]> {
  type Found = {
    readonly rooms: readonly { readonly entity: string; readonly name: string; readonly offered: boolean }[];
  };
  const answer = await api.get<Found>("api/first-run");
  const rooms = answer.ok ? answer.value.rooms : [];
  return rooms.filter(({ offered }) => offered).map(({ entity, name }) => ({ value: entity, label: name }));
}

/** What was entered and not saved when a person went to another view. */
let left: { readonly draft: Draft; readonly tag: string } | undefined;

/** The settings as forms: what is entered stays until it is saved or discarded. */
class SettingsView extends LitElement implements PageElement {
  #input: PageInput | undefined;
  #draft: Draft | undefined;
  #tag = "";
  #schema: unknown;
  /** What the program has settings for, and this page no form. */
  #rest: OtherFields = { fields: [], left: [] };
  #suggestions: ReadonlyMap<string, readonly Suggestion[]> = new Map();
  #mistakes: readonly Mistake[] = [];
  #said: Said = { kind: "nothing" };
  #notLoaded: string | undefined;
  /** Fields that somebody else changed under what is entered. */
  #others: readonly FormField[] = [];
  #isSaving = false;

  set input(input: PageInput) {
    const isFirst = this.#input === undefined;
    this.#input = input;
    void formTexts.load(input.language)?.then(() => this.requestUpdate());
    void accessTexts.load(input.language)?.then(() => this.requestUpdate());
    if (isFirst) void this.#load();
    this.requestUpdate();
  }

  get #fields(): readonly FormField[] {
    return [...ownFields, ...this.#rest.fields];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("beforeunload", this.#askBeforeLeaving);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("beforeunload", this.#askBeforeLeaving);
    const draft = this.#draft;
    left = draft !== undefined && draft.changes.size > 0 ? { draft, tag: this.#tag } : undefined;
  }

  readonly #askBeforeLeaving = (event: BeforeUnloadEvent) => {
    if ((this.#draft?.changes.size ?? 0) > 0) event.preventDefault();
  };

  async #load(): Promise<void> {
    const api = this.#input?.api;
    if (api === undefined) return;
    this.#notLoaded = undefined;
    this.requestUpdate();
    void roomSuggestions(api).then((rooms) => {
      this.#suggestions = new Map([["rooms.entity", rooms]]);
      this.requestUpdate();
    });
    const [loaded, schema] = await Promise.all([loadSettings(api), settingsSchema(api)]);
    this.#schema = schema;
    this.#rest = otherFields(schema);
    if (typeof loaded === "string") this.#notLoaded = loaded;
    else {
      this.#draft = left?.draft ?? newDraft(loaded.settings);
      this.#tag = left?.tag ?? loaded.tag;
    }
    this.requestUpdate();
  }

  async #save(): Promise<void> {
    const [draft, api] = [this.#draft, this.#input?.api];
    if (draft === undefined || api === undefined || this.#isSaving) return;
    this.#isSaving = true;
    this.requestUpdate();
    const answer = await saveSettings(api, patchOf(draft, this.#fields), this.#tag);
    this.#isSaving = false;
    this.#take(answer);
    this.requestUpdate();
    await this.updateComplete;
    if (answer.kind === "mistakes") this.#showFirstMistake();
  }

  #take(answer: SaveAnswer): void {
    this.#mistakes = answer.kind === "mistakes" ? answer.mistakes : [];
    if (answer.kind === "saved") {
      this.#draft = newDraft(answer.settings);
      this.#tag = answer.tag;
      this.#others = [];
    }
    this.#said = answer.kind === "refused" ? answer : { kind: answer.kind };
  }

  /** Theirs under ours: what was entered stays. */
  async #loadAgain(): Promise<void> {
    const [before, api] = [this.#draft, this.#input?.api];
    if (before === undefined || api === undefined) return;
    const loaded = await loadSettings(api);
    if (typeof loaded === "string") this.#said = { kind: "no_answer" };
    else {
      this.#lay(loaded);
      this.#said = { kind: "loaded_again" };
    }
    this.requestUpdate();
  }

  #lay({ settings, tag }: LoadedSettings): void {
    const before = this.#draft;
    if (before === undefined) return;
    this.#others = changedFields(before.settings, settings, this.#fields);
    this.#draft = uponSettings(before, settings, this.#fields);
    this.#tag = tag;
    this.requestUpdate();
  }

  /** The channels were saved beside these forms: what is entered here is laid upon them, and is not outdated by it. */
  readonly #takeFromChannels = (loaded: LoadedSettings) => {
    this.#lay(loaded);
    if (this.#others.length > 0) this.#said = { kind: "loaded_again" };
    this.requestUpdate();
  };

  #discard(): void {
    if (this.#draft !== undefined) this.#draft = newDraft(this.#draft.settings);
    this.#mistakes = [];
    this.#others = [];
    this.#said = { kind: "nothing" };
    this.requestUpdate();
  }

  #enter(field: FormField, entered: Entered): void {
    if (this.#draft === undefined) return;
    this.#draft = withEntered(this.#draft, field, entered);
    if (this.#said.kind === "saved") this.#said = { kind: "nothing" };
    this.requestUpdate();
  }

  #showFirstMistake(): void {
    const first = this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"], .mistake');
    first?.closest("details")?.setAttribute("open", "");
    first?.scrollIntoView({ block: "center" });
    first?.focus();
  }

  override render() {
    const input = this.#input;
    if (input === undefined) return nothing;
    const texts = formTexts.texts(input.language);
    if (this.#notLoaded !== undefined) {
      return html`<section class="panel">
        <p role="alert">${fill(texts.not_loaded, { why: this.#notLoaded })}</p>
        <button @click=${() => this.#load()}>${texts.again}</button>
      </section>`;
    }
    if (this.#draft === undefined) return html`<p class="quiet" role="status">${texts.loading}</p>`;
    const draft = this.#draft;
    const look = {
      texts,
      mistakes: this.#mistakes,
      schema: this.#schema,
      suggestions: this.#suggestions,
      decimalSign: decimalSignOf(input.language),
    };
    const mayChange = input.session.may_change;
    return html`<form novalidate @submit=${this.#submit}>
      ${mayChange ? nothing : html`<p class="notice">${texts.read_only}</p>`}
      <fieldset ?disabled=${!mayChange}>
        ${sections.map((section, index) => this.#section(section, draft, look, index === 0))}
        ${this.#rest.fields.length === 0 ? nothing : this.#section({ id: "others", fields: this.#rest.fields }, draft, look, false)}
      </fieldset>
      <p class="quiet">
        ${this.#rest.left.length === 0 ? nothing : fill(texts.rest_in_api, { names: this.#rest.left.join(", ") })}
        ${mayChange ? html`<a href=${hashOf("first-run")}>${input.texts.first_run}</a>` : nothing}
      </p>
      ${mayChange ? this.#bar(texts, draft) : nothing}
    </form>
    ${channelsPanel({ page: input, loaded: { settings: draft.settings, tag: this.#tag }, schema: this.#schema, taken: this.#takeFromChannels })}
    ${influxSecretPanel(input, draft.settings.influx)} ${accessSection(input)}`;
  }

  readonly #submit = (event: Event) => {
    event.preventDefault();
    void this.#save();
  };

  #section(section: Section, draft: Draft, look: FieldLook, isOpen: boolean) {
    return html`<details class="panel" ?open=${isOpen} data-section=${section.id}>
      <summary>${textAt(look.texts, `#${section.id}`) ?? section.id}</summary>
      ${section.fields.map((field) => {
        const entered = enteredIn(draft, field, look.decimalSign);
        return field.kind === "rows"
          ? rowsTemplate(field, entered as readonly EnteredRow[], look, (rows) => this.#enter(field, rows))
          : fieldTemplate(field, entered, look, (each) => this.#enter(field, each));
      })}
    </details>`;
  }

  #bar(texts: FormTexts, draft: Draft) {
    const rest = otherMistakes(this.#mistakes, this.#fields, draft);
    const hasChanges = draft.changes.size > 0;
    return html`<div class="save">
      ${rest.map(({ path, allowed }) => html`<p class="mistake">${path}: ${fill(texts.mistake, { allowed })}</p>`)}
      <div role="status">${this.#sentence(texts, draft)}</div>
      <div class="bar">
        <button class="main" type="submit" ?disabled=${!hasChanges || this.#isSaving}>${texts.save}</button>
        <button type="button" ?disabled=${!hasChanges} @click=${() => this.#discard()}>${texts.discard}</button>
      </div>
    </div>`;
  }

  #sentence(texts: FormTexts, draft: Draft) {
    const said = this.#said;
    switch (said.kind) {
      case "nothing":
        return draft.changes.size > 0 ? nothing : html`<p class="quiet">${texts.no_changes}</p>`;
      case "outdated":
        return html`<div class="notice bad">
          <p>${texts.outdated}</p>
          <button type="button" @click=${() => this.#loadAgain()}>${texts.load_again}</button>
        </div>`;
      case "loaded_again":
        return html`<p class="notice">${[texts.loaded_again, ...this.#theirs(texts, draft)].join(" ")}</p>`;
      case "refused":
        return html`<p class="notice bad">${fill(texts.not_saved, { why: said.why })}</p>`;
      case "saved":
        return html`<p class="notice">${texts.saved}</p>`;
      default:
        return html`<p class="notice bad">${texts[said.kind]}</p>`;
    }
  }

  #theirs(texts: FormTexts, draft: Draft): readonly string[] {
    const names = (some: readonly FormField[]) => some.map(({ path }) => textAt(texts, path) ?? path).join(", ");
    const same = this.#others.filter(({ path }) => draft.changes.has(path));
    return [
      ...(this.#others.length > 0 ? [fill(texts.outdated_fields, { fields: names(this.#others) })] : []),
      ...(same.length > 0 ? [fill(texts.outdated_same, { fields: names(same) })] : []),
    ];
  }

  static override styles = [controlStyles, formStyles, settingsStyles];
}

export const element = SettingsView;
