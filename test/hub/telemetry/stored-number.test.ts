import { type ColumnKind, sqlTypes } from "@heatloop/hub/telemetry/minute-columns";
import { readNumber, storedNumber } from "@heatloop/hub/telemetry/stored-number";
import fc from "fast-check";
import pg from "pg";
import { expect, test } from "vitest";
import { emptyDatabase } from "#test/support/hub/database.ts";

/** Decimals of up to 9 digits, as sensors, counters and sums are. */
const decimal = fc
  .tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, places]) => Number(`${digits}e-${places}`));

test.each(Object.keys(sqlTypes) as ColumnKind[])("a %s reads what was stored, to the last digit", async (kind) => {
  const client = new pg.Client({ connectionString: await emptyDatabase() });
  await client.connect();
  const values = fc.sample(decimal, { numRuns: 50_000, seed: 1 });
  const kept = values.flatMap((value) => {
    const stored = storedNumber(kind, value);
    return stored === undefined ? [] : [{ value, stored }];
  });
  const { rows } = await client.query<{ stored: number }>(
    `select x as stored from unnest($1::${sqlTypes[kind]}[]) with ordinality as t (x, n) order by n`,
    [kept.map(({ stored }) => stored)],
  );
  await client.end();
  expect(rows.map(({ stored }) => readNumber(kind, stored))).toEqual(kept.map(({ value }) => value));
  expect(kept.length).toBeGreaterThan(0);
});

test.each<[ColumnKind, number, number | undefined]>([
  ["real", 123.456, 123.456],
  ["real", 1234.567, 1234.567],
  ["real", 123_456.789, undefined],
  ["real", 16_777_217, undefined],
  ["real", 999_999.9, 999_999.9],
  ["real", 1_924_783.3, undefined],
  ["tenths", 59.9, 599],
  ["tenths", 59.97, undefined],
  ["tenths", 4_000, undefined],
  ["count", 3, 3],
  ["count", 3.5, undefined],
  ["count", 40_000, undefined],
  ["double", 123_456.789, 123_456.789],
])("%s holds %d as %s", (kind, value, stored) => {
  expect(storedNumber(kind, value)).toBe(stored);
});
