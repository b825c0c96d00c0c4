import { secondMs } from "@heatloop/core/time/durations";
import { css, html, LitElement, nothing } from "lit";
import type { AddonAnswer } from "../../home-assistant/addon.ts";
import { addonReason } from "../../look/addon-reason.ts";
import { aheadClock } from "../../look/clock.ts";
import { elementLoading } from "../../look/loading.ts";
import { sharedStyles } from "../../look/styles.ts";
import type { ViewElement, ViewInput } from "../../look/view.ts";
import { roomTextsOf } from "../../text/late/room-texts.ts";
import { feedsOfHome } from "./feed-of-home.ts";
import type { RoomFeedsInput } from "./room-feeds.ts";
import { type FeedsAnswer, loadFeeds } from "./rooms-answer.ts";
import type { ZoneFeed } from "./zone-feed.ts";
import "./room-feeds.ts";

/** The room feeds as the app has them, or as much of them as Home Assistant knows. */
export class RoomsContent extends LitElement implements ViewElement {
  #input: ViewInput | undefined;
  #loading = elementLoading<AddonAnswer<FeedsAnswer>>(this, { againMs: 20 * secondMs });

  set input(input: ViewInput) {
    this.#input = input;
    this.requestUpdate();
  }

  override render() {
    const view = this.#input;
    if (view === undefined) return nothing;
    const { hass, heatPump, texts } = view;
    const loaded = this.#loading(view, heatPump.device.id, () => loadFeeds(view));
    // It is never rejected.
    if (loaded.kind !== "ready") return html`<p class="quiet" role="status">${texts.loading}</p>`;
    const roomTexts = roomTextsOf(hass.language);
    if (loaded.value.kind === "answer") {
      const { feeds, mayChange, aheadMs } = loaded.value.value;
      const clock = aheadClock(view.clock, () => aheadMs);
      const choosing = mayChange ? roomTexts.choose_in_app : nothing;
      return this.#feeds({ view: { ...view, clock }, feeds, mayChange, choosing });
    }
    const feeds: readonly ZoneFeed[] = feedsOfHome({ states: hass.states, entities: heatPump.entities });
    return html`${this.#feeds({ view, feeds, mayChange: false, choosing: nothing })}
      ${
        feeds.length === 0
          ? nothing
          : html`<h4>${roomTexts.rooms}</h4>
              <p class="quiet" role="status">${addonReason(loaded.value, hass, texts)}</p>`
      }`;
  }

  #feeds(input: RoomFeedsInput) {
    if (input.feeds.length > 0) return html`<heatloop-room-feeds .input=${input}></heatloop-room-feeds>`;
    return html`<p class="quiet" role="status">${roomTextsOf(input.view.hass.language).no_feed}</p>`;
  }

  static override styles = [
    sharedStyles,
    css`
      h4,
      p {
        margin: 0 0 6px;
        font-size: inherit;
      }
    `,
  ];
}
