import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fleetNeeds } from "#scripts/hub-scale/fleet-needs.ts";
import { readHubScaleArguments } from "#scripts/hub-scale/hub-scale-arguments.ts";
import { recoveryAfter } from "#scripts/hub-scale/outage.ts";
import { type HubScaleOptions, needsTable, outageTable } from "#scripts/hub-scale/tables.ts";

const prices = { perCore: 10, perGb: 0.5 };
const usual = readHubScaleArguments([]) as HubScaleOptions;

test("the tables of the docs are what the script prints", () => {
  const page = readFileSync("docs/hub-scale.md", "utf8");
  expect(page).toContain(`<!-- npm run hub-scale: needs -->\n${needsTable(usual)}\n<!-- end -->`);
  expect(page).toContain(`<!-- npm run hub-scale: outage -->\n${outageTable(usual)}\n<!-- end -->`);
});

test("6,000 homes have the rows, messages and bytes that they have by hand", () => {
  const needs = fleetNeeds(6_000, { rawDays: 10, prices });
  expect(needs).toMatchObject({ rowsPerS: 100, messagesPerS: 200 });
  // 8,640,000 rows a day.
  expect(needs.rawGb).toBeCloseTo((86_400_000 * 272) / 1e9, 9);
  expect(needs.walGbPerDay).toBeCloseTo((8_640_000 * 387) / 1e9, 9);
  expect(needs.monthlyCost).toBeCloseTo(needs.cores * 10 + (needs.rawGb + needs.summedUpGbPerYear) * 0.5, 9);
});

test("an outage is over no sooner than homes are back and their rows can be stored, and never where there is no room", () => {
  const one = { homes: 3_000, minutes: 100, cores: 2, spreadS: 10 };
  const calm = recoveryAfter(one);
  expect(calm.mostRowsAtHomes).toBeGreaterThanOrEqual(300_000);
  expect(calm.caughtUpS).toBeGreaterThan(10);
  expect(recoveryAfter({ ...one, homes: 1_000_000 })).toMatchObject({ caughtUpS: undefined });
});

test("more cores never make it slower, and a longer outage never shorter", () => {
  const outage = fc.record({
    homes: fc.integer({ min: 1, max: 50_000 }),
    minutes: fc.integer({ min: 1, max: 300 }),
    cores: fc.integer({ min: 2, max: 16 }),
    spreadS: fc.integer({ min: 1, max: 120 }),
  });
  const timeOf = (one: Parameters<typeof recoveryAfter>[0]) => recoveryAfter(one).caughtUpS ?? Number.POSITIVE_INFINITY;
  fc.assert(
    fc.property(outage, (one) => {
      expect(timeOf({ ...one, cores: one.cores + 2 })).toBeLessThanOrEqual(timeOf(one));
      expect(timeOf({ ...one, minutes: one.minutes + 10 })).toBeGreaterThanOrEqual(timeOf(one));
      expect(timeOf(one)).toBeGreaterThanOrEqual(one.spreadS);
    }),
    { numRuns: 30 },
  );
});

test("all that is wrong with the options is said at once, with what is allowed", () => {
  expect(readHubScaleArguments(["--homes", "0", "--raw-days", "1", "--core-price", "-1"])).toEqual({
    problems: [
      expect.stringContaining("--homes takes a whole number from 1 to 100000000"),
      expect.stringContaining("--raw-days takes a whole number from 7 to 36525"),
      expect.stringContaining("--core-price takes a number from 0"),
    ],
  });
});
