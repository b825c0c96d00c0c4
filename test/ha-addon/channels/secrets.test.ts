import { mkdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { secretFile } from "@heatloop/ha-addon/base/secret-file";
import { needsSecret, secretSchemas } from "@heatloop/ha-addon/channels/secret-rules";
import { openChannelSecrets } from "@heatloop/ha-addon/channels/secrets";
import { describe, expect, it } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { exampleChannels } from "./channel-examples.ts";

const { webhook, email, slack, ntfy, telegram } = exampleChannels;

async function opened(file = join(temporaryFolder(), "channel-secrets.json")) {
  const log = recordingLog();
  const secrets = await openChannelSecrets({ file: secretFile(file), log, hide: log.hide });
  return { file, log, secrets };
}

describe("the secret of a channel", () => {
  it("is known after a restart, and in no line of the log", async () => {
    const { file, log, secrets } = await opened();
    await secrets.set(ntfy, "tk_of-the-phone");
    log.info("sent with tk_of-the-phone");
    const again = await opened(file);
    again.log.info("sent with tk_of-the-phone");
    expect(again.secrets.of(ntfy)).toBe("tk_of-the-phone");
    const lines = [...log.lines, ...again.log.lines];
    expect(lines.map((line) => line.endsWith("sent with ***"))).toEqual([true, true]);
  });

  it("is gone once it is removed, or its channel is", async () => {
    const { secrets } = await opened();
    await secrets.set(ntfy, "tk_of-the-phone");
    await secrets.set(slack, "https://hooks.slack.com/services/x");
    await secrets.set(telegram, "1:abc");
    await secrets.remove(ntfy.name);
    await secrets.keepOnly([telegram]);
    expect([ntfy, slack, telegram].map(secrets.of)).toEqual([undefined, undefined, "1:abc"]);
  });

  it.each([
    ["another kind of the same name", ntfy, { ...telegram, name: ntfy.name }],
    ["another server of ntfy", ntfy, { ...ntfy, url: "https://elsewhere.example.org" }],
    ["another mail server", email, { ...email, host: "smtp.elsewhere.example.org" }],
    ["the same mail server without encryption", email, { ...email, security: "none" as const }],
    ["another user", email, { ...email, username: "somebody" }],
  ])("is not sent to %s", async (_, before, after) => {
    const { secrets } = await opened();
    await secrets.set(before, "the-secret-of-this");
    expect([secrets.of(before), secrets.of(after)]).toEqual(["the-secret-of-this", undefined]);
    await secrets.keepOnly([after]);
    expect(secrets.of(before)).toBeUndefined();
  });

  it("stays where only who is told, and of what, changes", async () => {
    const { secrets } = await opened();
    await secrets.set(email, "the-secret-of-this");
    const after = { ...email, to: ["other@example.org"], on: false, severity: "info" as const };
    await secrets.keepOnly([after]);
    expect(secrets.of(after)).toBe("the-secret-of-this");
  });

  it("is not written over others that cannot be read, and is taken once they can be", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "channel-secrets.json");
    mkdirSync(file);
    const { secrets, log } = await opened(file);
    expect(log.lines[0]).toContain("the secrets of the alerts' channels cannot be read");
    await expect(secrets.set(ntfy, "tk_of-the-phone")).rejects.toThrow();
    expect(secrets.of(ntfy)).toBeUndefined();
    rmdirSync(file);
    await secrets.set(ntfy, "tk_of-the-phone");
    expect(secrets.of(ntfy)).toBe("tk_of-the-phone");
  });

  it.each([
    ["webhook", "0123456789abcdef", "short"],
    ["email", "p", "two\nlines"],
    ["slack", "https://hooks.slack.com/services/T0/B0/x", "hooks.slack.com/services"],
    ["slack", "http://192.168.1.5:8065/hooks/x", "http://example.org/hooks/x"],
    ["pagerduty", "0123456789abcdef0123456789ABCDEF", "0123456789abcdef"],
    ["ntfy", "tk_of-the-phone", "tk of the phone"],
    ["telegram", "123456789:AAEhBOweik6ad6PsVs1WkcL6Y3Zt", "AAEhBOweik6ad6PsVs1WkcL6Y3Zt"],
  ] as const)("has the form of its kind: %s", (kind, fine, wrong) => {
    expect([fine, wrong].map((secret) => secretSchemas[kind].safeParse(secret).success)).toEqual([true, false]);
  });

  it("is needed where there is no delivery without", () => {
    const { username: _, ...anonymous } = email;
    const needing = [...Object.values(exampleChannels), { ...anonymous, name: "anonymous" }].filter(needsSecret);
    expect(needing.map(({ name }) => name)).toEqual(
      [email, slack, exampleChannels.pagerduty, telegram].map(({ name }) => name),
    );
    expect(needsSecret(webhook)).toBe(false);
  });
});
