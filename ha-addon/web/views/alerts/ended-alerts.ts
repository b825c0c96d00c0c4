import { fill } from "@heatloop/core/text/fill-text";
import { durationText } from "@heatloop/lovelace-card/look/duration-text";
import { icon } from "@heatloop/lovelace-card/look/icons";
import { html, nothing } from "lit";
import type { Api } from "../../api/api.ts";
import type { PageInput } from "../../page/page-input.ts";
import { type AlertRow, deviceName, timeOf } from "./alert-row.ts";

/** Alerts that are over, the latest first, as far as they have been asked for. */
export type EndedAlerts = {
  /** `absent`: this Heatloop keeps none. */
  readonly kind: "loading" | "absent" | "ready";
  readonly rows: readonly EndedRow[];
  /** The query of the next page; undefined: there is none. */
  readonly next: string | undefined;
  /** Why the last request failed. */
  readonly reason: string;
};

type EndedRow = AlertRow & { readonly ended: string };

export const noEndedAlerts: EndedAlerts = { kind: "loading", rows: [], next: undefined, reason: "" };

const firstQuery = "?state=ended&limit=20";

/** The latest page before what is known already, or where `query` is given the page that it means after it. */
export async function loadEnded(api: Api, before: EndedAlerts, query?: string): Promise<EndedAlerts> {
  const answer = await api.get<readonly AlertRow[]>(`api/alerts${query ?? firstQuery}`);
  if (!answer.ok) {
    if (answer.status === 404) return { ...before, kind: "absent" };
    return { ...before, kind: "ready", reason: answer.detail };
  }
  const rows = answer.value.filter(isEnded);
  // A program that keeps none has the active ones for an answer.
  if (rows.length < answer.value.length) return { ...before, kind: "absent" };
  const next = nextQuery(answer.headers.get("link"));
  const [older, newer] = query === undefined ? [before.rows, rows] : [rows, before.rows];
  const known = new Set(newer.map(keyOf));
  const added = older.filter((row) => !known.has(keyOf(row)));
  const keepsNext = query === undefined && before.rows.length > 0;
  return { kind: "ready", rows: [...newer, ...added], next: keepsNext ? before.next : next, reason: "" };
}

function isEnded(row: AlertRow): row is EndedRow {
  return row.ended !== undefined;
}

function keyOf({ id, since, ended }: EndedRow): string {
  return [id, since, ended].join();
}

/** The query of `<alerts?state=ended&before=42>; rel="next"`, whatever path stands before it. */
function nextQuery(link: string | null): string | undefined {
  return /<[^>?]*(\?[^>]*)>\s*;\s*rel="?next"?/.exec(link ?? "")?.[1];
}

/** What is over: what it was, from when to when, and a button for more. */
export function endedAlerts(ended: EndedAlerts, page: PageInput, more: (query: string | undefined) => void) {
  const { texts } = page;
  const { kind, rows, next, reason } = ended;
  if (kind === "absent") return nothing;
  return html`<section class="panel" aria-labelledby="ended">
    <h2 id="ended">${texts.ended}</h2>
    ${rows.length === 0 && reason === "" ? html`<p class="quiet" role="status">${kind === "loading" ? texts.loading : texts.no_history}</p>` : nothing}
    <ul>
      ${rows.map((row) => endedAlert(row, page))}
    </ul>
    <p role="alert">${reason === "" ? "" : fill(texts.failed, { reason })}</p>
    ${
      reason !== ""
        ? html`<button @click=${() => more(rows.length === 0 ? undefined : next)}>${texts.try_again}</button>`
        : next === undefined || kind === "loading"
          ? nothing
          : html`<button @click=${() => more(next)}>${texts.more}</button>`
    }
  </section>`;
}

function endedAlert(alert: EndedRow, page: PageInput) {
  const { texts, language } = page;
  const seconds = Math.max(0, (Date.parse(alert.ended) - Date.parse(alert.since)) / 1000);
  const lasted = fill(texts.lasted, {
    from: timeOf(alert.since, page),
    to: timeOf(alert.ended, page),
    duration: durationText(seconds, language),
  });
  const facts = [deviceName(alert, page), lasted].filter((text) => text !== undefined);
  return html`<li class="alert ${alert.severity}">
    ${icon(alert.severity)}
    <div>
      <p><span class="unseen">${texts[alert.severity]}: </span>${alert.message}</p>
      <p class="quiet">${facts.join(" · ")}</p>
    </div>
  </li>`;
}
