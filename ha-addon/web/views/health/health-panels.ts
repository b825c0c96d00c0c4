import { fill } from "@heatloop/core/text/fill-text";
import { durationText } from "@heatloop/lovelace-card/look/duration-text";
import { sizeText } from "@heatloop/lovelace-card/look/size-text";
import { html, nothing } from "lit";
import { instantText } from "../../look/formats.ts";
import type { PageInput } from "../../page/page-input.ts";
import type { DeviceHealth, HealthAnswer, StatsAnswer } from "./health-answer.ts";

/** How what is known is written for whoever looks. */
export type HealthWords = {
  readonly texts: PageInput["texts"];
  time(instant: string | null | undefined): string;
  size(bytes: number | null | undefined): string;
  count(number: number | null | undefined): string;
  duration(seconds: number): string;
};

const unknown = "–";

export function writingOf({ texts, language, live, clock }: PageInput): HealthWords {
  const numbers = new Intl.NumberFormat(language);
  const zone = { language, timeZone: live.timeZone };
  return {
    texts,
    time: (instant) => (instant ? instantText(Date.parse(instant), clock.now(), zone) : unknown),
    size: (bytes) => (bytes === null || bytes === undefined ? unknown : sizeText(bytes, language)),
    count: (number) => (number === null || number === undefined ? unknown : numbers.format(number)),
    duration: (seconds) => durationText(seconds, language),
  };
}

/** Broker and Home Assistant: whether they are there, and since when. */
export function connectionsPanel({ mqtt, home_assistant: homeAssistant }: HealthAnswer, writing: HealthWords) {
  const { texts } = writing;
  return html`<section class="panel">
    <h2>${texts.connections}</h2>
    <dl>
      <dt>${texts.broker}</dt>
      <dd>${connection(mqtt, writing)}</dd>
      <dt>${texts.home_assistant}</dt>
      <dd>${connection(homeAssistant, writing)}</dd>
    </dl>
  </section>`;
}

function connection({ state, since, detail }: HealthAnswer["mqtt"], { texts, time }: HealthWords) {
  const word = { connected: texts.connected, away: texts.away, off: texts.not_set_up }[state];
  const look = { connected: "well", away: "ill", off: "quiet" }[state];
  return html`<span class=${look}>${word}</span>
    ${since === null ? nothing : fill(texts.since, { time: time(since) })}
    ${detail === null ? nothing : html`<p class="quiet">${detail}</p>`}`;
}

/** The minute log as files: how large, how much room, how new. */
export function archivePanel({ archive }: HealthAnswer, { texts, time, size, count }: HealthWords) {
  const isWell = archive.state === "ok";
  return html`<section class="panel">
    <h2>${texts.archive}</h2>
    <dl>
      <dt>${texts.state}</dt>
      <dd>
        <span class=${isWell ? "well" : "ill"}>${isWell ? texts.archive_ok : texts.archive_failing}</span>
        ${archive.detail === null ? nothing : html`<p class="quiet">${archive.detail}</p>`}
      </dd>
      <dt>${texts.size}</dt>
      <dd>${size(archive.bytes)}</dd>
      <dt>${texts.free}</dt>
      <dd>${size(archive.free_bytes)}</dd>
      <dt>${texts.logged_days}</dt>
      <dd>${count(archive.days)}</dd>
      <dt>${texts.last_row}</dt>
      <dd>${time(archive.last_row)}</dd>
      <dt>${texts.waiting_rows}</dt>
      <dd>${count(archive.waiting_rows)}</dd>
    </dl>
  </section>`;
}

/** Where the rows of the log are sent besides; nothing where they are not. */
export function influxPanel(influx: HealthAnswer["influx"] | undefined, { texts, time, count, duration }: HealthWords) {
  if (influx === undefined || influx.state === "off") return nothing;
  const { state, detail, behind_min: behindMin, refused_rows: refusedRows, skipped_days: skippedDays } = influx;
  const word = {
    waiting: texts.influx_waiting,
    connected: texts.connected,
    away: texts.away,
    refused: texts.influx_refused,
  }[state];
  const look = { waiting: "quiet", connected: "well", away: "ill", refused: "ill" }[state];
  const reasons = new Set([detail, refusedRows].filter((reason) => reason !== null));
  return html`<section class="panel">
    <h2>InfluxDB</h2>
    <dl>
      <dt>${texts.state}</dt>
      <dd>
        <span class=${look}>${word}</span>
        ${[...reasons].map((reason) => html`<p class="quiet">${reason}</p>`)}
        ${behindMin === null ? nothing : html`<p class="quiet">${fill(texts.influx_behind, { time: duration(behindMin * 60) })}</p>`}
      </dd>
      <dt>${texts.last_sent}</dt>
      <dd>${time(influx.last_sent)}</dd>
      ${skippedDays === 0 ? nothing : html`<dt>${texts.influx_skipped}</dt><dd>${count(skippedDays)}</dd>`}
    </dl>
  </section>`;
}

