import { fill } from "@heatloop/core/text/fill-text";
import { icon } from "@heatloop/lovelace-card/look/icons";
import { html, nothing } from "lit";
import type { Answer } from "../../api/api.ts";
import type { PageInput } from "../../page/page-input.ts";
import { type AlertRow, deviceName, timeOf } from "./alert-row.ts";

/** How what a person did with an alert stands. */
export type AlertChange = { readonly kind: "sending" } | { readonly kind: "refused"; readonly reason: string };

/** So long an alert can be made quiet. */
const snoozes = [
  { minutes: 60, unit: "hour", count: 1 },
  { minutes: 8 * 60, unit: "hour", count: 8 },
  { minutes: 24 * 60, unit: "day", count: 1 },
  { minutes: 7 * 24 * 60, unit: "day", count: 7 },
] as const;

type Parts = {
  readonly alert: AlertRow;
  readonly page: PageInput;
  readonly change: AlertChange | undefined;
  /** Sends what a person wants, and takes the answer. */
  act(alert: AlertRow, send: () => Promise<Answer<AlertRow | undefined>>): void;
};

/** What is wrong now, since when, who has seen it, and what a person can do with it. */
export function activeAlert(parts: Parts) {
  const { alert, page, change } = parts;
  const { texts, session } = page;
  const facts = [
    deviceName(alert, page),
    fill(texts.since, { time: timeOf(alert.since, page) }),
    seenText(alert, page),
    quietText(alert, page),
  ].filter((text) => text !== undefined);
  return html`<li class="alert ${alert.severity}" id=${`alert-${alert.id}`} tabindex="-1">
    ${icon(alert.severity)}
    <div>
      <p><span class="unseen">${texts[alert.severity]}: </span>${alert.message}</p>
      <p class="quiet">${facts.join(" · ")}</p>
      ${session.may_change ? actions(parts) : nothing}
      <p role="alert">${change?.kind === "refused" ? change.reason : ""}</p>
    </div>
  </li>`;
}

function seenText({ acknowledged, acknowledged_by: by }: AlertRow, page: PageInput): string | undefined {
  if (!acknowledged) return undefined;
  const time = timeOf(acknowledged, page);
  return by ? fill(page.texts.acknowledged_by, { time, name: by }) : fill(page.texts.acknowledged, { time });
}

function quietText({ snoozed_until: until }: AlertRow, page: PageInput): string | undefined {
  if (!until || Date.parse(until) <= page.clock.now()) return undefined;
  return fill(page.texts.snoozed, { time: timeOf(until, page) });
}

function actions({ alert, page, change, act }: Parts) {
  const { texts, api } = page;
  const isSending = change?.kind === "sending";
  const post = (what: string, body?: unknown) => () =>
    api.send<AlertRow>("POST", `api/alerts/${encodeURIComponent(alert.id)}/${what}`, body);
  // A program that keeps no alerts knows nothing of who has seen them.
  const isKept = alert.acknowledged !== undefined;
  return html`<div class="row" role="group" aria-label=${alert.message}>
    ${
      isKept && alert.acknowledged === null
        ? html`<button aria-disabled=${isSending} @click=${() => act(alert, post("acknowledge"))}>
            ${texts.acknowledge}
          </button>`
        : nothing
    }
    ${isKept ? snooze(page, isSending, (minutes) => act(alert, post("snooze", { minutes }))) : nothing}
    ${
      alert.id.startsWith("kept_commands/") && alert.device !== null
        ? html`<button aria-disabled=${isSending} @click=${() => act(alert, clearCommands(alert.device ?? "", page))}>
            ${texts.clear_commands}
          </button>`
        : nothing
    }
  </div>`;
}

/** Clears the commands that the broker keeps; the alert then goes by itself. */
function clearCommands(device: string, { api }: PageInput): () => Promise<Answer<undefined>> {
  return () => api.send<undefined>("DELETE", `api/devices/${encodeURIComponent(device)}/kept-commands`);
}

function snooze({ texts, language }: PageInput, isSending: boolean, send: (minutes: number) => void) {
  const click = (event: Event) => {
    const select = (event.currentTarget as HTMLElement).parentElement?.querySelector("select");
    send(Number(select?.value ?? snoozes[0].minutes));
  };
  return html`<span class="snooze"
    ><select aria-label=${texts.snooze_for}>
      ${snoozes.map(({ minutes, unit, count }) => html`<option value=${minutes}>${lengthText(count, unit, language)}</option>`)}</select
    ><button aria-disabled=${isSending} @click=${click}>${texts.snooze}</button></span
  >`;
}

function lengthText(count: number, unit: "hour" | "day", language: string): string {
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count);
}
