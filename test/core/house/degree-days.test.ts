import { countryDegreeDays, degreeDayBasis, degreeDays } from "@heatloop/core/house/degree-days";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const days = [10.5, 15, 16, 20, null, -2.5].map((outdoorC) => ({ outdoorC }));

describe("degree days", () => {
  it.each([
    ["15.5", 5 + 0.5 + 18],
    ["20/15", 9.5 + 22.5],
    ["18/15", 7.5 + 20.5],
    ["20", 9.5 + 5 + 4 + 22.5],
    ["GB", 5 + 0.5 + 18],
    ["DE", 9.5 + 22.5],
    ["CH", 9.5 + 22.5],
    ["IT", 9.5 + 5 + 4 + 22.5],
    ["FR", 7.5 + 3 + 2 + 20.5],
  ])("%s of the same days are always %d K d", (name, kelvinDays) => {
    expect(degreeDays(days, degreeDayBasis(name) ?? { baseC: 0, limitC: 0 })).toBeCloseTo(kelvinDays, 9);
  });

  it.each(["", "15,5", "4", "26", "15/20", "20/", "/15", "de", "XX", "toString", "20/15/10"])(
    "have no way to be counted that is called %j",
    (name) => expect(degreeDayBasis(name)).toBeNull(),
  );

  it.each(Object.entries(countryDegreeDays))(
    "of %s are counted below a limit that is not above the base",
    (_, basis) => {
      expect(basis.limitC).toBeLessThanOrEqual(basis.baseC);
    },
  );

  it("of two times add up to those of both", () => {
    const some = fc.array(fc.record({ outdoorC: fc.option(fc.integer({ min: -30, max: 40 })) }));
    fc.assert(
      fc.property(some, some, fc.constantFrom("15.5", "20/15", "IT"), (one, other, name) => {
        const basis = degreeDayBasis(name) ?? { baseC: 0, limitC: 0 };
        expect(degreeDays([...one, ...other], basis)).toBeCloseTo(degreeDays(one, basis) + degreeDays(other, basis), 6);
      }),
    );
  });
});
