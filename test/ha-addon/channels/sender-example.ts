import { zoneOf } from "@heatloop/core/time/local-day";
import { deliver, publicServices, type ServiceAddresses } from "@heatloop/ha-addon/channels/deliver";
import type { Sender } from "@heatloop/ha-addon/channels/http-channels";
import type { ChannelMessage } from "@heatloop/ha-addon/channels/message";
import type { ChannelSettings } from "@heatloop/ha-addon/settings/channel-settings";
import { exampleMessage, newsAt } from "./news-examples.ts";

const zone = zoneOf("Europe/Rome");
if (zone === undefined) throw new Error("there is no Europe/Rome");

/** Who sends in these tests: at `newsAt`, for somebody in Rome who reads English. */
export const exampleSender: Sender = { installation: "inst0001", version: "1.2.3", language: "en", zone, at: newsAt };

/** Delivers the example's message, or another one, once. */
export function delivered(
  channel: ChannelSettings,
  how: {
    readonly secret?: string;
    readonly message?: ChannelMessage;
    readonly sender?: Partial<Sender>;
    readonly services?: ServiceAddresses;
    readonly signal?: AbortSignal;
  } = {},
) {
  return deliver({
    channel,
    secret: how.secret,
    message: how.message ?? exampleMessage(),
    sender: { ...exampleSender, ...how.sender },
    services: how.services ?? publicServices,
    signal: how.signal ?? new AbortController().signal,
  });
}

/** Services that are all at one address of a test. */
export function servicesAt(url: string): ServiceAddresses {
  return { pagerduty: { us: `${url}/us`, eu: `${url}/eu` }, telegram: url };
}
