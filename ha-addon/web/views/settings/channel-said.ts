import { fill } from "@heatloop/core/text/fill-text";
import { html, nothing } from "lit";
import type { ChannelFormTexts } from "../../channels/texts/english.ts";
import type { FormTexts } from "../../forms/texts/english.ts";

/** What is said of the last thing that was done with a channel. */
export type ChannelSaid =
  | { readonly kind: "nothing" | "mistakes" | "outdated" | "loaded_again" | "no_answer" }
  | { readonly kind: "saved" | "removed"; readonly name: string }
  | { readonly kind: "refused" | "secret_not_saved"; readonly why: string };

/** That as a sentence, which can take the focus; where somebody else saved meanwhile with the button that loads theirs. */
export function channelSentence(said: ChannelSaid, texts: FormTexts & ChannelFormTexts, loadAgain: () => void) {
  switch (said.kind) {
    case "nothing":
      return nothing;
    case "saved":
    case "removed":
      return html`<p class="notice said" tabindex="-1">${fill(texts[`channel_${said.kind}`], { name: said.name })}</p>`;
    case "loaded_again":
      return html`<p class="notice said" tabindex="-1">${texts.loaded_again}</p>`;
    case "outdated":
      return html`<div class="notice bad said" tabindex="-1">
        <p>${texts.outdated}</p>
        <button type="button" @click=${loadAgain}>${texts.load_again}</button>
      </div>`;
    case "refused":
      return html`<p class="notice bad said" tabindex="-1">${fill(texts.not_saved, { why: said.why })}</p>`;
    case "secret_not_saved":
      return html`<p class="notice bad said" tabindex="-1">${fill(texts.secret_not_saved, { why: said.why })}</p>`;
    default:
      return html`<p class="notice bad said" tabindex="-1">${texts[said.kind]}</p>`;
  }
}
