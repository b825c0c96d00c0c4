import { connectHomeAssistant } from "@heatloop/ha-addon/home-assistant/home-assistant";
import { systemClock } from "@heatloop/program/clock";
import { afterEach, describe, expect, it } from "vitest";
import { startFakeHomeAssistant } from "#test/support/home-assistant/fake.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { waitFor } from "#test/support/wait-for.ts";

const closing: (() => Promise<void>)[] = [];
const uncaught: unknown[] = [];
const note = (error: unknown) => uncaught.push(error);

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  process.off("uncaughtException", note).off("unhandledRejection", note);
  expect(uncaught.splice(0)).toEqual([]);
});

async function world() {
  process.on("uncaughtException", note).on("unhandledRejection", note);
  const server = await startFakeHomeAssistant();
  closing.push(server.stop);
  const machine = systemClock();
  const clock = { ...machine, after: (ms: number, work: () => void) => machine.after(ms / 20, work) };
  const log = recordingLog();
  const home = connectHomeAssistant({ url: server.url, token: server.token, clock, log });
  closing.push(home.close);
  return { server, home, log };
}

const frames: readonly (readonly [name: string, frame: string | Buffer, why: RegExp])[] = [
  ["text that is not JSON", "not json", /a text that is not JSON/],
  ["an empty text", "", /a text that is not JSON/],
  ["null", "null", /JSON/],
  ["a list of null", "[null]", /JSON/],
  ["a number", "7", /JSON/],
  ["an object that is no message", "{}", /JSON/],
  ["a list in a list", '[[{"id":1,"type":"event"}]]', /JSON/],
  ["an id that is none", '{"id":"1","type":"event","event":{}}', /JSON/],
  ["a binary frame", Buffer.from([0, 1, 2, 255]), /a binary frame/],
  ["JSON a hundred thousand levels deep", "[".repeat(100_000), /JSON that is nested too deep/],
];

describe.each(frames)("%s from Home Assistant", (_name, frame, why) => {
  it("before signing in is a failed attempt, and the next one counts", async () => {
    const { server, home, log } = await world();
    await waitFor(() => home.connected(), "the first connection");
    server.babble(frame);
    await waitFor(() => !home.connected(), "the session is given up");
    await waitFor(() => home.status().lastError !== null, "the reason is known");
    server.stopBabbling();
    await waitFor(() => home.connected(), "it is connected again");
    expect(log.lines.join("\n")).toMatch(/Home Assistant is away; trying again/);
  });

  it("after signing in is a lost session, tried again, and the reason is logged", async () => {
    const { server, home, log } = await world();
    await waitFor(() => home.connected(), "the first connection");
    server.babble(frame);
    server.stopBabbling();
    await waitFor(() => !home.connected(), "the session is given up");
    expect(home.status().lastError).toMatch(why);
    await waitFor(() => home.connected(), "it is connected again");
    await waitFor(() => server.connections() === 1, "the lost session's socket is closed");
    expect(log.lines.filter((line) => line.includes("is that Home Assistant?"))).toHaveLength(1);
  });
});

it.each([
  ["a second answer to a subscription", '{"id":3,"type":"result","success":false,"error":{"code":"x","message":"x"}}'],
  ["a pong that nothing asked for", '{"id":3,"type":"pong"}'],
  ["an event of nothing that was asked for", '{"id":4000,"type":"event","event":{}}'],
] as const)("%s is a lost session, and entities are followed in the next one", async (_name, frame) => {
  const { server, home } = await world();
  server.setState("sensor.room", "20");
  let known: string | undefined;
  home.follow(["sensor.room"], (_entity, state) => {
    known = state?.state;
  });
  await waitFor(() => known === "20", "it is followed");
  server.babble(frame);
  server.stopBabbling();
  await waitFor(() => !home.connected(), "the session is given up");
  expect(home.status().lastError).toMatch(/nothing that was asked/);
  server.setState("sensor.room", "21");
  await waitFor(() => known === "21", "it is followed again");
});

it("a version that is none before signing in is a failed attempt", async () => {
  const { server, home } = await world();
  await waitFor(() => home.connected(), "the first connection");
  server.babble('{"type":"auth_ok","ha_version":7}');
  await waitFor(() => !home.connected(), "the session is given up");
  server.stopBabbling();
  await waitFor(() => home.connected(), "it is connected again");
});

it("settings of Home Assistant that are not understood cost nothing but a line", async () => {
  const { server, home, log } = await world();
  await waitFor(() => home.connected(), "the first connection");
  server.setConfig({ temperature: "K" as never });
  await waitFor(() => log.lines.some((line) => line.includes("settings are not understood")), "it is logged");
  expect(home.connected()).toBe(true);
  expect(home.config()).toMatchObject({ temperatureUnit: "°C" });
});

it("an event whose listener throws is a lost session, not the end of the program", async () => {
  const { server, home } = await world();
  server.setState("sensor.room", "20");
  let threw = 0;
  home.follow(["sensor.room"], () => {
    threw += 1;
    if (threw === 1) throw new Error("a listener that fails");
  });
  await waitFor(() => threw > 1, "the entity is reported again in the next session");
  await waitFor(() => home.connected(), "it is connected");
});
