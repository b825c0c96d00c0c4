import { fill } from "@heatloop/core/text/fill-text";
import { sizeText } from "@heatloop/lovelace-card/look/size-text";
import { html, nothing } from "lit";
import type { PageInput } from "../../page/page-input.ts";
import type { Download, DownloadState } from "./running-downloads.ts";

/** The downloads that the page writes itself: how far each is, and what can be done about it. */
export function downloadList(downloads: readonly Download[], { texts, language }: PageInput) {
  if (downloads.length === 0) return nothing;
  const size = (bytes: number) => sizeText(bytes, language);
  return html`<section class="panel">
    <h2>${texts.running_downloads}</h2>
    <ul>
      ${downloads.map((download) => {
        const state = download.state();
        return html`<li>
          <p class="name">${download.name}</p>
          ${state.kind === "running" ? bar(state, download.name, { texts, size }) : nothing}
          <p role="status">${state.kind === "whole" ? fill(texts.download_done, { size: size(state.bytes) }) : ""}</p>
          <p role="alert">
            ${state.kind === "broken" ? fill(texts.download_failed, { reason: state.reason ?? texts.no_answer }) : ""}
          </p>
          <div class="row">
            ${state.kind === "broken" ? html`<button class="main" @click=${download.tryAgain}>${againText(state, texts)}</button>` : nothing}
            <button @click=${download.remove}>${state.kind === "running" ? texts.cancel : texts.remove_from_list}</button>
          </div>
        </li>`;
      })}
    </ul>
  </section>`;
}

/** A download that can go on says so: a person on a slow line waits for the rest only. */
function againText({ progress }: Extract<DownloadState, { kind: "broken" }>, texts: PageInput["texts"]): string {
  return progress.tag === undefined || progress.bytes === 0 ? texts.try_again : texts.go_on;
}

function bar(
  { progress: { bytes, wholeBytes } }: Extract<DownloadState, { kind: "running" }>,
  name: string,
  { texts, size }: { readonly texts: PageInput["texts"]; size(bytes: number): string },
) {
  if (wholeBytes === undefined) {
    return html`<progress aria-label=${name}></progress>
      <p class="quiet">${fill(texts.downloaded, { size: size(bytes) })}</p>`;
  }
  const text = fill(texts.downloaded_of, { size: size(bytes), whole: size(wholeBytes) });
  return html`<progress aria-label=${name} max=${wholeBytes} .value=${bytes}></progress>
    <p class="quiet">${text}</p>`;
}
