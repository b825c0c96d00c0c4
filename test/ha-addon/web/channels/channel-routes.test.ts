import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { recordingServer } from "#test/support/channels/recording-server.ts";
import { webOfEachTest } from "#test/support/examples/web.ts";
import { waitFor } from "#test/support/wait-for.ts";

const web = webOfEachTest();
const json = { "content-type": "application/json" };
const key = "0123456789abcdef";

async function withChannels(...channels: object[]): Promise<void> {
  const payload = { alerts: { channels } };
  const answer = await web.app.inject({ method: "PUT", url: "/api/settings", payload });
  expect(answer.statusCode, answer.body).toBe(200);
}

const hookAt = (url: string) => ({ kind: "webhook", name: "hook", url });
const setSecret = (name: string, payload: object, headers = {}) =>
  web.app.inject({ method: "PUT", url: `/api/channels/${name}/secret`, payload, headers });
const list = async () => (await web.app.inject("/api/channels")).json();
const test = (name: string, headers = {}) =>
  web.app.inject({ method: "POST", url: `/api/channels/${name}/test`, headers });

describe("/api/channels", () => {
  it("lists the channels of the settings, without anything that is secret", async () => {
    await withChannels(hookAt("https://example.org/hook"), { kind: "slack", name: "slack", on: false });
    const nothing = { waiting: 0, last_delivered: null, last_error: null, last_error_at: null };
    expect(await list()).toEqual([
      { name: "hook", kind: "webhook", on: true, has_secret: false, needs_secret: false, ...nothing },
      { name: "slack", kind: "slack", on: false, has_secret: false, needs_secret: true, ...nothing },
    ]);
    expect((await setSecret("hook", { secret: key })).statusCode).toBe(204);
    const body = JSON.stringify(await list());
    expect(body).toContain('"has_secret":true');
    expect(body).not.toContain(key);
    expect((await web.app.inject("/api/settings")).body).not.toContain(key);
    expect(readFileSync(join(web.parts.folder, "settings.json"), "utf8")).not.toContain(key);
    expect(web.parts.log.lines.join()).not.toContain(key);
  });

  it("says what is wrong with a secret, without it", async () => {
    await withChannels({ kind: "pagerduty", name: "duty" });
    const answer = await setSecret("duty", { secret: "not-a-key" });
    expect([answer.statusCode, answer.json().errors]).toEqual([
      400,
      [
        {
          path: "secret",
          found: "a value that is not shown here",
          allowed: "the integration key of Events API v2, 32 letters and digits",
        },
      ],
    ]);
    for (const payload of [{ key }, { secret: 73_313 }, { secret: "73313" }]) {
      const refused = await setSecret("duty", payload);
      expect([refused.statusCode, refused.body.includes("73313")]).toEqual([400, false]);
    }
  });

  it("knows no secret of a channel that there is not", async () => {
    for (const answer of [
      await setSecret("hook", { secret: key }),
      await web.app.inject({ method: "DELETE", url: "/api/channels/hook/secret" }),
      await test("hook"),
    ]) {
      expect([answer.statusCode, answer.json().detail]).toEqual([
        404,
        'There is no channel "hook": alerts.channels of the settings names those that there are.',
      ]);
    }
  });

  it("removes a secret", async () => {
    await withChannels(hookAt("https://example.org/hook"));
    await setSecret("hook", { secret: key });
    for (const _ of [1, 2]) {
      const answer = await web.app.inject({ method: "DELETE", url: "/api/channels/hook/secret" });
      expect([answer.statusCode, (await list())[0].has_secret]).toEqual([204, false]);
    }
  });

  it("says that a secret could not be kept, and has none then", async () => {
    await withChannels(hookAt("https://example.org/hook"));
    mkdirSync(join(web.parts.folder, "channel-secrets.json.new"));
    const answer = await setSecret("hook", { secret: key });
    expect([answer.statusCode, answer.json().detail, (await list())[0].has_secret]).toEqual([
      500,
      "The secrets could not be written to the data folder; nothing was changed.",
      false,
    ]);
  });

  it("takes nothing from a page of another site", async () => {
    await withChannels(hookAt("https://example.org/hook"));
    const foreign = { "sec-fetch-site": "cross-site" };
    const answers = [
      await setSecret("hook", { secret: key }, foreign),
      await web.app.inject({ method: "DELETE", url: "/api/channels/hook/secret", headers: foreign }),
      await test("hook", foreign),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403]);
  });
});

describe("the test of a channel", () => {
  it("delivers a message now, in the home's language, also by a channel that is off", async () => {
    const other = await recordingServer();
    await withChannels({ ...hookAt(other.url), on: false });
    for (const headers of [{}, json]) {
      const payload = "content-type" in headers ? { payload: "{}" } : {};
      const answer = await web.app.inject({ method: "POST", url: "/api/channels/hook/test", headers, ...payload });
      expect([answer.statusCode, answer.json()]).toEqual([200, { delivered: true }]);
    }
    expect(other.bodies()[0]).toMatchObject({
      kind: "test",
      alert: { id: "test", severity: "info", message: "This is a test: Heatloop's alerts arrive here." },
    });
    expect((await list())[0].last_delivered).toBe(web.parts.view.zone().isoOf(web.parts.clock.now()));
  });

  it("says what the other side answered, without the secret", async () => {
    const secret = "https://127.0.0.1:1/never";
    const other = await recordingServer(undefined, { status: 404, body: "no_service" });
    await withChannels(hookAt(other.url), { kind: "slack", name: "slack" });
    const refused = await test("hook");
    expect([refused.statusCode, refused.json()]).toEqual([
      502,
      {
        type: "about:blank",
        title: "Bad Gateway",
        status: 502,
        detail: "The channel hook could not deliver the test: it answers 404: no_service.",
      },
    ]);
    expect((await setSecret("slack", { secret })).statusCode).toBe(204);
    const away = await test("slack");
    expect(away.statusCode).toBe(502);
    expect(away.json().detail).toContain("there is no connection: connect ECONNREFUSED");
    expect(away.body).not.toContain(secret);
  });

  it("says that there was no answer in time; who asks twice meanwhile sends one", async () => {
    const other = await recordingServer(undefined, "hang");
    await withChannels(hookAt(other.url));
    const both = [test("hook"), test("hook")];
    await waitFor(() => other.requests.length > 0, "the test message");
    web.parts.clock.advanceTo(web.parts.clock.now() + 15_000);
    for (const answer of await Promise.all(both)) {
      expect([answer.statusCode, answer.json().detail]).toEqual([
        504,
        "The channel hook could not deliver the test: there was no answer within 15 s.",
      ]);
    }
    expect(other.requests).toHaveLength(1);
  });

  it("asks for the secret that it needs", async () => {
    await withChannels({ kind: "telegram", name: "chat", chat_id: 1 });
    const answer = await test("chat");
    expect([answer.statusCode, answer.json().detail]).toEqual([
      409,
      "The channel chat has no secret, or got it for another server: set it first.",
    ]);
  });
});
