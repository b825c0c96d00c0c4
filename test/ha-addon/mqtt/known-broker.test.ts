import { brokerAfterEnd, type KnownBroker, unknownBroker } from "@heatloop/ha-addon/mqtt/known-broker";
import type { Ending } from "@heatloop/ha-addon/mqtt/refusal";
import { describe, expect, it } from "vitest";

const closed: Ending = { error: undefined, accepted: false, briefInARow: 0, url: "mqtt://a", caFile: undefined };
const withCode = (code: number): Ending => ({ ...closed, error: Object.assign(new Error("refused"), { code }) });
const known5: KnownBroker = { ...unknownBroker, isVersionKnown: true };
const tried4: KnownBroker = { ...unknownBroker, version: 4 };
const known4: KnownBroker = { ...tried4, isVersionKnown: true };

describe("the next connection", () => {
  it.each([
    ["is tried at once with 3.1.1 where an unknown broker just closes", unknownBroker, closed, tried4, true],
    ["is tried at once with 3.1.1 where the broker names the version", known5, withCode(132), known4, true],
    ["stays with 5 where a broker of that version closes", known5, closed, known5, false],
    ["goes back to 5 where 3.1.1 is no better", tried4, withCode(134), unknownBroker, false],
    ["stays with 3.1.1 where the broker named that version", known4, withCode(5), known4, false],
    ["stays with 5 after one that was accepted", unknownBroker, { ...closed, accepted: true }, unknownBroker, false],
  ] as const)("%s", (_, before, ending, { version, isVersionKnown }, retryNow) => {
    const after = brokerAfterEnd(before, ending, 0);
    expect(after).toMatchObject({ broker: { version, isVersionKnown }, retryNow });
  });

  it.each([
    [154, { retain: false, qos: 1 }],
    [155, { retain: true, qos: 0 }],
  ])("is tried at once within the limit that code %i names, and later where that was known", (code, limits) => {
    const first = brokerAfterEnd(unknownBroker, withCode(code), 0);
    expect(first).toMatchObject({ broker: { version: 5, learned: { limits } }, retryNow: true });
    expect(brokerAfterEnd(first.broker, withCode(code), 0).retryNow).toBe(false);
  });
});
