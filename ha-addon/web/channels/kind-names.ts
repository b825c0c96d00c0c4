import type { ChannelKind } from "../../src/settings/channel-settings.ts";

/** What a kind of channel calls itself; the same in every language. */
export const kindNames: Readonly<Record<ChannelKind, string>> = {
  webhook: "Webhook",
  email: "E-mail",
  slack: "Slack",
  pagerduty: "PagerDuty",
  ntfy: "ntfy",
  telegram: "Telegram",
};
