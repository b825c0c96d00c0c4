import type { PointId } from "@heatloop/core/catalogue/points";
import { type DiscoveryPayload, discoveryPayload, discoveryTopic } from "@heatloop/mqtt-discovery/discovery";
import { pieceOf, piecesOf } from "@heatloop/mqtt-discovery/pieces";
import {
  componentsOf,
  type Form,
  migrationRequest,
  nextStep,
  nothingPublished,
  type PublishedDiscovery,
  removalSteps,
  type Step,
} from "@heatloop/mqtt-discovery/publish-steps";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const points = ["flow_temperature", "return_temperature", "compressor", "dhw_mode", "dhw_climate_target"] as const;
const topic = discoveryTopic("pump");

function payload(seen: readonly PointId[]): DiscoveryPayload {
  return discoveryPayload({
    device: "pump",
    prefix: "pump",
    language: "en",
    points: new Set(seen),
    installation: "3f9a1c07",
    availabilityTopics: ["pump/status"],
    own: ["log"],
    version: "1.0.0",
  });
}

/** The steps to the goal, as they are published one after the other. */
function stepsTo(
  next: DiscoveryPayload,
  form: Form,
  published: PublishedDiscovery = nothingPublished,
): readonly Step[] {
  const steps: Step[] = [];
  let [current, republish] = [published, false];
  for (;;) {
    const step = nextStep({ device: "pump", published: current, next, form, republish });
    if (step === undefined) return steps;
    steps.push(step);
    if (steps.length > 10) throw new Error("the steps do not end");
    [current, republish] = [step.after, step.republish === true];
  }
}

const standingWhole = (seen: readonly PointId[]): PublishedDiscovery => ({ whole: payload(seen), pieces: {} });
const standingPieces = (seen: readonly PointId[]): PublishedDiscovery => ({
  whole: null,
  pieces: piecesOf("pump", payload(seen)),
});
const payloadsOf = (step: Step | undefined) =>
  Object.fromEntries((step?.messages ?? []).map((message) => [message.topic, message.payload]));
const componentsIn = (step: Step | undefined) =>
  (JSON.parse(step?.messages[0]?.payload ?? "{}") as { components: object }).components;

describe("in one message", () => {
  test("a device that is new, or lost nothing, is announced in one step", () => {
    const next = payload(["flow_temperature", "compressor"]);
    for (const before of [nothingPublished, standingWhole(["compressor"])]) {
      expect(stepsTo(next, "whole", before).map(payloadsOf)).toEqual([{ [topic]: JSON.stringify(next) }]);
    }
    expect(stepsTo(next, "whole", { whole: next, pieces: {} })).toEqual([]);
  });

  test("an entity that went away is first reduced to its platform, then left out", () => {
    const next = payload(["flow_temperature"]);
    const [first, second, ...more] = stepsTo(next, "whole", standingWhole(["flow_temperature", "compressor"]));
    expect(componentsIn(first)).toEqual({ ...next.components, compressor: { platform: "binary_sensor" } });
    expect(payloadsOf(second)).toEqual({ [topic]: JSON.stringify(next) });
    expect(more).toEqual([]);
  });

  test("an entity that became another kind is removed before it is announced anew", () => {
    const next = payload(["compressor"]);
    const before = { whole: { components: { compressor: { platform: "sensor" } } }, pieces: {} };
    const [first, second] = stepsTo(next, "whole", before);
    expect(componentsIn(first)).toMatchObject({ compressor: { platform: "sensor" } });
    expect(payloadsOf(second)).toEqual({ [topic]: JSON.stringify(next) });
  });

  test("a removal that was cut short is finished by the next one", () => {
    const next = payload(["flow_temperature"]);
    const steps = stepsTo(next, "whole", standingWhole(["flow_temperature", "compressor"]));
    const onBroker = JSON.parse(steps[0]?.messages[0]?.payload ?? "") as DiscoveryPayload;
    expect(stepsTo(next, "whole", { whole: onBroker, pieces: {} })).toEqual(steps);
  });
});

