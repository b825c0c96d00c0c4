import type { ChannelKind } from "../../src/settings/channel-settings.ts";
import { choice, type FormField, named, number, onOff, text } from "../forms/fields.ts";

/** The kinds of channels, in the order in which they are offered: what needs the least comes first. */
export const channelKinds: readonly ChannelKind[] = ["ntfy", "email", "telegram", "slack", "pagerduty", "webhook"];

/** What only one kind has. Paths name the kind where two kinds mean different things by a key. */
const ownFields: Readonly<Record<ChannelKind, readonly FormField[]>> = {
  ntfy: [
    text("alerts.channels.topic"),
    text("alerts.channels.ntfy.url"),
    choice("alerts.channels.priority", [{ id: "by_severity", value: null }, ...named(1, 2, 3, 4, 5)]),
  ],
  email: [
    { path: "alerts.channels.to", kind: "texts" },
    text("alerts.channels.from"),
    text("alerts.channels.host"),
    choice("alerts.channels.security", named("starttls", "tls", "none")),
    number("alerts.channels.port"),
    text("alerts.channels.username"),
  ],
  telegram: [text("alerts.channels.chat_id")],
  slack: [],
  pagerduty: [choice("alerts.channels.region", named("us", "eu"))],
  webhook: [text("alerts.channels.webhook.url")],
};

/** Which alerts a channel tells: the same of each kind. */
const toldFields: readonly FormField[] = [
  choice("alerts.channels.severity", named("info", "warning", "error")),
  onOff("alerts.channels.cleared"),
  onOff("alerts.channels.on"),
];

/** The fields of a kind of channel: who it is and where it leads, and what it tells. */
export function channelFields(kind: ChannelKind) {
  return { leads: [text("alerts.channels.name"), ...ownFields[kind]], tells: toldFields };
}

/** The list of channels as far as one kind is concerned: a field of rows with the fields of that kind. */
export function channelsField(kind: ChannelKind): FormField {
  const { leads, tells } = channelFields(kind);
  return { path: "alerts.channels", kind: "rows", fields: [...leads, ...tells] };
}
