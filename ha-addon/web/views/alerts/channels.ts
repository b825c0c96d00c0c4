import { fill } from "@heatloop/core/text/fill-text";
import { html, nothing } from "lit";
import type { PageInput } from "../../page/page-input.ts";
import { hashOf } from "../../page/route.ts";
import { type ChannelTest, channelItem, type ToldChannel, type ToldChannels, testChannel } from "../channel-item.ts";

/** Who is told of alerts: the last delivery, the last error, and a test with its answer beside it. */
export function channelsPanel({
  channels,
  tests,
  page,
  tested,
  load,
}: {
  readonly channels: ToldChannels;
  /** By the channel's name. */
  readonly tests: ReadonlyMap<string, ChannelTest>;
  readonly page: PageInput;
  /** A test has come to this. */
  tested(name: string, test: ChannelTest): void;
  /** Asks for the channels again. */
  load(): void;
}) {
  const { texts } = page;
  const { kind, list, reason } = channels;
  if (kind === "absent") return nothing;
  async function test({ name }: ToldChannel): Promise<void> {
    if (tests.get(name)?.kind === "sending") return;
    tested(name, { kind: "sending" });
    tested(name, await testChannel(page.api, name));
    load();
  }
  return html`<section class="panel" aria-labelledby="channels">
    <h2 id="channels">${texts.channels}</h2>
    ${kind === "loading" ? html`<p class="quiet" role="status">${texts.loading}</p>` : nothing}
    <p role="alert">${kind === "failed" ? fill(texts.failed, { reason }) : ""}</p>
    ${kind === "failed" ? html`<button @click=${load}>${texts.try_again}</button>` : nothing}
    ${kind === "ready" && list.length === 0 ? html`<p>${texts.no_channels}</p>` : nothing}
    <ul>
      ${list.map((channel) => channelItem(channel, page, tests.get(channel.name), () => void test(channel)))}
    </ul>
    ${
      kind === "ready" && page.session.may_change
        ? html`<a class="button" href=${hashOf("settings", "channels")}>${texts.choose_channels}</a>`
        : nothing
    }
  </section>`;
}
