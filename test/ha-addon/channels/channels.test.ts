import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { describe, expect, it } from "vitest";
import { recordingServer } from "#test/support/channels/recording-server.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { channelsWorld } from "./channels-world.ts";
import { newsAt } from "./news-examples.ts";

/** A webhook at an address, and one of another name. */
const hookAt = (url: string, how: object = {}) => ({ kind: "webhook", name: "hook", url, ...how });

describe("a channel", () => {
  it("is told what happened, in the order in which it did", async () => {
    const other = await recordingServer();
    const { tell, told, state } = await channelsWorld([hookAt(other.url)]);
    tell();
    tell({ id: "fault/hp", message: "Hp reports the fault E9" });
    tell({ kind: "reminded", at: newsAt + 1 });
    tell({ kind: "cleared", at: newsAt + 2 });
    await told();
    expect(other.bodies().map(({ kind, alert }) => [kind, alert.id])).toEqual([
      ["raised", "offline/hp"],
      ["raised", "fault/hp"],
      ["reminded", "offline/hp"],
      ["cleared", "offline/hp"],
    ]);
    expect(state()).toEqual({
      ...{ name: "hook", kind: "webhook", on: true, hasSecret: false, waiting: 0, deliveredAt: newsAt, error: null },
    });
  });

  it.each([
    [{ severity: "error" }, ["error raised", "error cleared"]],
    [{}, ["warning raised", "error raised", "warning cleared", "error cleared"]],
    [{ severity: "info", cleared: false }, ["info raised", "warning raised", "error raised"]],
    [{ on: false }, []],
  ])("is told what it wants: %j", async (how, expected) => {
    const [first, second] = [await recordingServer(), await recordingServer()];
    const all = { ...hookAt(second.url), name: "all", severity: "info" };
    const { tell, told } = await channelsWorld([hookAt(first.url, how), all]);
    for (const kind of ["raised", "cleared"] as const) {
      for (const severity of ["info", "warning", "error"] as const) tell({ kind, severity, id: severity });
    }
    await told();
    await waitFor(() => second.requests.length === 6, "the other channel is told all");
    expect(first.bodies().map(({ kind, alert }) => `${alert.severity} ${kind}`)).toEqual(expected);
  });

  it("is told once more after answers of 500, each time later, with the same id", async () => {
    const other = await recordingServer(undefined, { status: 500, body: "oh" }, { status: 500 });
    const { tell, told, failed, pass, state, log } = await channelsWorld([hookAt(other.url)]);
    tell();
    await failed();
    expect(state()).toMatchObject({ waiting: 1, error: { why: "it answers 500: oh", at: newsAt } });
    pass(30 * secondMs);
    await waitFor(() => state()?.error?.why === "it answers 500", "the second answer");
    pass(59 * secondMs);
    expect(other.requests).toHaveLength(2);
    pass(secondMs);
    await told();
    expect(new Set(other.bodies().map(({ id }) => id)).size).toBe(1);
    expect([other.requests.length, state()?.error]).toEqual([3, null]);
    expect(log.lines.at(-1)).toContain("INFO alerts are told by a channel again channel=hook");
  });

  it("that asks to wait is not disturbed before, also after a restart", async () => {
    const other = await recordingServer(undefined, { status: 429, headers: { "retry-after": "7200" } });
    const first = await channelsWorld([hookAt(other.url)]);
    first.tell();
    await first.failed();
    await first.channels.close();
    const { pass, told } = await channelsWorld(undefined, { folder: first.folder, clock: first.clock });
    pass(2 * hourMs - secondMs);
    expect(other.requests).toHaveLength(1);
    pass(secondMs);
    await told();
    expect(other.requests).toHaveLength(2);
  });

  it("that refuses for good is not asked again, and says why", async () => {
    const other = await recordingServer(undefined, { status: 403, body: "invalid_token" });
    const { tell, pass, told, state, log } = await channelsWorld([hookAt(other.url)]);
    tell();
    await told();
    pass(24 * hourMs);
    expect(other.requests).toHaveLength(1);
    expect(state()).toMatchObject({ deliveredAt: null, error: { why: "it answers 403: invalid_token" } });
    expect(log.lines.at(-1)).toContain("WARN an alert could not be told by a channel, which refuses it channel=hook");
  });

  it("that hangs holds up no other, and is tried again", async () => {
    const [hanging, fine] = [await recordingServer(undefined, "hang"), await recordingServer()];
    const channels = [hookAt(hanging.url), { ...hookAt(fine.url), name: "fine" }];
    const { tell, told, failed, pass, state } = await channelsWorld(channels);
    tell();
    tell({ id: "fault/hp" });
    await waitFor(() => fine.requests.length === 2, "the other is told");
    await waitFor(() => hanging.requests.length === 1, "the request that hangs");
    pass(15 * secondMs);
    await failed();
    expect(state("hook")).toMatchObject({ waiting: 2, error: { why: "there was no answer within 15 s" } });
    expect(hanging.requests).toHaveLength(1);
    pass(30 * secondMs);
    await told();
    expect(hanging.bodies().map(({ alert }) => alert.id)).toEqual(["offline/hp", "offline/hp", "fault/hp"]);
  });

  it("that was away is not told what was over meanwhile, but what lasts", async () => {
    const other = await recordingServer(
      undefined,
      { status: 503 },
      { status: 503, headers: { "retry-after": "4000" } },
    );
    const { tell, told, failed, pass } = await channelsWorld([hookAt(other.url)]);
    tell();
    await failed();
    tell({ kind: "cleared", at: newsAt + minuteMs });
    tell({ id: "fault/hp" });
    pass(30 * secondMs);
    await waitFor(() => other.requests.length === 2, "the second attempt");
    await waitFor(() => other.answers.length === 0, "its answer");
    await waitFor(() => {
      pass(minuteMs);
      return other.requests.length === 3;
    }, "it is told again");
    await told();
    expect(other.bodies().map(({ alert }) => alert.id)).toEqual(["offline/hp", "offline/hp", "fault/hp"]);
  });
});

