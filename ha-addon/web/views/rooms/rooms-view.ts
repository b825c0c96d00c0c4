import type { Stop } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import { html, LitElement, nothing } from "lit";
import { controlStyles } from "../../look/control-styles.ts";
import type { PageElement, PageInput } from "../../page/page-input.ts";
import { noHeatPump } from "../no-heat-pump.ts";
import { roomsStyles } from "./rooms-styles.ts";
import { loadSending, type Sending, sendingAtStart, sendingSwitch } from "./sending.ts";
import { zonePanel } from "./zone-panel.ts";

/** The room feed: the rooms, what the heat pump is sent because of them, and what it makes of it. */
class RoomsView extends LitElement implements PageElement {
  #input: PageInput | undefined;
  #sending: Sending = sendingAtStart;
  /** What the feeds said when the settings were asked for; another reason may come of other settings. */
  #settingsOf: string | undefined;
  #stopSeconds: Stop | undefined;

  set input(input: PageInput) {
    this.#input = input;
    this.#look();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.#look);
    this.#settingsOf = undefined;
    this.#look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.#look);
    this.#stopSeconds?.();
    this.#stopSeconds = undefined;
  }

  /** Ages grow by the second, while somebody can see them. */
  #look = (): void => {
    const input = this.#input;
    if (input === undefined || !this.isConnected) return;
    this.requestUpdate();
    if (document.visibilityState === "hidden") {
      this.#stopSeconds?.();
      this.#stopSeconds = undefined;
      return;
    }
    this.#stopSeconds ??= input.clock.every(secondMs, () => this.requestUpdate());
    const reasons = [input.live.connection, ...(input.device?.room_feed ?? []).map(({ reason }) => reason)].join();
    if (reasons === this.#settingsOf || input.live.connection !== "connected") return;
    this.#settingsOf = reasons;
    void loadSending(input.api, this.#sending).then((sending) => {
      if (this.#sending.wanted === undefined) this.#show(sending);
    });
  };

  #show(sending: Sending): void {
    this.#sending = sending;
    this.requestUpdate();
  }

  override render() {
    const page = this.#input;
    if (page === undefined) return nothing;
    const { device, view } = page;
    if (device === undefined || view === undefined) return noHeatPump(page);
    const feeds = device.room_feed;
    const hasRooms = feeds.some(({ rooms }) => rooms.length > 0);
    const { settings } = this.#sending;
    const changed = (sending: Sending) => this.#show(sending);
    return html`
      ${hasRooms ? html`<section class="panel">${sendingSwitch({ page, feeds, sending: this.#sending, changed })}</section>` : nothing}
      ${feeds.map((feed) => zonePanel({ feed, page, view, settings }))}
    `;
  }

  static override styles = [controlStyles, roomsStyles];
}

export const element = RoomsView;
