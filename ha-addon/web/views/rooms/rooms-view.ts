import { loadLateTexts } from "@heatloop/lovelace-card/text/late/late-texts";
import { roomTextsOf } from "@heatloop/lovelace-card/text/late/room-texts";
import type { RoomFeedsInput } from "@heatloop/lovelace-card/views/rooms/room-feeds";
import { html, LitElement, nothing } from "lit";
import { controlStyles } from "../../look/control-styles.ts";
import type { PageElement, PageInput } from "../../page/page-input.ts";
import { hashOf } from "../../page/route.ts";
import { noHeatPump } from "../no-heat-pump.ts";
import "@heatloop/lovelace-card/views/rooms/room-feeds";

/** The card's view of the room feed, with what is live. */
class RoomsView extends LitElement implements PageElement {
  #input: PageInput | undefined;

  set input(input: PageInput) {
    this.#input = input;
    void loadLateTexts(input.language)?.then(() => this.requestUpdate());
    this.requestUpdate();
  }

  override render() {
    const page = this.#input;
    if (page === undefined) return nothing;
    const { device, view, live, session, texts } = page;
    if (device === undefined || view === undefined) return noHeatPump(page);
    // While the connection is lost for long, nothing is known of the feed of now.
    const isKnown = live.connection !== "lost" || device.online !== null;
    const choosing = session.may_change
      ? html`<a class="button" href=${hashOf("settings")}>${roomTextsOf(page.language).choose_rooms}</a>`
      : nothing;
    const feeds = device.room_feed.map((feed) => (isKnown ? feed : { ...feed, state: null }));
    const input: RoomFeedsInput = { view, feeds, mayChange: session.may_change, choosing };
    return html`<section class="panel">
      <h2>${texts.rooms}</h2>
      <heatloop-room-feeds .input=${input}></heatloop-room-feeds>
    </section>`;
  }

  static override styles = [controlStyles];
}

export const element = RoomsView;
