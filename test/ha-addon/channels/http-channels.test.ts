import { createHmac } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { recordingServer } from "#test/support/channels/recording-server.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { exampleChannels } from "./channel-examples.ts";
import { exampleMessage, newsAt } from "./news-examples.ts";
import { delivered, servicesAt } from "./sender-example.ts";

const { webhook, slack, pagerduty, ntfy, telegram } = exampleChannels;
const cleared = exampleMessage({ kind: "cleared", at: newsAt + 3_600_000 });
const ok = { kind: "delivered" };
const documentation = new URL("../../../docs/alerts.md", import.meta.url);

describe("a webhook", () => {
  it("gets the message as JSON, signed with the channel's secret over time and body", async () => {
    const other = await recordingServer();
    expect(await delivered({ ...webhook, url: `${other.url}/hook?x=1` }, { secret: "0123456789abcdef" })).toEqual(ok);
    const [request] = other.requests;
    expect(request).toMatchObject({ method: "POST", path: "/hook?x=1" });
    expect(other.bodies()).toEqual([
      {
        id: exampleMessage().id,
        kind: "raised",
        installation: "inst0001",
        alert: {
          id: "offline/hp",
          severity: "error",
          message: "Hp is offline",
          device: "hp",
          device_name: "Hp",
          since: "2026-11-21T11:55:00+01:00",
        },
        time: "2026-11-21T12:00:00+01:00",
      },
    ]);
    const seconds = newsAt / 1000;
    const digest = createHmac("sha256", "0123456789abcdef").update(`${seconds}.${request?.body}`).digest("hex");
    expect(request?.headers).toMatchObject({
      "content-type": "application/json",
      "user-agent": "Heatloop/1.2.3",
      "heatloop-message-id": exampleMessage().id,
      "heatloop-signature": `t=${seconds},v1=${digest}`,
    });
  });

  it("is known to be Heatloop's by what the documentation says, and nothing else is", async () => {
    const [, code = ""] = /```js\n([\s\S]*?)```/.exec(await readFile(documentation, "utf8")) ?? [];
    const file = join(temporaryFolder(), "check.mjs");
    await writeFile(file, code);
    const { isOfHeatloop } = await import(file);
    const other = await recordingServer();
    await delivered({ ...webhook, url: other.url }, { secret: "0123456789abcdef" });
    const body = other.requests[0]?.body ?? "";
    const header = other.requests[0]?.headers["heatloop-signature"];
    expect(isOfHeatloop(header, body, "0123456789abcdef", newsAt + 1_000)).toBe(true);
    expect(isOfHeatloop(header, `${body} `, "0123456789abcdef", newsAt)).toBe(false);
    expect(isOfHeatloop(header, body, "0123456789abcdeX", newsAt)).toBe(false);
    expect(isOfHeatloop(header, body, "0123456789abcdef", newsAt + 301_000)).toBe(false);
    expect(isOfHeatloop(undefined, body, "0123456789abcdef", newsAt)).toBe(false);
  });

  it("is not signed where it has no secret", async () => {
    const other = await recordingServer();
    await delivered({ ...webhook, url: other.url });
    expect(other.requests[0]?.headers).not.toHaveProperty("heatloop-signature");
  });
});

describe("Slack", () => {
  it("gets a text at the address that is the secret, with what it would read as its own marks escaped", async () => {
    const other = await recordingServer();
    const message = exampleMessage({ message: "<!channel> flow & return > 60 °C" });
    expect(await delivered(slack, { secret: `${other.url}/services/T0/B0/key`, message })).toEqual(ok);
    expect(other.requests[0]?.path).toBe("/services/T0/B0/key");
    expect(other.bodies()).toEqual([
      { text: "*Hp: Error*\n&lt;!channel&gt; flow &amp; return &gt; 60 °C\nSince 2026-11-21 11:55" },
    ]);
  });
});