/** Whether this home is at the hub of the settings; nothing where there is none. */
export function hubPanel(hub: HealthAnswer["hub"] | undefined, { texts, time, duration, count }: HealthWords) {
  if (hub === undefined || hub.state === "off") return nothing;
  const { state, detail, clock_behind_s: behindS, behind_min: behindMin, refused_rows: refusedRows } = hub;
  const { skipped_days: skippedDays, events_dropped: dropped, events_trouble: trouble } = hub;
  const word = {
    waiting: texts.influx_waiting,
    connected: texts.connected,
    away: texts.away,
    refused: texts.influx_refused,
  }[state];
  const look = { waiting: "quiet", connected: "well", away: "ill", refused: "ill" }[state];
  const clock = (behindS ?? 0) > 0 ? texts.hub_clock_behind : texts.hub_clock_ahead;
  return html`<section class="panel">
    <h2>${texts.hub}</h2>
    <dl>
      <dt>${texts.state}</dt>
      <dd>
        <span class=${look}>${word}</span>
        ${detail === null ? nothing : html`<p class="quiet">${detail}</p>`}
        ${behindS === null ? nothing : html`<p class="ill">${fill(clock, { time: duration(Math.abs(behindS)) })}</p>`}
        ${behindMin === null ? nothing : html`<p class="quiet">${fill(texts.influx_behind, { time: duration(behindMin * 60) })}</p>`}
        ${refusedRows === null ? nothing : html`<p class="quiet">${refusedRows}</p>`}
        ${trouble === null ? nothing : html`<p class="ill">${fill(texts.hub_events_trouble, { why: trouble })}</p>`}
      </dd>
      <dt>${texts.last_sent}</dt>
      <dd>${time(hub.last_sent)}</dd>
      ${skippedDays === 0 ? nothing : html`<dt>${texts.influx_skipped}</dt><dd>${count(skippedDays)}</dd>`}
      ${dropped === 0 ? nothing : html`<dt>${texts.hub_events_dropped}</dt><dd>${count(dropped)}</dd>`}
    </dl>
  </section>`;
}

/** Each heat pump: whether it is heard, its last row, and when nothing was known of it today. */
export function devicesPanel(devices: readonly DeviceHealth[], live: PageInput["live"], writing: HealthWords) {
  const { texts, time } = writing;
  if (devices.length === 0) return nothing;
  const nameOf = (id: string) => live.devices.find((device) => device.id === id)?.name ?? id;
  const word = (online: boolean | null) => (online === null ? unknown : online ? texts.online : texts.offline);
  return html`<section class="panel">
    <h2>${texts.devices}</h2>
    ${devices.map(
      ({ id, online, last_seen, last_row, gaps_today }) => html`<h3>${nameOf(id)}</h3>
        <dl>
          <dt>${texts.state}</dt>
          <dd><span class=${online === false ? "ill" : online ? "well" : "quiet"}>${word(online)}</span></dd>
          <dt>${texts.last_seen}</dt>
          <dd>${time(last_seen)}</dd>
          <dt>${texts.last_row}</dt>
          <dd>${time(last_row)}</dd>
          <dt>${texts.gaps}</dt>
          <dd>${gaps(gaps_today, writing)}</dd>
        </dl>`,
    )}
  </section>`;
}

function gaps(known: DeviceHealth["gaps_today"], { texts, time, duration }: HealthWords) {
  if (known === null) return unknown;
  if (known.length === 0) return texts.no_gaps;
  return html`<ul>
    ${known.map(({ start, end, seconds, cause }) => {
      const span = `${time(start)} – ${time(end)} (${duration(seconds)})`;
      return html`<li>${cause === null ? span : `${span}: ${texts[`gap_${cause}`]}`}</li>`;
    })}
  </ul>`;
}

/** What is wrong in settings.json; nothing where nothing is. */
export function settingsPanel({ settings: { state, mistakes, kept_aside } }: HealthAnswer, { texts }: HealthWords) {
  if (state === "ok") return nothing;
  return html`<section class="panel">
    <h2>${texts.settings}</h2>
    <p class="ill">${texts.settings_broken}</p>
    <ul>
      ${mistakes.map(({ path, found, allowed }) => html`<li>${fill(texts.settings_mistake, { path, found, allowed })}</li>`)}
    </ul>
    ${kept_aside === null ? nothing : html`<p class="quiet">${fill(texts.settings_kept, { file: kept_aside })}</p>`}
  </section>`;
}

export function programPanel(
  version: string,
  stats: StatsAnswer | undefined,
  { texts, time, size, count }: HealthWords,
) {
  return html`<section class="panel">
    <h2>${texts.program}</h2>
    <dl>
      <dt>${texts.version_name}</dt>
      <dd>${version}</dd>
      <dt>${texts.running_since}</dt>
      <dd>${time(stats?.started)}</dd>
      <dt>${texts.memory}</dt>
      <dd>${size(stats?.memory_bytes)}</dd>
      <dt>${texts.clients}</dt>
      <dd>${count(stats?.live_clients)}</dd>
    </dl>
  </section>`;
}
