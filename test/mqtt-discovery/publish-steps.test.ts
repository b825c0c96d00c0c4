import type { PointId } from "@heatloop/core/points";
import { type DiscoveryPayload, discoveryPayload } from "@heatloop/mqtt-discovery/discovery";
import { publishSteps } from "@heatloop/mqtt-discovery/publish-steps";
import fc from "fast-check";
import { expect, test } from "vitest";

const points = ["flow_temperature", "return_temperature", "compressor", "dhw_mode", "dhw_climate_target"] as const;

function payload(seen: readonly PointId[]): DiscoveryPayload {
  return discoveryPayload({
    device: "pump",
    prefix: "pump",
    language: "en",
    points: new Set(seen),
    own: false,
    version: "1.0.0",
  });
}

test("a device that is new, or lost nothing, is told in one step", () => {
  const next = payload(["flow_temperature", "compressor"]);
  expect(publishSteps(undefined, next)).toEqual([next]);
  expect(publishSteps(payload(["compressor"]), next)).toEqual([next]);
});

test("an entity that went away is first reduced to its platform, then left out", () => {
  const next = payload(["flow_temperature"]);
  const [first, second, ...more] = publishSteps(payload(["flow_temperature", "compressor"]), next);
  expect(first?.components).toEqual({ ...next.components, compressor: { platform: "binary_sensor" } });
  expect(second).toEqual(next);
  expect(more).toEqual([]);
});

test("an entity that became another kind is removed before it is told anew", () => {
  const next = payload(["compressor"]);
  const [first, second] = publishSteps({ components: { compressor: { platform: "sensor" } } }, next);
  expect(first?.components).toEqual({ compressor: { platform: "sensor" } });
  expect(second).toEqual(next);
});

test("a removal that was cut short is finished by the next one", () => {
  const next = payload(["flow_temperature"]);
  const [first] = publishSteps(payload(["flow_temperature", "compressor"]), next);
  expect(publishSteps(first, next)).toEqual([first, next]);
});

test("whatever was known before, in the end Home Assistant knows the new entities only", () => {
  const some = fc.subarray([...points]);
  fc.assert(
    fc.property(some, some, (before, after) => {
      const steps = publishSteps(payload(before), payload(after));
      expect(steps.at(-1)).toEqual(payload(after));
      const removed = Object.entries(steps[0]?.components ?? {}).filter(([, entity]) => !("unique_id" in entity));
      const lost = before.filter((point) => !after.includes(point));
      expect(removed.map(([id]) => id).sort()).toEqual(lost.map((id) => id.replace("_target", "")).sort());
    }),
  );
});