describe("PagerDuty", () => {
  const secret = "0123456789abcdef0123456789abcdef";

  it("gets one incident for an alert from its beginning to its end", async () => {
    const other = await recordingServer(undefined, { status: 202 }, { status: 202 });
    const services = servicesAt(other.url);
    expect(await delivered(pagerduty, { secret, services })).toEqual(ok);
    expect(await delivered({ ...pagerduty, region: "eu" }, { secret, services, message: cleared })).toEqual(ok);
    expect(other.requests.map(({ path }) => path)).toEqual(["/us", "/eu"]);
    const key = { routing_key: secret, dedup_key: "heatloop/inst0001/offline/hp" };
    expect(other.bodies()).toMatchObject([
      { ...key, event_action: "trigger", payload: { summary: "Hp is offline", source: "Hp", severity: "error" } },
      { ...key, event_action: "resolve" },
    ]);
  });

  it("gets a key of at most 255 characters, the same for the same alert, and a summary of at most 1024", async () => {
    const other = await recordingServer();
    const long = { id: `room/hp/${"ä".repeat(300)}`, message: "é".repeat(2_000) };
    const how = { secret, services: servicesAt(other.url) };
    for (const kind of ["raised", "cleared"] as const) {
      await delivered(pagerduty, { ...how, message: exampleMessage({ ...long, kind }) });
    }
    const [first, second] = other.bodies();
    expect(first.dedup_key).toBe(second.dedup_key);
    expect(first.dedup_key.length).toBeLessThanOrEqual(255);
    expect(first.payload.summary).toBe(`${"é".repeat(510)}...`);
  });
});

describe("ntfy", () => {
  it("gets the message by its topic, with a priority and a sign of its severity, and the token where there is one", async () => {
    const other = await recordingServer();
    const channel = { ...ntfy, url: other.url };
    await delivered(channel, { secret: "tk_of-the-phone" });
    await delivered({ ...channel, priority: 5 }, { message: cleared });
    expect(other.requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ["/", "Bearer tk_of-the-phone"],
      ["/", undefined],
    ]);
    expect(other.bodies()).toEqual([
      {
        topic: "my-heat",
        title: "Hp: Error",
        message: "Hp is offline\nSince 2026-11-21 11:55",
        priority: 4,
        tags: ["rotating_light"],
        sequence_id: exampleMessage().id,
      },
      {
        topic: "my-heat",
        title: "Hp: Over",
        message: "Hp is offline\nFrom 2026-11-21 11:55 to 2026-11-21 13:00",
        priority: 5,
        tags: ["white_check_mark"],
        sequence_id: cleared.id,
      },
    ]);
  });
});

describe("Telegram", () => {
  const secret = "123456789:AAEhBOweik6ad6PsVs1WkcL6Y3Zt";

  it("gets a message of the bot to the chat, in the home's language", async () => {
    const other = await recordingServer();
    const services = servicesAt(other.url);
    expect(await delivered(telegram, { secret, services, sender: { language: "de" } })).toEqual(ok);
    expect(other.requests[0]?.path).toBe(`/bot${secret}/sendMessage`);
    expect(other.bodies()[0]).toMatchObject({
      chat_id: 123_456_789,
      text: "Hp: Fehler\nHp is offline\nSeit 2026-11-21 11:55",
    });
  });

  it("says in its answer how long to wait", async () => {
    const body = '{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":77}}';
    const other = await recordingServer(undefined, { status: 429, body });
    expect(await delivered(telegram, { secret, services: servicesAt(other.url) })).toMatchObject({
      kind: "failed",
      retryAfterMs: 77_000,
    });
  });

  it("gets no more than it takes", async () => {
    const other = await recordingServer();
    const message = exampleMessage({ message: "ü".repeat(5_000) });
    await delivered(telegram, { secret, services: servicesAt(other.url), message });
    expect(other.bodies()[0].text.length).toBeLessThanOrEqual(4_096);
  });
});
