import { createHash } from "node:crypto";
import type { ChannelOf } from "../settings/channel-settings.ts";
import type { PostRequest } from "./http-post.ts";
import type { ChannelMessage } from "./message.ts";
import { signatureOf } from "./signature.ts";
import { cutToBytes, type Reader, wordingOf } from "./wording.ts";

/** Who sends, when, and for whom to read. */
export type Sender = Reader & { readonly installation: string; readonly version: string; readonly at: number };

/** The message as JSON, signed where the channel has a secret. */
export function webhookRequest(
  { url }: ChannelOf<"webhook">,
  secret: string | undefined,
  message: ChannelMessage,
  { installation, zone, version, at }: Sender,
): PostRequest {
  const { id, kind, alert, severity, message: text, device, deviceName, sinceAt } = message;
  const body = JSON.stringify({
    id,
    kind,
    installation,
    alert: { id: alert, severity, message: text, device, device_name: deviceName, since: zone.isoOf(sinceAt) },
    time: zone.isoOf(message.at),
  });
  const headers = {
    "user-agent": `Heatloop/${version}`,
    "heatloop-message-id": id,
    ...(secret !== undefined && { "heatloop-signature": signatureOf(body, secret, at) }),
  };
  return { url, headers, body };
}

/** Incoming webhook: its address is the secret. Slack takes 40 000 characters and reads `&`, `<` and `>`. */
export function slackRequest(address: string, message: ChannelMessage, sender: Sender): PostRequest {
  const { title, text } = wordingOf(message, sender);
  const escaped = (plain: string) => plain.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return jsonRequest(address, { text: `*${escaped(title)}*\n${escaped(cutToBytes(text, 10_000))}` }, sender);
}

const pagerdutySummaryBytes = 1_024;
const pagerdutyKeyLength = 255;

/** Events API v2: one incident an alert, from its beginning to its end. */
export function pagerdutyRequest(
  address: string,
  routingKey: string,
  message: ChannelMessage,
  sender: Sender,
): PostRequest {
  const { installation, zone } = sender;
  const key = `heatloop/${installation}/${message.alert}`;
  const { text } = wordingOf(message, sender);
  const event = {
    routing_key: routingKey,
    event_action: message.kind === "cleared" ? "resolve" : "trigger",
    dedup_key: key.length <= pagerdutyKeyLength ? key : createHash("sha256").update(key).digest("hex"),
    client: "Heatloop",
    payload: {
      summary: cutToBytes(message.message, pagerdutySummaryBytes),
      source: message.deviceName ?? "Heatloop",
      severity: message.severity,
      timestamp: zone.isoOf(message.at),
      ...(message.device !== null && { component: message.device }),
      custom_details: { alert: message.alert, text: cutToBytes(text, 4_000) },
    },
  };
  return jsonRequest(address, event, sender);
}

/** ntfy's priorities: 3 is the usual one, 5 the highest. */
const ntfyPriorities = { info: 2, warning: 3, error: 4 } as const;
const ntfyTags = { info: "information_source", warning: "warning", error: "rotating_light" } as const;
/** ntfy makes a file of what is longer. */
const ntfyMessageBytes = 4_000;

/** Publishing as JSON; a message that comes twice replaces itself by its `sequence_id` (ntfy 2.16). */
export function ntfyRequest(
  { url, topic, priority }: ChannelOf<"ntfy">,
  token: string | undefined,
  message: ChannelMessage,
  sender: Sender,
): PostRequest {
  const { title, text } = wordingOf(message, sender);
  const isOver = message.kind === "cleared" || message.kind === "test";
  const body = {
    topic,
    title: cutToBytes(title, 200),
    message: cutToBytes(text, ntfyMessageBytes),
    priority: priority ?? (isOver ? ntfyPriorities.info : ntfyPriorities[message.severity]),
    tags: [isOver ? "white_check_mark" : ntfyTags[message.severity]],
    sequence_id: message.id,
  };
  return jsonRequest(url, body, sender, token === undefined ? {} : { authorization: `Bearer ${token}` });
}

/** Bot API, `sendMessage`: at most 4096 characters. */
export function telegramRequest(
  address: string,
  { chat_id }: ChannelOf<"telegram">,
  token: string,
  message: ChannelMessage,
  sender: Sender,
): PostRequest {
  const { title, text } = wordingOf(message, sender);
  const body = {
    chat_id,
    text: cutToBytes(`${title}\n${text}`, 4_000),
    link_preview_options: { is_disabled: true },
    disable_notification: message.severity === "info" && message.kind !== "test",
  };
  return jsonRequest(`${address}/bot${token}/sendMessage`, body, sender);
}

/** How long Telegram asks to wait, which it says in its answer alone, s. */
export function telegramRetryAfterS(text: string): number | null {
  const seconds = /"retry_after"\s*:\s*(\d{1,9})/.exec(text)?.[1];
  return seconds === undefined ? null : Number(seconds);
}

function jsonRequest(
  url: string,
  body: object,
  { version }: Sender,
  headers: Readonly<Record<string, string>> = {},
): PostRequest {
  return { url, headers: { "user-agent": `Heatloop/${version}`, ...headers }, body: JSON.stringify(body) };
}