describe("a program that is killed", () => {
  it("before it could tell, tells it in its next run", async () => {
    const first = await channelsWorld([hookAt("http://127.0.0.1:9/")]);
    first.tell();
    await first.failed();
    const other = await recordingServer();
    await channelsWorld([hookAt(other.url)], { folder: first.folder, clock: first.clock });
    first.clock.advanceTo(first.clock.now() + 30 * secondMs);
    await waitFor(() => other.requests.length === 1, "it is told");
  });

  it("while it tells, tells it again with the same id, and its end however late", async () => {
    const other = await recordingServer(undefined, "hang");
    const first = await channelsWorld([hookAt(other.url)]);
    first.tell();
    first.tell({ kind: "cleared", at: newsAt + 1 });
    await waitFor(() => other.requests.length === 1, "it is being told");
    const outbox = join(first.folder, "channel-outbox.json");
    await waitFor(() => readFileSync(outbox, "utf8").includes("cleared"), "its end is on the disk");
    // The next run begins with what is on the disk, while this one never gets to write anything.
    const { clock, folder } = first;
    clock.jumpTo(newsAt + 5 * hourMs);
    const next = await channelsWorld(undefined, { folder, clock });
    await next.told();
    await waitFor(() => other.requests.length === 3, "its end is told too");
    expect(other.bodies().map(({ kind }) => kind)).toEqual(["raised", "raised", "cleared"]);
    const [before, after] = other.bodies().map(({ id }) => id);
    expect(before).toBe(after);
  });

  it("after it has told, tells it no more", async () => {
    const other = await recordingServer();
    const first = await channelsWorld([hookAt(other.url)]);
    first.tell();
    await first.told();
    await first.channels.close();
    const { tell, told } = await channelsWorld(undefined, { folder: first.folder, clock: first.clock });
    tell();
    tell({ kind: "cleared", at: newsAt + 1 });
    await told();
    await waitFor(() => other.requests.length === 2, "its end is told");
    expect(other.bodies().map(({ kind }) => kind)).toEqual(["raised", "cleared"]);
  });

  it("ends at once, also while somebody does not answer", async () => {
    const other = await recordingServer(undefined, "hang");
    const { tell, channels } = await channelsWorld([hookAt(other.url)]);
    tell();
    await waitFor(() => other.requests.length === 1, "it is being told");
    await channels.close();
    await waitFor(async () => (await other.connections()) === 0, "the connection is ended");
  });
});

