import { fill } from "@heatloop/core/text/fill-text";
import { css, html, nothing } from "lit";
import type { z } from "zod";
import type { channelSchema } from "../../src/web/channels/schemas.ts";
import type { Api } from "../api/api.ts";
import { kindNames } from "../channels/kind-names.ts";
import { instantText } from "../look/formats.ts";
import type { PageInput } from "../page/page-input.ts";

/** A channel by which somebody outside is told of alerts, as `GET api/channels` has it. */
export type ToldChannel = z.output<typeof channelSchema>;

/** How the test of a channel stands. */
export type ChannelTest =
  | { readonly kind: "sending" }
  | { readonly kind: "sent" }
  | { readonly kind: "failed"; readonly reason: string };

export type ToldChannels = {
  /** `absent`: this Heatloop has none. */
  readonly kind: "loading" | "absent" | "failed" | "ready";
  readonly list: readonly ToldChannel[];
  readonly reason: string;
};

export const noChannels: ToldChannels = { kind: "loading", list: [], reason: "" };

/** The channels of now; what was known stays where they cannot be had. */
export async function loadChannels(api: Api, before: ToldChannels): Promise<ToldChannels> {
  const answer = await api.get<readonly ToldChannel[]>("api/channels");
  if (answer.ok) return { kind: "ready", list: answer.value, reason: "" };
  if (answer.status === 404) return { ...before, kind: "absent" };
  return before.kind === "ready" ? before : { ...before, kind: "failed", reason: answer.detail };
}

/** Sends a test by a channel. */
export async function testChannel(api: Api, name: string): Promise<ChannelTest> {
  const answer = await api.send("POST", `api/channels/${encodeURIComponent(name)}/test`);
  return answer.ok ? { kind: "sent" } : { kind: "failed", reason: answer.detail };
}

/** A channel with how it is, and a button that tests it with its answer beside it; `more`: what else can be done with it. */
export function channelItem(
  channel: ToldChannel,
  page: PageInput,
  test: ChannelTest | undefined,
  send: () => void,
  more: unknown = nothing,
) {
  const { texts, session } = page;
  const { name, kind, on, has_secret: hasSecret, needs_secret: needsSecret } = channel;
  const { waiting, last_delivered: delivered } = channel;
  const facts = [
    kindNames[kind],
    on ? undefined : texts.channel_off,
    delivered === null ? texts.channel_never : fill(texts.channel_delivered, { time: timeOf(delivered, page) }),
    waiting === 0 ? undefined : fill(texts.channel_waiting, { count: waiting }),
  ].filter((text) => text !== undefined);
  return html`<li class="channel" data-channel=${name}>
    <h3>${name}</h3>
    <p class="quiet">${facts.join(" · ")}</p>
    ${hasSecret || !needsSecret ? nothing : html`<p class="quiet">${texts.channel_no_secret}</p>`} ${lastError(channel, page)}
    ${
      session.may_change
        ? html`<div class="row" role="group" aria-label=${name}>
            <button aria-disabled=${test?.kind === "sending"} @click=${send}>
              ${texts.channel_test}
            </button>
            <span role="status">${test?.kind === "sending" ? texts.channel_testing : test?.kind === "sent" ? texts.channel_sent : ""}</span>
            <span role="alert">${test?.kind === "failed" ? test.reason : ""}</span>
            ${more}
          </div>`
        : nothing
    }
  </li>`;
}

function timeOf(instant: string, { clock, language, live }: PageInput): string {
  return instantText(Date.parse(instant), clock.now(), { language, timeZone: live.timeZone });
}

function lastError({ last_error: reason, last_error_at: at }: ToldChannel, page: PageInput) {
  if (reason === null) return nothing;
  const { channel_error: plain, channel_error_at: timed } = page.texts;
  return html`<p class="trouble">${at ? fill(timed, { time: timeOf(at, page), reason }) : fill(plain, { reason })}</p>`;
}

/** How channels look in a list. */
export const channelStyles = css`
  .channel {
    padding: 12px 0;
  }
  .channel + .channel {
    border-top: 1px solid var(--divider-color);
  }
  .channel p {
    margin: 0 0 6px;
    overflow-wrap: anywhere;
  }
  .trouble {
    color: var(--error-color);
  }
  button[aria-disabled="true"] {
    opacity: 0.55;
  }
`;
