import { mostBoostMin } from "@heatloop/core/hot-water/boost";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type BoostEvent, startBoostWorld } from "./boost-world.ts";

const event: fc.Arbitrary<BoostEvent> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 20_000 }))
      .map((pass) => ({ pass })),
  },
  { weight: 2, arbitrary: fc.constantFrom(0, 5, 30, 60, 240).map((ask) => ({ ask })) },
  fc.constantFrom<BoostEvent>({ person: "on" }, { person: "off" }, { restart: true }),
  fc.constantFrom<BoostEvent>({ broker: "away" }, { broker: "lost" }, { broker: "back" }),
  fc.constantFrom("done", "away", "back", "deaf", "obeys").map((heatPump) => ({ heatPump }) as const),
);
const events = fc.array(event, { maxLength: 40 });
/** The firmware publishes a switch at once or with its next poll. */
const reportS = fc.constantFrom(0, 10, 45);

it("law: of a heat pump that obeys, no boost that Heatloop began or was asked to end lasts beyond its duration", () => {
  // All of it is shorter than the half day after which an end is given up.
  const obeying = events.map((each) =>
    each
      .filter((one) => !("heatPump" in one && one.heatPump === "deaf"))
      .map((one) => ("pass" in one ? { pass: Math.min(one.pass, 1_000) } : one)),
  );
  fc.assert(
    fc.property(obeying, reportS, (sequence, delayS) => {
      const world = startBoostWorld(delayS);
      for (const each of sequence) world.step(each);
      for (const each of [{ broker: "back" }, { heatPump: "back" }, { pass: mostBoostMin * 60 + 600 }] as const)
        world.step(each);
      expect(world.owner()).not.toBe("heatloop");
      expect(world.boost().kind).toBe("none");
    }),
    { numRuns: 500 },
  );
});

it("law: no off is sent to a boost that a person began, unless Heatloop was asked to end it or to give it a duration", () => {
  fc.assert(
    fc.property(events, (sequence) => {
      const world = startBoostWorld();
      for (const each of sequence) {
        const before = world.sent.length;
        world.step(each);
        if ("ask" in each) continue;
        for (const { on, owner } of world.sent.slice(before)) if (!on) expect(owner).not.toBe("person");
      }
    }),
    { numRuns: 500 },
  );
});

it("law: each request switches on once at most, within ten minutes", () => {
  fc.assert(
    fc.property(events, reportS, (sequence, delayS) => {
      const world = startBoostWorld(delayS);
      let s = 0;
      const asked: number[] = [];
      for (const each of sequence) {
        if ("ask" in each && each.ask > 0) asked.push(s);
        world.step(each);
        if ("pass" in each) s += each.pass;
      }
      const on = world.sent.filter((command) => command.on);
      expect(on.length).toBeLessThanOrEqual(asked.length);
      for (const command of on) {
        expect(asked.some((at) => command.s >= at && command.s - at <= 600)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