describe("the settings of channels", () => {
  it("take effect at once, and try again what waits", async () => {
    const other = await recordingServer();
    const { tell, told, failed, settings } = await channelsWorld([hookAt("http://127.0.0.1:9/")]);
    tell();
    await failed();
    await settings.change({ alerts: { channels: [hookAt(other.url)] } });
    await told();
    expect(other.requests).toHaveLength(1);
  });

  it("that switch a channel off drop what waits for it", async () => {
    const other = await recordingServer();
    const { tell, failed, settings, pass, state } = await channelsWorld([hookAt("http://127.0.0.1:9/")]);
    tell();
    await failed();
    await settings.change({ alerts: { channels: [hookAt(other.url, { on: false })] } });
    expect(state()?.waiting).toBe(0);
    await settings.change({ alerts: { channels: [hookAt(other.url)] } });
    pass(hourMs);
    tell({ id: "fault/hp" });
    await waitFor(() => other.requests.length === 1, "the next alert");
    expect(other.bodies()[0].alert.id).toBe("fault/hp");
  });

  it("that remove a channel remove its secret and what waits, and no other's", async () => {
    const channels = [hookAt("http://127.0.0.1:9/"), { kind: "slack", name: "slack" }];
    const { tell, failed, settings, channels: opened, folder, state } = await channelsWorld(channels);
    for (const [name, secret] of [
      ["hook", "0123456789abcdef"],
      ["slack", "https://127.0.0.1:9/x"],
    ] as const) {
      const channel = opened.find(name);
      if (channel !== undefined) await opened.setSecret(channel, secret);
    }
    tell();
    await failed();
    await settings.change({ alerts: { channels: [channels[1]] } });
    await opened.close();
    const files = ["channel-secrets.json", "channel-outbox.json"].map((name) =>
      readFileSync(join(folder, name), "utf8"),
    );
    expect(files.map((text) => Object.keys(JSON.parse(text)))).toEqual([["slack"], ["slack"]]);
    expect(statSync(join(folder, "channel-secrets.json")).mode & 0o777).toBe(0o600);
    expect(state("slack")?.hasSecret).toBe(true);
  });

  it("that cannot be read take nothing from the channels that they had", async () => {
    const channels = [hookAt("http://127.0.0.1:9/"), { kind: "slack", name: "slack" }];
    const first = await channelsWorld(channels);
    const slack = first.channels.find("slack");
    if (slack !== undefined) await first.channels.setSecret(slack, "https://127.0.0.1:9/x");
    first.tell();
    await first.failed();
    await first.channels.close();
    const { folder, clock } = first;
    writeFileSync(join(folder, "settings.json"), '{"alerts": {"channels": "torn"}}');
    const broken = await channelsWorld(undefined, { folder, clock });
    expect(broken.channels.list()).toEqual([]);
    await broken.settings.change({ time_zone: "Europe/Rome" });
    await broken.channels.close();
    const mended = await channelsWorld(channels, { folder, clock });
    expect(mended.channels.list().map(({ hasSecret, waiting }) => [hasSecret, waiting])).toEqual([
      [false, 1],
      [true, 1],
    ]);
  });
});

describe("a secret", () => {
  it("that is missing lets its channel wait, and once it is set all is told", async () => {
    const other = await recordingServer();
    const { tell, told, failed, channels, state, log } = await channelsWorld([{ kind: "slack", name: "slack" }]);
    tell();
    await failed();
    expect(state()?.error?.why).toBe("it has no secret yet, or got it for another server: set it");
    const slack = channels.find("slack");
    if (slack !== undefined) await channels.setSecret(slack, `${other.url}/services/T0/the-key`);
    await told();
    expect(other.requests.map(({ path }) => path)).toEqual(["/services/T0/the-key"]);
    expect(log.lines.join()).not.toContain("the-key");
  });
});
