import { fill } from "@heatloop/core/text/fill-text";
import { css, html, LitElement, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { ChannelKind } from "../../../src/settings/channel-settings.ts";
import {
  type ChannelDraft,
  channelsOf,
  isChanged,
  newChannel,
  openedChannel,
  type SavedChannel,
  type Theirs,
  uponChannels,
} from "../../channels/channel-draft.ts";
import { channelKinds } from "../../channels/channel-fields.ts";
import { channelFormTexts } from "../../channels/channel-form-texts.ts";
import { removeChannel } from "../../channels/channel-save.ts";
import { kindNames } from "../../channels/kind-names.ts";
import type { ChannelFormTexts } from "../../channels/texts/english.ts";
import { decimalSignOf } from "../../forms/decimal-sign.ts";
import { textAt } from "../../forms/field.ts";
import { formStyles } from "../../forms/form-styles.ts";
import { formTexts } from "../../forms/form-texts.ts";
import { type LoadedSettings, loadSettings } from "../../forms/settings-api.ts";
import type { FormTexts } from "../../forms/texts/english.ts";
import { controlStyles } from "../../look/control-styles.ts";
import type { PageInput } from "../../page/page-input.ts";
import {
  type ChannelTest,
  channelItem,
  channelStyles,
  loadChannels,
  noChannels,
  type ToldChannels,
  testChannel,
} from "../channel-item.ts";
import "./channel-editor.ts";
import { type ChannelSaid, channelSentence } from "./channel-said.ts";

export type ChannelsInput = {
  readonly page: PageInput;
  /** The settings that hold, as the forms above know them too. */
  readonly loaded: LoadedSettings;
  readonly schema: unknown;
  /** Tells the forms above what was saved or loaded here. */
  taken(loaded: LoadedSettings): void;
};

type Texts = FormTexts & ChannelFormTexts;

/** What was entered and not saved when a person went to another view. */
let left: ChannelDraft | undefined;

/** Who outside is told of alerts: channels are added, changed, removed and tested, each saved by itself. */
class ChannelsSection extends LitElement {
  #input: ChannelsInput | undefined;
  #told: ToldChannels = noChannels;
  #tests: ReadonlyMap<string, ChannelTest> = new Map();
  #kind: ChannelKind = "ntfy";
  /** The one that is set up or changed. */
  #open: ChannelDraft | undefined = left;
  /** What somebody else did to that one meanwhile. */
  #theirs: Theirs = "same";
  #said: ChannelSaid = { kind: "nothing" };
  /** The channel whose removal a person is asked about. */
  #asked: string | undefined;
  #isSending = false;

  set input(input: ChannelsInput) {
    const before = this.#input;
    this.#input = input;
    void channelFormTexts.load(input.page.language)?.then(() => this.requestUpdate());
    if (before === undefined) void this.#loadTold();
    if (this.#open !== undefined && before?.loaded.settings !== input.loaded.settings) {
      const [draft, theirs] = uponChannels(this.#open, channelsOf(input.loaded.settings));
      this.#open = draft;
      if (theirs !== "same") this.#theirs = theirs;
    }
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("beforeunload", this.#askBeforeLeaving);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("beforeunload", this.#askBeforeLeaving);
    left = this.#open !== undefined && isChanged(this.#open) ? this.#open : undefined;
  }

  readonly #askBeforeLeaving = (event: BeforeUnloadEvent) => {
    if (this.#open !== undefined && isChanged(this.#open)) event.preventDefault();
  };

  override firstUpdated(): void {
    const panel = this.closest("details");
    if (panel?.open) panel.scrollIntoView();
  }

  async #loadTold(): Promise<void> {
    if (this.#input === undefined) return;
    this.#told = await loadChannels(this.#input.page.api, this.#told);
    this.requestUpdate();
  }

  #show(draft: ChannelDraft | undefined): void {
    this.#open = draft;
    this.#theirs = "same";
    this.#said = { kind: "nothing" };
    this.requestUpdate();
  }

  #cancel(name: string | undefined): void {
    this.#show(undefined);
    void this.#focus(name === undefined ? ".add" : `[data-channel="${name}"] .change`);
  }

  async #saved(name: string): Promise<void> {
    this.#tests = new Map([...this.#tests].filter(([each]) => each !== name));
    await this.#loadTold();
    this.#show(undefined);
    this.#said = { kind: "saved", name };
    await this.#focus(".said");
  }

  async #remove(name: string): Promise<void> {
    const input = this.#input;
    if (input === undefined || this.#isSending) return;
    this.#isSending = true;
    const answer = await removeChannel(input.page.api, name, input.loaded);
    this.#isSending = false;
    this.#said = answer.kind === "saved" ? { kind: "removed", name } : answer;
    if (answer.kind === "saved") {
      this.#asked = undefined;
      input.taken({ settings: answer.settings, tag: answer.tag });
      await this.#loadTold();
    }
    await this.#focus(".said");
  }

  async #loadAgain(): Promise<boolean> {
    const input = this.#input;
    if (input === undefined) return false;
    const loaded = await loadSettings(input.page.api);
    const isLoaded = typeof loaded !== "string";
    if (isLoaded) {
      input.taken(loaded);
      await this.#loadTold();
    }
    this.#said = { kind: isLoaded ? "nothing" : "no_answer" };
    this.requestUpdate();
    return isLoaded;
  }

  async #test(name: string): Promise<void> {
    const api = this.#input?.page.api;
    if (api === undefined || this.#tests.get(name)?.kind === "sending") return;
    this.#said = { kind: "nothing" };
    this.#tested(name, { kind: "sending" });
    this.#tested(name, await testChannel(api, name));
    await this.#loadTold();
  }

  #tested(name: string, test: ChannelTest): void {
    this.#tests = new Map([...this.#tests, [name, test]]);
    this.requestUpdate();
  }

  async #focus(selector: string): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  override render() {
    const input = this.#input;
    if (input === undefined || this.#told.kind === "absent") return nothing;
    const { page, loaded } = input;
    const { kind, reason } = this.#told;
    const open = this.#open;
    const texts = { ...formTexts.texts(page.language), ...channelFormTexts.texts(page.language) };
    const channels = channelsOf(loaded.settings);
    const listed = channels.filter(({ name }) => name !== open?.was?.name);
    return html`<p class="quiet">${texts.intro}</p>
      <p role="alert">${kind === "failed" ? fill(page.texts.failed, { reason }) : ""}</p>
      ${channels.length === 0 && open === undefined ? html`<p>${page.texts.no_channels}</p>` : nothing}
      <ul>
        ${repeat(
          listed,
          ({ name }) => name,
          (channel) => this.#item(channel, page, texts),
        )}
      </ul>
      <div role="status">${channelSentence(this.#said, texts, () => void this.#loadAgain())}</div>
      ${open === undefined ? nothing : this.#editor(open, input)}
      ${open === undefined && page.session.may_change ? this.#adding(channels, page, texts) : nothing}`;
  }

  #item(channel: SavedChannel, page: PageInput, texts: Texts) {
    const { name, kind } = channel;
    const told = this.#told.list.find((each) => each.name === name);
    if (told === undefined) {
      return html`<li class="channel"><h3>${name}</h3><p class="quiet">${kindNames[kind]}</p></li>`;
    }
    const more = this.#open === undefined ? this.#buttons(channel, page, texts) : nothing;
    return channelItem(told, page, this.#tests.get(name), () => void this.#test(name), more);
  }

  #buttons(channel: SavedChannel, page: PageInput, texts: Texts) {
    const { name } = channel;
    const ask = (asked: string | undefined) => {
      this.#asked = asked;
      this.#said = { kind: "nothing" };
      void this.#focus(asked === undefined ? `[data-channel="${name}"] .remove` : ".sure");
    };
    if (this.#asked === name) {
      return html`<div class="notice">
        <p>${texts.remove_sure}</p>
        <div class="bar">
          <button type="button" class="sure" @click=${() => this.#remove(name)}>${texts.remove_now}</button>
          <button type="button" @click=${() => ask(undefined)}>${page.texts.cancel}</button>
        </div>
      </div>`;
    }
    const change = () => this.#show(openedChannel(channel, decimalSignOf(page.language)));
    return html`<button type="button" class="change" @click=${change}>${fill(texts.change, { name })}</button>
      <button type="button" class="remove" @click=${() => ask(name)}>${fill(texts.remove, { name })}</button>`;
  }

  #adding(channels: readonly SavedChannel[], page: PageInput, texts: Texts) {
    const choose = (event: Event) => {
      this.#kind = (event.target as HTMLSelectElement).value as ChannelKind;
      this.requestUpdate();
    };
    const add = () => this.#show(newChannel(this.#kind, channels, decimalSignOf(page.language)));
    const options = channelKinds.map(
      (kind) => html`<option value=${kind} ?selected=${kind === this.#kind}>${kindNames[kind]}</option>`,
    );
    return html`<div class="field">
        <label for="kind">${texts.kind}</label>
        <span class="entry"><select id="kind" aria-describedby="kind-help" @change=${choose}>${options}</select></span>
        <p class="help" id="kind-help">${textAt(texts, `kind.${this.#kind}`)}</p>
      </div>
      <button type="button" class="add" @click=${add}>${texts.add}</button>`;
  }

  #editor(draft: ChannelDraft, { page, loaded, schema, taken }: ChannelsInput) {
    const input = {
      ...{ page, loaded, schema, draft, taken },
      theirs: this.#theirs,
      hasSecret: this.#told.list.some((told) => told.name === draft.was?.name && told.has_secret),
      change: (changed: ChannelDraft) => {
        this.#open = changed;
        this.requestUpdate();
      },
      saved: (name: string) => void this.#saved(name),
      cancel: () => this.#cancel(draft.was?.name),
      loadAgain: () => this.#loadAgain(),
    };
    return html`<settings-channel .input=${input}></settings-channel>`;
  }

  static override styles = [
    controlStyles,
    formStyles,
    channelStyles,
    css`
      .channel .notice {
        flex-basis: 100%;
      }
    `,
  ];
}

export const channelsSectionTag = "settings-channels";
if (customElements.get(channelsSectionTag) === undefined) customElements.define(channelsSectionTag, ChannelsSection);
