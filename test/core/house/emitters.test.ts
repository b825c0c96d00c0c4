import type { SteadyHeating } from "@heatloop/core/events/heating-flow";
import {
  type EmitterKind,
  emittedW,
  emitterKindOf,
  emitterKinds,
  excessForK,
  exponentOf,
  learnEmitters,
} from "@heatloop/core/house/emitters";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** Of so many W at 50 K more than the rooms, the standard output of EN 442. */
const ratedAt50K = (ratedW: number, exponent: number) => ({ coefficient: ratedW / 50 ** exponent, exponent });

const day = (of: Partial<SteadyHeating> = {}): SteadyHeating => ({
  minutes: 1200,
  heatW: 4000,
  waterC: 33,
  flowOverReturnK: 4,
  roomC: 21,
  ...of,
});

describe("heat of emitters", () => {
  // Correction factors of radiator catalogues (AEL Heating Solutions; Stelrad and others print the same).
  it.each([
    [5, 0.05],
    [10, 0.123],
    [15, 0.209],
    [20, 0.304],
    [25, 0.406],
    [30, 0.515],
    [40, 0.748],
    [50, 1],
    [60, 1.267],
    [75, 1.694],
  ])("of radiators at %f K is %f of that at 50 K, as catalogues have it", (excessK, factor) => {
    expect(emittedW(ratedAt50K(1, exponentOf("radiators")), excessK)).toBeCloseTo(factor, 3);
  });

  it("of a radiator of 2000 W by EN 442 (75/65/20) is 1030 W with water of 55 and 45 °C", () => {
    expect(emittedW(ratedAt50K(2000, exponentOf("radiators")), 30)).toBeCloseTo(1030, -1);
  });

  // EN 1264-2: q = 8.92 x (floor - room)^1.1, 100 W/m2 at 9 K, the limit of occupied areas, and 175 at 15 K, that of edges.
  it.each([
    [9, 100],
    [15, 175],
  ])("of a floor %f K warmer than the room is %f W/m2, as EN 1264 has it", (excessK, watts) => {
    expect(emittedW({ coefficient: 8.92, exponent: exponentOf("underfloor") }, excessK)).toBeCloseTo(watts, -1);
  });

  it("and the excess temperature for it are each other's inverse", () => {
    const kind = fc.constantFrom<EmitterKind>(...emitterKinds);
    fc.assert(
      fc.property(
        kind,
        fc.double({ min: 500, max: 30_000, noNaN: true }),
        fc.double({ min: 0, max: 60, noNaN: true }),
        (of, ratedW, excessK) => {
          const emitters = ratedAt50K(ratedW, exponentOf(of));
          expect(excessForK(emitters, emittedW(emitters, excessK))).toBeCloseTo(excessK, 6);
        },
      ),
    );
  });
});

describe("the kind of the emitters", () => {
  it.each([
    ["radiators", "radiators"],
    ["underfloor_linear", "underfloor"],
    ["underfloor_and_radiators_linear", "underfloor_and_radiators"],
    [undefined, null],
    ["wall", null],
  ])("of the firmware's %s is %s", (type, kind) => {
    expect(emitterKindOf(type)).toBe(kind);
  });

  it("counts as radiators where it is not known", () => {
    expect(exponentOf(null)).toBe(exponentOf("radiators"));
  });
});

describe("learned emitters", () => {
  it("are the median of days, whatever a few of these show", () => {
    const usual = Array.from({ length: 9 }, () => day());
    const odd = [day({ heatW: 40_000 }), day({ waterC: 60 }), day({ flowOverReturnK: 0.1 })];
    const learned = learnEmitters([...usual, ...odd, null], 1.3);
    expect(learned).toMatchObject({ days: 12, roomC: 21, isRoomAssumed: false, waterWPerK: 1000 });
    expect(learned && emittedW(learned, 12)).toBeCloseTo(4000, 6);
  });

  it("have assumed rooms of 20.5 °C where no thermostat is known", () => {
    const days = Array.from({ length: 5 }, () => day({ roomC: null }));
    expect(learnEmitters(days, 1.3)).toMatchObject({ roomC: 20.5, isRoomAssumed: true });
  });

  it.each<[string, Partial<SteadyHeating>]>([
    ["less than two steady hours", { minutes: 119 }],
    ["water hardly warmer than the rooms", { waterC: 23 }],
    ["no heat", { heatW: 0 }],
    ["a return warmer than the flow", { flowOverReturnK: -0.5 }],
  ])("take no day of %s", (_what, of) => {
    expect(learnEmitters([...Array.from({ length: 4 }, () => day()), day(of)], 1.3)).toBeNull();
  });
});
