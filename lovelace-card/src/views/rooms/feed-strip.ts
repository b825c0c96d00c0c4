import { fill } from "@heatloop/core/text/fill-text";
import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import { css, html, LitElement, nothing } from "lit";
import type { Chart } from "../../chart/chart.ts";
import { ChartElement, chartTag } from "../../chart/chart-element.ts";
import type { ViewInput } from "../../look/view.ts";
import { roomTextsOf } from "../../text/late/room-texts.ts";
import { feedChart } from "./feed-chart.ts";
import { feedOfApp, feedOfHistory, type RecordedFeed } from "./feed-day.ts";
import type { ZoneFeed } from "./zone-feed.ts";

export const feedStripTag = "heatloop-feed-strip";

/** The feed of a zone, and what it is drawn with. */
export type FeedStripInput = {
  readonly feed: ZoneFeed;
  readonly view: ViewInput;
  readonly isOnlyZone: boolean;
};

/** So often the past is asked for again, and so soon where it could not be had. */
const refreshMs = 5 * minuteMs;
const retryMs = minuteMs / 2;

/** The last 24 hours of the feed of a zone; it looks at the time whenever its input is set. */
export class FeedStrip extends LitElement {
  #input: FeedStripInput | undefined;
  #recorded: RecordedFeed | undefined;
  #reason: string | undefined;
  #asked: { readonly key: string; readonly at: number } | undefined;
  #chart: { readonly key: string; readonly chart: Chart } | undefined;

  set input(input: FeedStripInput) {
    this.#input = input;
    const { feed, view } = input;
    const key = `${view.heatPump.device.id}/${feed.zone}/${feed.rooms === null}`;
    const now = view.clock.now();
    if (this.#asked?.key !== key) {
      this.#recorded = undefined;
      this.#reason = undefined;
      this.#chart = undefined;
    }
    const waitMs = this.#reason === undefined ? refreshMs : retryMs;
    const isDue = this.#asked?.key !== key || Math.abs(now - this.#asked.at) >= waitMs;
    if (isDue && view.hass.connected) void this.#load(input, { key, at: now });
    this.requestUpdate();
  }

  async #load(input: FeedStripInput, asked: { readonly key: string; readonly at: number }): Promise<void> {
    this.#asked = asked;
    try {
      const recorded = await loadFeed(input, { from: asked.at - dayMs, to: asked.at });
      if (this.#asked !== asked) return;
      this.#recorded = recorded;
      this.#reason = undefined;
    } catch (error) {
      if (this.#asked !== asked) return;
      this.#reason = error instanceof Error ? error.message : String(error);
    }
    this.requestUpdate();
  }

  override render() {
    if (this.#input === undefined) return nothing;
    return html`<heatloop-chart .chart=${this.#drawn(this.#input)}></heatloop-chart>`;
  }

  /** The same chart for as long as a person would see no difference. */
  #drawn({ feed, view }: FeedStripInput): Chart {
    const minute = Math.floor(view.clock.now() / minuteMs) * minuteMs;
    const known = this.#chart;
    const what = [minute, feed.state, feed.since, this.#asked?.at, this.#recorded !== undefined, this.#reason];
    const key = [...what, view.formats.language, view.texts.loading, roomTextsOf(view.hass.language).last_day].join();
    // Without a connection the day does not go on: nothing is known of it.
    if (known !== undefined && (known.key === key || !view.hass.connected)) return known.chart;
    const span = { from: minute - dayMs, to: minute };
    const { steps = [] } = this.#recorded ?? {};
    const states = this.#recorded?.states(feed, span) ?? [];
    const label = `${fill(view.texts.zone, { zone: feed.zone })}, ${roomTextsOf(view.hass.language).last_day}`;
    const chart = feedChart({ span, steps, states }, { ...view, label }, this.#message(view));
    this.#chart = { key, chart };
    return chart;
  }

  /** What was there stays when it cannot be asked for again. */
  #message({ texts }: ViewInput): string | undefined {
    if (this.#recorded !== undefined) return undefined;
    return this.#reason ?? texts.loading;
  }

  static override styles = css`
    :host {
      display: flex;
      height: 260px;
    }
    heatloop-chart {
      flex: 1;
      min-width: 0;
    }
  `;
}

/** The app's, where it knows the feed; else Home Assistant's. */
function loadFeed(
  { feed, view, isOnlyZone }: FeedStripInput,
  span: { from: number; to: number },
): Promise<RecordedFeed> {
  if (feed.rooms !== null) return feedOfApp(view, feed.zone, span, isOnlyZone);
  const entity = view.heatPump.entities.get(feed.zone === 2 ? "room_feed_zone_2" : "room_feed_zone_1") ?? "";
  return feedOfHistory(view, entity, span);
}

if (customElements.get(chartTag) === undefined) customElements.define(chartTag, ChartElement);
if (customElements.get(feedStripTag) === undefined) customElements.define(feedStripTag, FeedStrip);
