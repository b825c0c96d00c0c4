import { secretDestination } from "@heatloop/ha-addon/channels/secret-rules";
import {
  type ChannelDraft,
  channelsOf,
  channelsWith,
  isChanged,
  keepsSecret,
  newChannel,
  openedChannel,
  type SavedChannel,
  sentChannel,
  uponChannels,
  withChannelField,
} from "@heatloop/ha-addon/page/channels/channel-draft";
import { channelKinds, channelsField } from "@heatloop/ha-addon/page/channels/channel-fields";
import { english } from "@heatloop/ha-addon/page/channels/texts/english";
import type { Entered } from "@heatloop/ha-addon/page/forms/entered";
import { keyOf } from "@heatloop/ha-addon/page/forms/fields";
import { parseSettings } from "@heatloop/ha-addon/settings/settings";
import { settingsJsonSchema } from "@heatloop/ha-addon/web/settings-body";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const filled: Readonly<Record<string, Readonly<Record<string, Entered>>>> = {
  ntfy: { topic: "heat-3f9a61c0", url: "https://ntfy.example.org/push", priority: "4" },
  email: { host: "smtp.example.org", port: "2525", username: "me", from: "a@example.org", to: ["b@example.org", ""] },
  telegram: { chat_id: "-1001234567890" },
  slack: {},
  pagerduty: { region: "eu" },
  webhook: { url: "http://nas.local/alerts" },
};

/** The channels of settings that were made by hand, with all defaults. */
function saved(...channels: readonly unknown[]): readonly SavedChannel[] {
  const { settings, mistakes } = parseSettings({ alerts: { channels } });
  expect(mistakes).toEqual([]);
  return channelsOf(settings);
}

function enteredInto(draft: ChannelDraft, values: Readonly<Record<string, Entered>>): ChannelDraft {
  return Object.entries(values).reduce((upon, [key, value]) => withChannelField(upon, key, value), draft);
}

/** The kinds of channels in the JSON Schema of the settings. */
const settingsKinds = z
  .object({
    properties: z.object({
      alerts: z.object({
        properties: z.object({
          channels: z.object({
            items: z.object({
              oneOf: z.array(z.object({ properties: z.looseObject({ kind: z.object({ const: z.string() }) }) })),
            }),
          }),
        }),
      }),
    }),
  })
  .transform(({ properties }) => properties.alerts.properties.channels.items.oneOf);

const mail = {
  ...{ kind: "email", name: "mail", host: "smtp.example.org", username: "me" },
  ...{ from: "a@example.org", to: ["b@example.org"] },
};

describe("a channel's form", () => {
  it("has every field of every kind that the settings know, and a text for each", () => {
    const known = Object.fromEntries(
      settingsKinds
        .parse(settingsJsonSchema())
        .map(({ properties }) => [properties.kind.const, Object.keys(properties).sort()]),
    );
    const fieldsOf = (kind: (typeof channelKinds)[number]) => channelsField(kind).fields ?? [];
    const shown = channelKinds.map((kind) => [kind, ["kind", ...fieldsOf(kind).map(keyOf)].sort()]);
    expect(Object.fromEntries(shown)).toEqual(known);
    const texts = new Set(Object.keys(english));
    for (const kind of channelKinds) {
      expect([`kind.${kind}`, `secret.${kind}`, `secret.${kind}?`].filter((key) => !texts.has(key))).toEqual([]);
      for (const { path, options = [] } of fieldsOf(kind)) {
        expect(texts, path).toContain(path);
        for (const { id } of options) if (!/^\d$/.test(id)) expect(texts).toContain(`${path}=${id}`);
      }
    }
  });

  it.each(channelKinds)("of %s sends what the settings take, and shows it again as it was", (kind) => {
    const draft = enteredInto(newChannel(kind, [], ","), filled[kind] ?? {});
    const [channel] = saved(sentChannel(draft));
    const opened = openedChannel(channel as SavedChannel, ",");
    expect(isChanged(opened)).toBe(false);
    expect(saved(sentChannel(opened))).toEqual([channel]);
  });

  it("gives a new channel a name that no other has", () => {
    const channels = saved({ kind: "slack", name: "slack" }, { kind: "slack", name: "slack-2" });
    expect(sentChannel(newChannel("slack", channels, ".")).name).toBe("slack-3");
  });

  it("puts a channel in its place, and a new one at the end", () => {
    const channels = saved({ kind: "slack", name: "a" }, { kind: "slack", name: "b" });
    const renamed = withChannelField(openedChannel(channels[0] as SavedChannel, "."), "name", "c");
    const names = (draft: ChannelDraft) => channelsWith(channels, draft).channels.map(({ name }) => name);
    expect(names(renamed)).toEqual(["c", "b"]);
    expect(names(newChannel("webhook", channels, "."))).toEqual(["a", "b", "webhook"]);
  });

  it.each<[unknown, Readonly<Record<string, Entered>>]>([
    [mail, {}],
    [mail, { name: "post" }],
    [mail, { host: "smtp.example.com" }],
    [mail, { host: " smtp.example.org " }],
    [mail, { port: "465" }],
    [mail, { security: "tls" }],
    [mail, { username: "" }],
    [mail, { to: ["c@example.org"], severity: "error", on: false }],
    [{ kind: "ntfy", name: "phone", topic: "heat" }, { url: "" }],
    [
      { kind: "ntfy", name: "phone", topic: "heat" },
      { url: "https://ntfy.sh/", topic: "cold" },
    ],
    [{ kind: "ntfy", name: "phone", topic: "heat" }, { url: "https://ntfy.example.org" }],
    [{ kind: "webhook", name: "hook", url: "https://a.example.org" }, { url: "https://b.example.org" }],
    [{ kind: "telegram", name: "chat", chat_id: 1 }, { chat_id: "2" }],
  ])("knows of %j with %j, as the program does, whether its secret is kept", (was, entered) => {
    const [before] = saved(was);
    const draft = enteredInto(openedChannel(before as SavedChannel, "."), entered);
    const [after] = saved(sentChannel(draft));
    const destination = (channel: unknown) => secretDestination(channel as Parameters<typeof secretDestination>[0]);
    const isKept = before?.name === after?.name && destination(before) === destination(after);
    expect(keepsSecret(draft)).toBe(isKept);
  });
});

describe("a channel that somebody else changed meanwhile", () => {
  const [a, b] = saved({ kind: "slack", name: "a" }, { kind: "slack", name: "b" }) as [SavedChannel, SavedChannel];
  const ours = withChannelField(openedChannel(a, "."), "severity", "error");

  it.each([
    ["the same", ours, [a, b], "same", a],
    ["changed", ours, [{ ...a, on: false }], "changed", { ...a, on: false }],
    ["removed", ours, [b], "removed", undefined],
    ["saved although the answer was lost", ours, [{ ...a, severity: "error" }], "same", { ...a, severity: "error" }],
    ["a new one", newChannel("slack", [], "."), [a], "same", undefined],
  ] as const)("is %s", (_, draft, channels, theirs, was) => {
    const [upon, found] = uponChannels(draft, channels as readonly SavedChannel[]);
    expect([found, upon.was, upon.row]).toEqual([theirs, was, draft.row]);
  });

  it("is taken as saved where a new one is there already", () => {
    const draft = newChannel("slack", [], ".");
    const [there] = saved(sentChannel(draft));
    expect(uponChannels(draft, [there as SavedChannel])[0].was).toEqual(there);
  });
});
