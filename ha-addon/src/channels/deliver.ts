import { hideSecrets, secretForms } from "@heatloop/program/hide-secrets";
import { messageOf } from "@heatloop/program/log";
import type { ChannelSettings } from "../settings/channel-settings.ts";
import { type Delivery, failed } from "./delivery.ts";
import { deliverEmail } from "./email.ts";
import {
  ntfyRequest,
  pagerdutyRequest,
  type Sender,
  slackRequest,
  telegramRequest,
  telegramRetryAfterS,
  webhookRequest,
} from "./http-channels.ts";
import { outcomeOf } from "./http-outcome.ts";
import { type PostRequest, post } from "./http-post.ts";
import type { ChannelMessage } from "./message.ts";
import { needsSecret } from "./secret-rules.ts";

/** Where the services are that have one address for all. */
export type ServiceAddresses = {
  readonly pagerduty: Readonly<Record<"us" | "eu", string>>;
  readonly telegram: string;
};

export const publicServices: ServiceAddresses = {
  pagerduty: { us: "https://events.pagerduty.com/v2/enqueue", eu: "https://events.eu.pagerduty.com/v2/enqueue" },
  telegram: "https://api.telegram.org",
};

export const secretMissing = "it has no secret yet, or got it for another server: set it";

export type DeliveryParts = {
  readonly channel: ChannelSettings;
  readonly secret: string | undefined;
  readonly message: ChannelMessage;
  readonly sender: Sender;
  readonly services: ServiceAddresses;
  readonly signal: AbortSignal;
};

/** Delivers a message by its channel, once; never rejected, and the secret is in no part of what it says. */
export async function deliver(parts: DeliveryParts): Promise<Delivery> {
  const { channel, secret } = parts;
  if (secret === undefined && needsSecret(channel)) return failed(secretMissing);
  const delivery = await attempt(parts).catch((error: unknown) => failed(messageOf(error), { mayHaveArrived: true }));
  if (secret === undefined || delivery.kind === "delivered") return delivery;
  return { ...delivery, why: hideSecrets(delivery.why, secretForms([secret])) };
}

function attempt({ channel, secret, message, sender, services, signal }: DeliveryParts): Promise<Delivery> {
  const send = async (request: PostRequest, ownRetryAfterS?: (text: string) => number | null) =>
    outcomeOf(await post(request, signal), sender.at, signal, ownRetryAfterS);
  switch (channel.kind) {
    case "webhook":
      return send(webhookRequest(channel, secret, message, sender));
    case "email":
      return deliverEmail(channel, secret, message, sender, signal);
    case "slack":
      return send(slackRequest(secret ?? "", message, sender));
    case "pagerduty":
      return send(pagerdutyRequest(services.pagerduty[channel.region], secret ?? "", message, sender));
    case "ntfy":
      return send(ntfyRequest(channel, secret, message, sender));
    case "telegram":
      return send(telegramRequest(services.telegram, channel, secret ?? "", message, sender), telegramRetryAfterS);
  }
}
