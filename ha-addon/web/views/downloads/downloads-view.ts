import { fill } from "@heatloop/core/text/fill-text";
import { sizeText } from "@heatloop/lovelace-card/look/size-text";
import { css, html, LitElement, nothing } from "lit";
import type { FileSizes } from "../../../src/web/downloads/schemas.ts";
import type { LiveDevice } from "../../live/live-data.ts";
import { controlStyles } from "../../look/control-styles.ts";
import type { PageElement, PageInput } from "../../page/page-input.ts";
import { chosenDates, type DatesChoice, datesOfChoice, mistakeOfDates, rememberDates } from "../chosen-dates.ts";
import { dateFields } from "../date-fields.ts";
import { localToday } from "../local-date.ts";
import { noHeatPump } from "../no-heat-pump.ts";
import { writesComma } from "../report-query.ts";
import { downloadList } from "./download-list.ts";
import { filePicker } from "./file-picker.ts";
import { fileSizesPath, type OfferedFile, offeredFiles } from "./files.ts";
import { downloadsOf } from "./running-downloads.ts";

/** The files of a range of days, to keep and for a spreadsheet. */
class DownloadsView extends LitElement implements PageElement {
  #input: PageInput | undefined;
  /** What the person chose; undefined: as the language writes numbers. */
  #comma: boolean | undefined;
  #failure = "";
  readonly #pick = filePicker();
  /** Of the files at a path of the API; none while they are asked for, and where they cannot be had. */
  #sizes: { readonly path: string; readonly of?: FileSizes } | undefined;

  set input(input: PageInput) {
    if (this.#input === undefined) downloadsOf(input.api).onChange(() => this.requestUpdate());
    this.#input = input;
    this.requestUpdate();
  }

  override render() {
    const input = this.#input;
    if (input === undefined) return nothing;
    const list = downloadList(downloadsOf(input.api).list(), input);
    if (input.device === undefined) return html`${list}${noHeatPump(input)}`;
    return html`${list}${this.#offer(input, input.device)}`;
  }

  #offer(input: PageInput, { id }: LiveDevice) {
    const { texts, api, language } = input;
    const today = localToday(input);
    const choice = chosenDates(api);
    const dates = datesOfChoice(choice, today);
    const decimalComma = this.#comma ?? writesComma(language);
    const isWrong = mistakeOfDates(dates, today) !== undefined;
    if (!isWrong) this.#askSizes(input, fileSizesPath(id, dates));
    return html`<section class="panel">
      <h2>${texts.downloads}</h2>
      ${dateFields({ texts, choice, today, chosen: (next) => this.#choose(next) })}
      <label>
        <input
          type="checkbox"
          .checked=${decimalComma}
          @change=${(event: Event) => this.#setComma((event.target as HTMLInputElement).checked)}
        />${texts.decimal_comma}</label
      >
      <p role="alert">${this.#failure}</p>
      ${
        isWrong
          ? nothing
          : html`<ul class="files">
              ${offeredFiles({ device: id, dates, language, decimalComma }).map((file) => this.#row(file, input))}
            </ul>`
      }
    </section>`;
  }

  #askSizes({ api }: PageInput, path: string): void {
    if (this.#sizes?.path === path) return;
    this.#sizes = { path };
    void api.get<FileSizes>(path).then((answer) => {
      if (this.#sizes?.path !== path || !answer.ok) return;
      this.#sizes = { path, of: answer.value };
      this.requestUpdate();
    });
  }

  #row(file: OfferedFile, { texts, language }: PageInput) {
    const name = texts[file.text];
    const action = `${texts.download}: ${name}`;
    const bytes = file.size && this.#sizes?.of?.[file.size];
    return html`<li class="row">
      <div>
        <span>${name}</span>
        <p class="quiet">${texts[file.hint]}${typeof bytes === "number" ? html` <span class="size">≈ ${sizeText(bytes, language)}</span>` : nothing}</p>
      </div>
      ${
        file.size !== undefined && this.#pick !== undefined
          ? html`<button aria-label=${action} @click=${() => void this.#start(file)}>${texts.download}</button>`
          : html`<a class="button" aria-label=${action} href=${file.address} download=${file.name}>${texts.download}</a>`
      }
    </li>`;
  }

  async #start(file: OfferedFile): Promise<void> {
    const input = this.#input;
    if (input === undefined || this.#pick === undefined) return;
    this.#failure = "";
    await downloadsOf(input.api)
      .start(file, this.#pick, input.clock)
      .catch((error: unknown) => {
        this.#failure = fill(input.texts.download_failed, {
          reason: error instanceof Error ? error.message : String(error),
        });
      });
    this.requestUpdate();
  }

  #choose(choice: DatesChoice): void {
    if (this.#input === undefined) return;
    rememberDates(this.#input.api, choice);
    this.requestUpdate();
  }

  #setComma(comma: boolean): void {
    this.#comma = comma;
    this.requestUpdate();
  }

  static override styles = [
    controlStyles,
    css`
      .ranges {
        margin-bottom: 10px;
      }
      .files {
        margin-top: 12px;
      }
      li {
        padding: 10px 0;
        border-top: 1px solid var(--divider-color);
      }
      li.row {
        justify-content: space-between;
        flex-wrap: nowrap;
      }
      li.row > div {
        min-width: 0;
        overflow-wrap: anywhere;
      }
      li.row > .button,
      li.row > button {
        flex: none;
      }
      li p {
        margin: 0;
      }
      .size {
        white-space: nowrap;
      }
      .name {
        overflow-wrap: anywhere;
      }
      progress {
        width: 100%;
        height: 12px;
        accent-color: var(--primary-color);
      }
      input[type="checkbox"] {
        width: 20px;
        min-height: 20px;
        accent-color: var(--primary-color);
      }
    `,
  ];
}

export const element = DownloadsView;
