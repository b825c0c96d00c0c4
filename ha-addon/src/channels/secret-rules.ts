import { z } from "zod";
import { type ChannelKind, type ChannelSettings, isSafeUrl } from "../settings/channel-settings.ts";

function secretOf(rule: string, isFine: (secret: string) => boolean): z.ZodType<string> {
  return z.string({ error: rule }).refine(isFine, { error: rule });
}

/** No control characters, which would end a header, and so long. */
function isText(least: number, most: number): (secret: string) => boolean {
  return (secret) => secret.length >= least && secret.length <= most && !/\p{Cc}/u.test(secret);
}

/** What the secret of each kind is, and what is allowed there. */
export const secretSchemas: Readonly<Record<ChannelKind, z.ZodType<string>>> = {
  webhook: secretOf("the key of the signature, 16 to 200 characters", isText(16, 200)),
  email: secretOf("the password of the mail server's user, 1 to 500 characters", isText(1, 500)),
  slack: secretOf(
    "the address of the incoming webhook, such as https://hooks.slack.com/services/...",
    (secret) => secret.length <= 2_000 && isSafeUrl(secret),
  ),
  pagerduty: secretOf("the integration key of Events API v2, 32 letters and digits", (secret) =>
    /^[A-Za-z0-9]{32}$/.test(secret),
  ),
  ntfy: secretOf("an access token such as tk_..., 1 to 200 characters without spaces", (secret) =>
    /^[\x21-\x7e]{1,200}$/.test(secret),
  ),
  telegram: secretOf("the token of the bot, such as 123456789:AAE...", (secret) =>
    /^\d{1,20}:[A-Za-z0-9_-]{20,100}$/.test(secret),
  ),
};

/** Whether a channel can deliver nothing without its secret. */
export function needsSecret(channel: ChannelSettings): boolean {
  switch (channel.kind) {
    case "webhook":
    case "ntfy":
      return false;
    case "email":
      return channel.username !== undefined;
    case "slack":
    case "pagerduty":
    case "telegram":
      return true;
  }
}

/**
 * Whom a secret is for: one that is never shown must not be sent to another server because somebody changed where the
 * channel leads.
 */
export function secretDestination(channel: ChannelSettings): string {
  switch (channel.kind) {
    case "email":
      return JSON.stringify([channel.kind, channel.host, channel.port, channel.security, channel.username]);
    case "ntfy":
      return JSON.stringify([channel.kind, new URL(channel.url).origin]);
    case "webhook":
    case "slack":
    case "pagerduty":
    case "telegram":
      return JSON.stringify([channel.kind]);
  }
}
