import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import type { Chart } from "@heatloop/lovelace-card/chart/chart";
import { ChartElement, chartTag } from "@heatloop/lovelace-card/chart/chart-element";
import type { ViewInput } from "@heatloop/lovelace-card/look/view";
import { fill } from "@heatloop/lovelace-card/text/language";
import { css, html, LitElement, nothing } from "lit";
import type { Api } from "../../api/api.ts";
import { loadRows, type Span } from "../../house/readings.ts";
import type { PageInput } from "../../page/page-input.ts";
import { type FedRow, type FeedDay, feedChart } from "./feed-chart.ts";
import { type FeedTransition, feedSpans } from "./feed-history.ts";
import type { ZoneFeed } from "./zone-feed.ts";

export const feedStripTag = "page-feed-strip";

/** The feed of a zone, and the page around it. */
export type FeedStripInput = {
  readonly feed: ZoneFeed;
  readonly page: PageInput;
  readonly view: ViewInput;
};

/** The past of a feed as far as it has been asked for. */
type Recorded = { readonly rows: readonly FedRow[]; readonly transitions: readonly FeedTransition[] };

/** So often what the log has is asked for again, and so soon where it could not be had. */
const refreshMs = 5 * minuteMs;
const retryMs = minuteMs / 2;

/** The last 24 hours of the feed of a zone; it looks at the time whenever its input is set. */
export class FeedStrip extends LitElement {
  #input: FeedStripInput | undefined;
  #recorded: Recorded | undefined;
  #reason: string | undefined;
  #asked: { readonly key: string; readonly at: number } | undefined;
  #chart: { readonly key: string; readonly chart: Chart } | undefined;

  set input(input: FeedStripInput) {
    this.#input = input;
    const { feed, page } = input;
    const key = `${feed.device}/${feed.zone}`;
    const now = page.clock.now();
    if (this.#asked?.key !== key) {
      this.#recorded = undefined;
      this.#reason = undefined;
      this.#chart = undefined;
    }
    const waitMs = this.#reason === undefined ? refreshMs : retryMs;
    const isDue = this.#asked?.key !== key || Math.abs(now - this.#asked.at) >= waitMs;
    if (isDue && page.live.connection === "connected") void this.#load(input, { key, at: now });
    this.requestUpdate();
  }

  async #load({ feed, page }: FeedStripInput, asked: { readonly key: string; readonly at: number }): Promise<void> {
    this.#asked = asked;
    try {
      const recorded = await loadRecorded(page.api, feed, { from: asked.at - dayMs, to: asked.at });
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
  #drawn({ feed, page, view }: FeedStripInput): Chart {
    const minute = Math.floor(page.clock.now() / minuteMs) * minuteMs;
    const key = [minute, feed.state, feed.since, this.#asked?.at, this.#recorded !== undefined, this.#reason].join();
    const words = { formats: view.formats, texts: view.texts, pageTexts: page.texts, label: "" };
    const wordsKey = [page.language, page.texts.last_day, view.texts.loading].join();
    const known = this.#chart;
    // Without a connection the day does not go on: nothing is known of it.
    if (known !== undefined && (known.key === key + wordsKey || page.live.connection !== "connected"))
      return known.chart;
    const label = `${fill(page.texts.zone, { zone: feed.zone })}, ${page.texts.last_day}`;
    const chart = feedChart(this.#day(feed, page, minute), { ...words, label }, this.#message(page, view));
    this.#chart = { key: key + wordsKey, chart };
    return chart;
  }

  #day(feed: ZoneFeed, { device }: PageInput, until: number): FeedDay {
    const span = { from: until - dayMs, to: until };
    const { rows, transitions } = this.#recorded ?? { rows: [], transitions: [] };
    const states = feedSpans({
      ...{ now: { state: feed.state, since: Date.parse(feed.since) }, transitions, span },
      rowTimes: rows.map(({ at }) => at),
      zone: feed.zone,
      isOnlyZone: device?.room_feed.length === 1,
    });
    return { span, rows, states };
  }

  /** What was there stays when it cannot be asked for again. */
  #message({ texts }: PageInput, view: ViewInput): string | undefined {
    if (this.#recorded !== undefined) return undefined;
    return this.#reason === undefined ? view.texts.loading : fill(texts.failed, { reason: this.#reason });
  }

  static override styles = css`
    :host {
      display: flex;
      height: 320px;
    }
    heatloop-chart {
      flex: 1;
      min-width: 0;
    }
  `;
}

async function loadRecorded(api: Api, { device, zone }: ZoneFeed, span: Span): Promise<Recorded> {
  const column = `room_feedback_zone_${zone}_c`;
  const query = new URLSearchParams({
    from: new Date(span.from).toISOString(),
    to: new Date(span.to).toISOString(),
    what: "room_feed",
  });
  const [rows, transitions] = await Promise.all([
    loadRows(api, device, span, { columns: [column], resolution: "5min" }),
    api.get<readonly FeedTransition[]>(`api/devices/${encodeURIComponent(device)}/transitions?${query}`),
  ]);
  if (!transitions.ok) throw new Error(transitions.detail);
  const fedIn = (value: unknown) => (typeof value === "number" ? value : null);
  return {
    rows: rows.map((row) => ({ at: Date.parse(row.time), fedC: fedIn(row[column]) })),
    transitions: transitions.value,
  };
}

if (customElements.get(chartTag) === undefined) customElements.define(chartTag, ChartElement);
if (customElements.get(feedStripTag) === undefined) customElements.define(feedStripTag, FeedStrip);
