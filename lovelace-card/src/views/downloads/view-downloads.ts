import { css, html, LitElement, nothing, svg } from "lit";
import {
  type Addon,
  type AddonAnswer,
  askAddon,
  findAddon,
  hasSession,
  openSession,
} from "../../home-assistant/addon.ts";
import { heatloopId } from "../../home-assistant/find-entities.ts";
import { addonReason } from "../../look/addon-reason.ts";
import { elementLoading } from "../../look/loading.ts";
import { sizeText } from "../../look/size-text.ts";
import { sharedStyles } from "../../look/styles.ts";
import type { View, ViewElement, ViewInput } from "../../look/view.ts";
import { viewZone } from "../../look/zone.ts";
import { rangeBar, rangeBarStyles } from "../../range/range-bar.ts";
import { elementRange } from "../../range/range-choice.ts";
import { rangeLimits } from "../../range/range-limits.ts";
import { fill } from "../../text/language.ts";
import { type KnownSizes, type LinkedFile, offeredFiles, queryOf } from "./files.ts";

/** The view "downloads": the files of Heatloop's app for the range that the card shows, through ingress. */
class DownloadsView extends LitElement implements ViewElement {
  #input: ViewInput | undefined;
  #loading = elementLoading<Addon>(this);
  #sizes = elementLoading<AddonAnswer<KnownSizes>>(this);
  #refusal: string | undefined;
  #range = elementRange(this);

  set input(input: ViewInput) {
    this.#input = input;
    this.requestUpdate();
  }

  override render() {
    const input = this.#input;
    if (input === undefined) return nothing;
    const { hass, heatPump, clock, texts } = input;
    const addon = this.#loading(input, heatPump.device.id, () => findAddon(hass, clock));
    if (addon.kind !== "ready") return html`<p class="quiet" role="status">${texts.loading}</p>`;
    const device = heatloopId(heatPump.device);
    if (addon.value.kind !== "reachable" || device === undefined) {
      const reason = addon.value.kind === "reachable" ? texts.app_missing : addonReason(addon.value, texts);
      return html`<p class="quiet" role="status">${reason}</p>`;
    }
    const { url: base } = addon.value;
    const zone = viewZone(input.hass.config.time_zone);
    const { range } = this.#range.now(input, zone);
    const { known } = rangeLimits(range, zone.dateOf(clock.now()));
    const folder = `api/devices/${encodeURIComponent(device)}/`;
    const sizes = known && this.#sizesOf(input, `${folder}file-sizes?from=${known.from}&to=${known.to}`);
    return html`
      ${rangeBar(this.#range, input, zone)}
      ${
        known === undefined
          ? html`<p class="quiet">${texts.nothing_known}</p>`
          : html`<ul>
              ${offeredFiles.map((file) => {
                const url = `${base}${folder}${file.file}?${queryOf(file, known, input)}`;
                return this.#link(file, url, input, file.size && sizes?.[file.size]);
              })}
            </ul>`
      }
      ${this.#refusal === undefined ? nothing : html`<p class="quiet" role="alert">${fill(texts.refused, { reason: this.#refusal })}</p>`}
    `;
  }

  /** Undefined until the app has told them, and where it does not. */
  #sizesOf(input: ViewInput, path: string): KnownSizes | undefined {
    const { hass, clock } = input;
    const sizes = this.#sizes(input, path, () => askAddon<KnownSizes>(hass, clock, path));
    return sizes.kind === "ready" && sizes.value.kind === "answer" ? sizes.value.value : undefined;
  }

  #link(
    { file, label, format, hint, opens }: LinkedFile,
    url: string,
    { texts, formats }: ViewInput,
    bytes: number | null | undefined,
  ) {
    return html`<li>
      <a href=${url} download=${opens ? nothing : ""} target=${opens ? "_blank" : nothing} rel=${opens ? "noopener" : nothing} data-file=${file} @click=${this.#click}>
        ${svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${
          opens ? "M10 5H5v14h14v-5M14 4h6v6M20 4l-9 9" : "M12 4v11M7 11l5 5 5-5M5 20h14"
        } /></svg>`}
        <span class="what">
          <span class="name">${texts[label]}</span>
          <span class="quiet">${texts[hint]}</span>
        </span>
        <span class="quiet format">
          ${format}
          ${typeof bytes === "number" ? html`<span class="size">≈ ${sizeText(bytes, formats.language)}</span>` : nothing}
        </span>
      </a>
    </li>`;
  }

  /** Ingress wants a session that was used within the last minutes: it is opened before the link is followed. */
  #click = (event: MouseEvent): void => {
    const [input, link] = [this.#input, event.currentTarget as HTMLAnchorElement];
    if (input === undefined || hasSession(input.hass, input.clock)) return;
    event.preventDefault();
    void openSession(input.hass, input.clock).then((refusal) => {
      this.#refusal = refusal;
      this.requestUpdate();
      if (refusal === undefined) link.click();
    });
  };

  static override styles = [
    sharedStyles,
    rangeBarStyles,
    css`
      :host {
        container-type: inline-size;
      }
      p {
        margin: 0;
        padding: 8px 4px;
      }
      ul {
        list-style: none;
        margin: 4px 0 0;
        padding: 0;
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr));
        gap: 6px 8px;
      }
      a {
        display: flex;
        align-items: center;
        gap: 12px;
        box-sizing: border-box;
        height: 100%;
        min-height: 44px;
        padding: 6px 10px;
        border-radius: 10px;
        color: inherit;
        text-decoration: none;
        border: 1px solid var(--divider-color);
      }
      a:hover {
        background: color-mix(in srgb, var(--primary-text-color) 4%, transparent);
      }
      a .icon {
        flex: none;
        width: 20px;
        height: 20px;
        color: var(--secondary-text-color);
      }
      .what {
        display: grid;
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .what .quiet {
        font-size: 0.85em;
        line-height: 1.3;
      }
      .format {
        flex: none;
        display: grid;
        justify-items: end;
        font-size: 0.85em;
      }
      .size {
        white-space: nowrap;
      }
      @container (max-width: 230px) {
        a {
          padding: 2px 6px;
          gap: 8px;
        }
        .what .quiet {
          display: none;
        }
      }
      @container (max-width: 130px) {
        a .icon {
          display: none;
        }
      }
    `,
  ];
}

/** On a tab of the card. */
export const downloadsView = {
  name: "downloads",
  label: {
    en: "Downloads",
    de: "Downloads",
    nl: "Downloads",
    da: "Downloads",
    no: "Nedlastinger",
    sv: "Nedladdningar",
    it: "Download",
    es: "Descargas",
    fr: "Téléchargements",
    pl: "Pobieranie",
    sk: "Na stiahnutie",
    fi: "Lataukset",
  },
  element: DownloadsView,
  follows: [],
} as const satisfies View;
