import type { ChannelKind, ChannelOf } from "@heatloop/ha-addon/settings/channel-settings";

const common = { on: true, severity: "warning", cleared: true } as const;

/** A channel of each kind, named after it. */
export const exampleChannels: { readonly [K in ChannelKind]: ChannelOf<K> } = {
  webhook: { kind: "webhook", name: "hook", ...common, url: "https://example.org/hook" },
  email: {
    kind: "email",
    name: "mail",
    ...common,
    host: "smtp.example.org",
    port: null,
    security: "starttls",
    username: "heat",
    from: "heat@example.org",
    to: ["me@example.org"],
  },
  slack: { kind: "slack", name: "slack", ...common },
  pagerduty: { kind: "pagerduty", name: "duty", ...common, region: "us" },
  ntfy: { kind: "ntfy", name: "phone", ...common, url: "https://ntfy.sh", topic: "my-heat", priority: null },
  telegram: { kind: "telegram", name: "chat", ...common, chat_id: 123_456_789 },
};
