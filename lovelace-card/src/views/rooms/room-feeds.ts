import type { Stop } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import { html, LitElement, nothing } from "lit";
import { sharedStyles } from "../../look/styles.ts";
import type { ViewInput } from "../../look/view.ts";
import { roomsStyles } from "./rooms-styles.ts";
import { loadSending, type Sending, sendingAtStart, sendingSwitch } from "./sending.ts";
import type { ZoneFeed } from "./zone-feed.ts";
import { zonePanel } from "./zone-panel.ts";
import "./feed-strip.ts";

export const roomFeedsTag = "heatloop-room-feeds";

export type RoomFeedsInput = {
  readonly view: ViewInput;
  readonly feeds: readonly ZoneFeed[];
  /** Whether this person may turn sending on and off. */
  readonly mayChange: boolean;
  /** How rooms are chosen, for who may do that. */
  readonly choosing: unknown;
};

/** The room feeds of a heat pump, on the card and on Heatloop's page: rooms, what is sent because of them, and what came of it. */
export class RoomFeeds extends LitElement {
  #input: RoomFeedsInput | undefined;
  #sending: Sending = sendingAtStart;
  /** What the feeds said when the settings were asked for; another reason may come of other settings. */
  #settingsOf: string | undefined;
  #stopSeconds: Stop | undefined;

  set input(input: RoomFeedsInput) {
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
    const { view, feeds } = input;
    this.#stopSeconds ??= view.clock.every(secondMs, () => this.requestUpdate());
    const reasons = [view.hass.connected, ...feeds.map(({ reason }) => reason)].join();
    if (reasons === this.#settingsOf || !view.hass.connected || !hasRooms(feeds)) return;
    this.#settingsOf = reasons;
    void loadSending(view, this.#sending).then((sending) => {
      if (this.#sending.wanted === undefined) this.#show(sending);
    });
  };

  #show(sending: Sending): void {
    this.#sending = sending;
    this.requestUpdate();
  }

  override render() {
    if (this.#input === undefined) return nothing;
    const { view, feeds, mayChange, choosing } = this.#input;
    const sending = this.#sending;
    const changed = (next: Sending) => this.#show(next);
    const isOnlyZone = feeds.length === 1;
    return html`
      ${hasRooms(feeds) ? sendingSwitch({ view, feeds, sending, mayChange, changed }) : nothing}
      ${feeds.map((feed) => {
        const lastDay = html`<heatloop-feed-strip .input=${{ feed, view, isOnlyZone }}></heatloop-feed-strip>`;
        return zonePanel({ feed, view, settings: sending.settings, choosing, lastDay });
      })}
    `;
  }

  static override styles = [sharedStyles, roomsStyles];
}

/** Whether there is anything to send. */
function hasRooms(feeds: readonly ZoneFeed[]): boolean {
  return feeds.some(({ rooms }) => rooms !== null && rooms.length > 0);
}

if (customElements.get(roomFeedsTag) === undefined) customElements.define(roomFeedsTag, RoomFeeds);