describe("in pieces", () => {
  const next = payload(["flow_temperature", "compressor"]);

  test("each entity has a message of its own that holds the device, who announced it and what it depends on", () => {
    const [only, ...more] = stepsTo(next, "pieces");
    expect(more).toEqual([]);
    const pieces = payloadsOf(only);
    expect(Object.keys(pieces)).toEqual([
      "homeassistant/sensor/heatloop_pump/flow_temperature/config",
      "homeassistant/binary_sensor/heatloop_pump/compressor/config",
      "homeassistant/binary_sensor/heatloop_pump/log/config",
    ]);
    const { components, ...shared } = next;
    const { platform: _, ...flow } = components.flow_temperature ?? { platform: "" };
    expect(JSON.parse(pieces["homeassistant/sensor/heatloop_pump/flow_temperature/config"] ?? "")).toEqual({
      ...shared,
      ...flow,
    });
    const own = JSON.parse(pieces["homeassistant/binary_sensor/heatloop_pump/log/config"] ?? "") as object;
    expect(own).toMatchObject({ availability: [{ topic: "heatloop/3f9a1c07/status" }] });
  });

  test("only what changed is published, and what went away is removed", () => {
    const [only, ...more] = stepsTo(next, "pieces", standingPieces(["flow_temperature", "dhw_mode"]));
    expect(more).toEqual([]);
    expect(Object.entries(payloadsOf(only)).map(([piece, text]) => [pieceOf(piece)?.id, text === ""])).toEqual([
      ["dhw_mode", true],
      ["compressor", false],
    ]);
  });

  test("everything is published once more where it is requested", () => {
    const published = standingPieces(["flow_temperature", "compressor"]);
    const step = nextStep({ device: "pump", published, next, form: "pieces", republish: true });
    expect(payloadsOf(step)).toEqual(published.pieces);
  });

  test("it takes the place of the whole: leave it, clear it, publish the pieces", () => {
    const steps = stepsTo(next, "pieces", standingWhole(["flow_temperature", "compressor"]));
    expect(steps.map(payloadsOf)).toEqual([{ [topic]: migrationRequest }, { [topic]: "" }, piecesOf("pump", next)]);
  });

  test("an entity that went away at the same time is removed from the whole before, in a small message", () => {
    const steps = stepsTo(payload(["compressor"]), "pieces", standingWhole(["flow_temperature", "compressor"]));
    expect(steps).toHaveLength(4);
    expect(componentsIn(steps[0])).toEqual({ flow_temperature: { platform: "sensor" } });
  });

  test("the whole takes its place again: leave them, clear them, publish the whole", () => {
    const published = standingPieces(["flow_temperature", "compressor", "dhw_mode"]);
    const steps = stepsTo(next, "whole", published);
    const pieceIds = Object.keys(piecesOf("pump", next));
    const gone = "homeassistant/select/heatloop_pump/dhw_mode/config";
    expect(steps.map(payloadsOf)).toEqual([
      { ...Object.fromEntries(pieceIds.map((id) => [id, migrationRequest])), [gone]: "" },
      Object.fromEntries(pieceIds.map((id) => [id, ""])),
      { [topic]: JSON.stringify(next) },
    ]);
  });

  test("a removal clears the whole and every piece", () => {
    const { messages } = { messages: removalSteps("pump", standingPieces(["compressor"])) };
    expect(messages.map((message) => message.payload)).toEqual(["", "", ""]);
    expect(messages.map((message) => message.topic)).toContain(topic);
  });
});

const some = fc.subarray([...points]);
const forms = fc.constantFrom<Form>("whole", "pieces");

test("from whatever is retained, in either form and interrupted anywhere, the goal is what is retained in the end", () => {
  fc.assert(
    fc.property(some, forms, some, forms, fc.nat(5), (before, from, after, to, cut) => {
      const start = from === "whole" ? standingWhole(before) : standingPieces(before);
      const next = payload(after);
      const half = stepsTo(payload(points), to, start)[cut]?.after ?? start;
      const end = stepsTo(next, to, half).at(-1)?.after ?? half;
      expect(end).toEqual(
        to === "whole" ? { whole: next, pieces: {} } : { whole: null, pieces: piecesOf("pump", next) },
      );
      expect(Object.keys(componentsOf(end)).sort()).toEqual(Object.keys(next.components).sort());
    }),
  );
});

test("each entity that went away is removed, never just left out", () => {
  fc.assert(
    fc.property(some, forms, some, forms, (before, from, after, to) => {
      const steps = stepsTo(payload(after), to, from === "whole" ? standingWhole(before) : standingPieces(before));
      const removed = new Set(
        steps.flatMap((step) =>
          step.messages.flatMap(({ topic: where, payload: text }) => {
            if (where !== topic) return text === "" ? (pieceOf(where)?.id ?? []) : [];
            const components =
              text === "" || text === migrationRequest ? {} : (JSON.parse(text) as DiscoveryPayload).components;
            return Object.entries(components).flatMap(([id, it]) => (Object.keys(it).length === 1 ? id : []));
          }),
        ),
      );
      const lost = before.filter((point) => !after.includes(point)).map((id) => id.replace("_target", ""));
      expect([...removed]).toEqual(expect.arrayContaining(lost));
    }),
  );
});
