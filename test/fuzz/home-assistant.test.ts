import { connectHomeAssistant } from "@heatloop/ha-addon/home-assistant/home-assistant";
import { systemClock } from "@heatloop/program/clock";
import fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
import { startFakeHomeAssistant } from "#test/support/home-assistant/fake.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { frameBytes } from "./frames.ts";
import { fuzzRuns, fuzzTimeoutMs } from "./runs.ts";

const entity = "sensor.room";

const anything = fc.jsonValue({ maxDepth: 3 });
const state = fc.record(
  { s: fc.oneof(fc.string(), anything), a: anything, lc: anything, lu: anything },
  { requiredKeys: [] },
);
const ofEntity = <T>(value: fc.Arbitrary<T>) =>
  fc.dictionary(fc.constantFrom(entity, "sensor.other", "__proto__", ""), fc.oneof(value, anything), { maxKeys: 3 });
/** What is told of states, nearly as Home Assistant tells it. */
const event = fc.oneof(
  fc.record(
    {
      a: ofEntity(state),
      c: ofEntity(fc.record({ "+": state, "-": anything }, { requiredKeys: [] })),
      r: fc.oneof(fc.array(fc.string()), anything),
    },
    { requiredKeys: [] },
  ),
  fc.record({ result: anything, listeners: anything, event_type: anything, data: anything }, { requiredKeys: [] }),
  anything,
);
const message = fc.record(
  {
    id: fc.integer({ min: 0, max: 20 }),
    type: fc.constantFrom("event", "event", "event", "result", "pong", "auth_ok", "auth_invalid", "x"),
    event,
    success: fc.oneof(fc.boolean(), anything),
    result: anything,
    error: anything,
  },
  { requiredKeys: ["id", "type"] },
);
const text = fc.oneof(
  { weight: 40, arbitrary: message.map((each) => JSON.stringify(each)) },
  { weight: 10, arbitrary: fc.array(message, { maxLength: 3 }).map((each) => JSON.stringify(each)) },
  { weight: 1, arbitrary: fc.oneof(fc.json(), fc.string()) },
);
/** Messages in whole frames, then bytes that may be none. */
const speech = fc.record({
  texts: fc.array(text, { minLength: 8, maxLength: 8 }),
  bytes: fc.option(fc.array(frameBytes(false), { minLength: 2, maxLength: 2 }), { freq: 9 }),
});

it(
  "whatever comes from Home Assistant: the next state of an entity is known, in this session or the next one",
  async () => {
    const server = await startFakeHomeAssistant();
    onTestFinished(server.stop);
    const machine = systemClock();
    // Retries within milliseconds.
    const clock = { ...machine, after: (ms: number, work: () => void) => machine.after(ms / 1_000, work) };
    const home = connectHomeAssistant({ url: server.url, token: server.token, clock, log: recordingLog("error") });
    onTestFinished(home.close);
    let known: unknown;
    home.follow([entity], (_entity, told) => {
      known = told?.state;
      expect(["string", "undefined"]).toContain(typeof known);
    });
    let count = 0;
    await fc.assert(
      fc.asyncProperty(speech, async ({ texts, bytes }) => {
        await waitFor(() => home.connected() && server.connections() > 0, "it is connected");
        for (const each of texts) {
          server.babble(each);
          server.stopBabbling();
        }
        if (bytes !== null) server.endWith(Buffer.concat(bytes));
        count += 1;
        server.removeState(entity);
        server.setState(entity, String(count));
        await waitFor(() => known === String(count), `state ${count}`, 30_000, 2);
      }),
      { ...fuzzRuns({ usual: 100, whole: 10_000 }), endOnFailure: true },
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  },
  fuzzTimeoutMs,
);
