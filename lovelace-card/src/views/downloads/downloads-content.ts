import { fill } from "@heatloop/core/text/fill-text";
import type { Clock } from "@heatloop/core/time/clock";
import { html, LitElement, nothing, svg } from "lit";
import {
  type Addon,
  type AddonAnswer,
  askAddon,
  askForFile,
  findAddon,
  hasSession,
  openSession,
} from "../../home-assistant/addon.ts";
import { heatloopId } from "../../home-assistant/find-entities.ts";
import type { Hass } from "../../home-assistant/hass.ts";
import { addonReason } from "../../look/addon-reason.ts";
import { elementLoading } from "../../look/loading.ts";
import { sizeText } from "../../look/size-text.ts";
import { sharedStyles } from "../../look/styles.ts";
import type { ViewElement, ViewInput } from "../../look/view.ts";
import { viewZone } from "../../look/zone.ts";
import { rangeBar, rangeBarStyles } from "../../range/range-bar.ts";
import { elementRange } from "../../range/range-choice.ts";
import { rangeLimits } from "../../range/range-limits.ts";
import type { Texts } from "../../text/languages/english.ts";
import { downloadsStyles } from "./downloads-styles.ts";
import { type KnownSizes, type LinkedFile, offeredFiles, queryOf, savedFiles } from "./files.ts";
import { saveFile } from "./save-file.ts";

type Said = { readonly role: "status" | "alert"; readonly text: string };

/** The files of Heatloop's app for the range that the card shows. */
export class DownloadsContent extends LitElement implements ViewElement {
  #input: ViewInput | undefined;
  #loading = elementLoading<Addon>(this);
  #sizes = elementLoading<AddonAnswer<KnownSizes>>(this);
  /** What became of the last click: it waits, or was refused. */
  #said: Said | undefined;
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
      return html`<p class="quiet" role="status">${addonReason(addon.value, hass, texts)}</p>`;
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
              ${(needsToken(hass) ? savedFiles : offeredFiles).map((file) => {
                const path = `${folder}${file.file}?${queryOf(file, known, input)}`;
                const name = `heatloop-${device}-${file.file.replace(".", `-${known.from}-to-${known.to}.`)}`;
                const follow = (event: MouseEvent) => this.#follow(event, input, path, name);
                return this.#link(file, base + path, follow, input, file.size && sizes?.[file.size]);
              })}
            </ul>`
      }
      ${this.#said === undefined ? nothing : html`<p class="quiet" role=${this.#said.role}>${this.#said.text}</p>`}
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
    follow: (event: MouseEvent) => void,
    { texts, formats }: ViewInput,
    bytes: number | null | undefined,
  ) {
    return html`<li>
      <a href=${url} download=${opens ? nothing : ""} target=${opens ? "_blank" : nothing} rel=${opens ? "noopener" : nothing} data-file=${file} @click=${follow}>
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

  /** Where the link cannot be followed as it is, it is made so before, or the file is fetched and saved. */
  #follow(event: MouseEvent, { hass, clock, texts }: ViewInput, path: string, name: string): void {
    const link = event.currentTarget as HTMLAnchorElement;
    if (needsToken(hass)) {
      event.preventDefault();
      void this.#save(hass, clock, path, name, texts);
    } else if (!hasSession(hass, clock)) {
      // Ingress wants a session that was used within the last minutes.
      event.preventDefault();
      void openSession(hass, clock).then((refusal) => {
        if (refusal === undefined) link.click();
        this.#say(refusal === undefined ? undefined : alert(fill(texts.refused, { reason: refusal })));
      });
    }
  }

  async #save(hass: Hass, clock: Clock, path: string, name: string, texts: Texts): Promise<void> {
    this.#say({ role: "status", text: texts.loading });
    const answer = await askForFile(hass, clock, path);
    if (answer.kind === "answer") saveFile(answer.value, name);
    this.#say(answer.kind === "answer" ? undefined : alert(addonReason(answer, hass, texts)));
  }

  #say(said: Said | undefined): void {
    this.#said = said;
    this.requestUpdate();
  }

  static override styles = [sharedStyles, rangeBarStyles, downloadsStyles];
}

function alert(text: string): Said {
  return { role: "alert", text };
}

/** Whether files come by a token, which no link can carry. */
function needsToken({ app }: Hass): boolean {
  return app?.token !== undefined;
}
