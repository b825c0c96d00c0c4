import { parseSettings } from "@heatloop/ha-addon/settings/settings";
import { mistakeLine } from "@heatloop/program/mistakes";
import { describe, expect, it } from "vitest";

const parsed = (...channels: unknown[]) => parseSettings({ alerts: { channels } });
const mistakes = (...channels: unknown[]) => parsed(...channels).mistakes.map(mistakeLine);
const email = { kind: "email", name: "mail", host: "smtp.example.org", from: "a@example.org", to: ["b@example.org"] };
const webhook = { kind: "webhook", name: "hook", url: "https://example.org/hook" };

describe("a channel of alerts", () => {
  it("has a default for all that is not its destination", () => {
    const { settings } = parsed(
      webhook,
      email,
      { kind: "slack", name: "slack" },
      { kind: "pagerduty", name: "duty" },
      { kind: "ntfy", name: "phone", topic: "my-heat" },
      { kind: "telegram", name: "chat", chat_id: -1001234567890 },
    );
    const common = { on: true, severity: "warning", cleared: true };
    expect(settings.alerts.channels).toEqual([
      { ...webhook, ...common },
      { ...email, ...common, port: null, security: "starttls" },
      { kind: "slack", name: "slack", ...common },
      { kind: "pagerduty", name: "duty", ...common, region: "us" },
      { kind: "ntfy", name: "phone", topic: "my-heat", ...common, url: "https://ntfy.sh", priority: null },
      { kind: "telegram", name: "chat", ...common, chat_id: -1001234567890 },
    ]);
  });

  it.each([
    ["no kind that is known", { kind: "fax", name: "x" }, "a channel with kind webhook, email, slack"],
    [
      "a name in capitals",
      { ...webhook, name: "Hook" },
      "[0].name: found a text that is not shown here; allowed: a name",
    ],
    ["no name", { ...webhook, name: undefined }, "[0].name: found nothing; allowed: a name of 1 to 40"],
    ["a secret, which is no setting", { ...webhook, secret: "s3cret-of-hook" }, "[0].secret: found an unknown key"],
    ["a severity that there is not", { ...webhook, severity: "fatal" }, "one of info, warning, error"],
    ["a password in its address", { ...webhook, url: "https://me:pw@example.org/" }, "without user and password"],
    ["an address that is not encrypted, out of the home", { ...webhook, url: "http://example.org/" }, "https://"],
    ["an address of a public network in clear", { ...webhook, url: "http://8.8.8.8/" }, "https://"],
    ["another scheme", { ...webhook, url: "file:///etc/passwd" }, "https://"],
    ["a line break in an address of a person", { ...email, to: ["a@b.org\r\nBcc: x@y.org"] }, "an e-mail address"],
    ["no person to write to", { ...email, to: [] }, "a list of from 1 to 20 entries"],
    ["a port that there is not", { ...email, port: 70_000 }, "a whole number from 1 to 65535"],
    ["a user and no encryption", { ...email, security: "none", username: "me" }, "[0].security: found an object"],
    ["a host with a path", { ...email, host: "smtp.example.org/x" }, "a host name or an address"],
    ["a topic with a slash", { kind: "ntfy", name: "n", topic: "a/b" }, "a topic of 1 to 64"],
    ["a priority above 5", { kind: "ntfy", name: "n", topic: "a", priority: 6 }, "a whole number from 1 to 5"],
    ["a chat that is none", { kind: "telegram", name: "t", chat_id: "me" }, "the number of a chat"],
  ])("is refused with %s", (_, channel, line) => {
    const lines = mistakes(channel);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(line);
    expect(lines[0]).not.toMatch(/s3cret|pw@|Bcc/);
  });

  it("has a name of its own", () => {
    expect(mistakes(webhook, { kind: "slack", name: "hook" })).toEqual([
      "alerts.channels[1].name: found a text that is not shown here; allowed: each name once",
    ]);
  });

  it.each([
    "http://127.0.0.1:1880/x",
    "http://192.168.1.10/x",
    "http://172.31.0.1/x",
    "http://[fd00::1]/x",
    "http://[::1]/x",
    "http://homeassistant.local:8123/api/webhook/x",
    "http://nas/x",
    "https://example.org:8443/x?y=z",
  ])("may be told at %s", (url) => {
    expect(mistakes({ ...webhook, url })).toEqual([]);
  });

  it.each(["smtp.example.org", "nas", "192.168.1.4", "::1", "2001:db8::1"])("writes through %s", (host) => {
    expect(mistakes({ ...email, host })).toEqual([]);
  });

  it("logs in without encryption within the home only", () => {
    const plain = { ...email, security: "none", username: "me" };
    expect(mistakes({ ...plain, host: "192.168.1.4" }, { ...plain, name: "other", host: "nas.local" })).toEqual([]);
    expect(mistakes({ ...plain, username: undefined })).toEqual([]);
  });
});
