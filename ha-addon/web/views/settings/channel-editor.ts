import type { Mistake } from "@heatloop/program/mistakes";
import { html, LitElement, nothing } from "lit";
import { type ChannelDraft, channelsOf, sentChannel, type Theirs } from "../../channels/channel-draft.ts";
import { channelFormTexts } from "../../channels/channel-form-texts.ts";
import { type ChannelSaveAnswer, saveChannel } from "../../channels/channel-save.ts";
import { decimalSignOf } from "../../forms/decimal-sign.ts";
import { formStyles } from "../../forms/form-styles.ts";
import { formTexts } from "../../forms/form-texts.ts";
import type { LoadedSettings } from "../../forms/settings-api.ts";
import { controlStyles } from "../../look/control-styles.ts";
import type { PageInput } from "../../page/page-input.ts";
import { accessTexts } from "./access-texts.ts";
import { channelForm } from "./channel-form.ts";
import { type ChannelSaid, channelSentence } from "./channel-said.ts";

export type ChannelEditorInput = {
  readonly page: PageInput;
  readonly loaded: LoadedSettings;
  readonly schema: unknown;
  readonly draft: ChannelDraft;
  readonly theirs: Theirs;
  /** Whether the program keeps a secret of this channel. */
  readonly hasSecret: boolean;
  change(draft: ChannelDraft): void;
  /** The settings have the channel now, perhaps without its secret. */
  taken(loaded: LoadedSettings): void;
  /** All of it is saved, under this name. */
  saved(name: string): void;
  cancel(): void;
  /** Loads what somebody else saved; false: it did not come. */
  loadAgain(): Promise<boolean>;
};

/** One channel that is set up or changed; it stays open until all of it is saved. */
class ChannelEditor extends LitElement {
  #input: ChannelEditorInput | undefined;
  #mistakes: readonly Mistake[] = [];
  #said: ChannelSaid = { kind: "nothing" };
  #isSecretShown = false;
  #isSaving = false;

  set input(input: ChannelEditorInput) {
    this.#input = input;
    this.requestUpdate();
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>("input")?.focus();
  }

  async #save(): Promise<void> {
    const input = this.#input;
    if (input === undefined || this.#isSaving) return;
    this.#isSaving = true;
    this.requestUpdate();
    const answer = await saveChannel(input.page.api, input.draft, input.loaded);
    this.#isSaving = false;
    this.#mistakes = "mistakes" in answer ? answer.mistakes : [];
    const { name } = sentChannel(input.draft);
    if ("loaded" in answer) {
      // What is open is the channel that is saved now, perhaps under another name than before.
      const was = channelsOf(answer.loaded.settings).find((each) => each.name === name);
      input.change({ ...input.draft, was });
      input.taken(answer.loaded);
    }
    if (answer.kind === "saved") input.saved(name);
    else await this.#say(this.#saidOf(answer, input), '[aria-invalid="true"], .said');
  }

  #saidOf(answer: Exclude<ChannelSaveAnswer, { kind: "saved" }>, { page }: ChannelEditorInput): ChannelSaid {
    if (answer.kind !== "secret_not_saved") return answer;
    const detail = answer.why === "" ? page.texts.no_answer : answer.why;
    const why = answer.mistakes.length > 0 ? channelFormTexts.texts(page.language).secret_look : detail;
    return { kind: "secret_not_saved", why };
  }

  async #loadAgain(): Promise<void> {
    const isLoaded = await this.#input?.loadAgain();
    this.#mistakes = [];
    await this.#say({ kind: isLoaded ? "loaded_again" : "no_answer" }, ".said");
  }

  async #say(said: ChannelSaid, focused: string): Promise<void> {
    this.#said = said;
    this.requestUpdate();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(focused)?.focus();
  }

  override render() {
    const input = this.#input;
    if (input === undefined) return nothing;
    const { page, draft, theirs } = input;
    const texts = { ...formTexts.texts(page.language), ...channelFormTexts.texts(page.language) };
    const look = {
      ...{ texts, schema: input.schema, hasSecret: input.hasSecret, mistakes: this.#mistakes },
      ...{ isSaving: this.#isSaving, isSecretShown: this.#isSecretShown },
      channels: channelsOf(input.loaded.settings),
      decimalSign: decimalSignOf(page.language),
      showSecret: accessTexts.texts(page.language).show_password,
      cancel: page.texts.cancel,
      said: channelSentence(this.#said, texts, () => void this.#loadAgain()),
      notice: theirs === "same" ? nothing : html`<p class="notice bad">${texts[`theirs_${theirs}`]}</p>`,
    };
    return channelForm(draft, look, {
      change: (changed) => input.change(changed),
      showSecret: (isShown) => {
        this.#isSecretShown = isShown;
        this.requestUpdate();
      },
      save: () => void this.#save(),
      close: () => input.cancel(),
    });
  }

  static override styles = [controlStyles, formStyles];
}

export const channelEditorTag = "settings-channel";
if (customElements.get(channelEditorTag) === undefined) customElements.define(channelEditorTag, ChannelEditor);
