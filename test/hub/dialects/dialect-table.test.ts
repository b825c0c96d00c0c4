import { mappableColumns, pointsOf, pointValue, targetOf, usualPoints } from "@heatloop/hub/dialects/dialect-points";
import { dialectTableSchema } from "@heatloop/hub/dialects/dialect-table";
import { check, mistakeLine } from "@heatloop/program/mistakes";
import { expect, test } from "vitest";

function mistakesOf(table: unknown): string[] {
  const checked = check(dialectTableSchema, table);
  return checked.ok ? [] : checked.mistakes.map(mistakeLine);
}

const entry = { dialect: "ruuvi", source: "ruuvi/van_inside", device: "van" };

test("an entry needs dialect, source and device, and has the usual zone and no points", () => {
  expect(check(dialectTableSchema, { sources: [entry] })).toEqual({
    ok: true,
    value: { sources: [{ ...entry, time_zone: "UTC", points: [] }] },
  });
});

test("every mistake of a table is said at once, with what is allowed", () => {
  const points = [
    { path: "temperature_c", point: "warmth" },
    { path: "temperature_c", point: "outdoor_temperature_c", factor: "2" },
    { path: "x", point: "outdoor_temperature_c" },
  ];
  const table = [
    { ...entry, time_zone: "Mars", points },
    { ...entry, extra: 1 },
    { dialect: "site", source: "no site", device: "a/b" },
  ];
  expect(mistakesOf({ sources: table }).sort()).toEqual([
    expect.stringMatching(
      /^sources\[0\]\.points\[0\]\.point: found .*; allowed: one of electricity_w, heating_w, .*flow_/,
    ),
    'sources[0].points[1].factor: found "2"; allowed: a number from -1000000 to 1000000',
    "sources[0].points[1].path: found a text that is not shown here; allowed: a path that no other point has",
    "sources[0].points[2].point: found a text that is not shown here; allowed: a column that no other path has",
    "sources[0].time_zone: found a text that is not shown here; allowed: a name such as Europe/Rome",
    "sources[1].device: found a text that is not shown here; allowed: a device that no other entry has",
    "sources[1].extra: found an unknown key; allowed: one of dialect, source, device, time_zone, points",
    "sources[1].source: found a text that is not shown here; allowed: a source that no other entry has",
    "sources[2].device: found a text that is not shown here; allowed: a name without / and control characters",
    "sources[2].source: found a text that is not shown here; allowed: the device's part of a topic of site, such as van/ruuvi/inside",
  ]);
});

test.each([null, 5, {}, { sources: null }, { sources: [null, 7, []] }, { sources: [{ points: 5 }] }])(
  "%j is no table",
  (table) => {
    expect(mistakesOf(table).length).toBeGreaterThan(0);
  },
);

test("a table says what differs from what is usual for the dialect", () => {
  const own = [{ path: "temperature.inlet", point: "flow_temperature_c" }];
  expect(pointsOf("heatpump-monitor", own)).toEqual([
    ...own,
    { path: "electrical.power", point: "electricity_w" },
    { path: "status.compressor", point: "compressor_s" },
  ]);
  expect(pointsOf("site", [])).toEqual([]);
});

test("all that is usual is a column", () => {
  for (const { point } of Object.values(usualPoints).flat()) expect(mappableColumns).toContain(point);
  for (const column of mappableColumns) expect(targetOf(column), column).toBeDefined();
  expect(targetOf("operation_mode")).toBeUndefined();
});

test.each([
  ["outdoor_temperature", { factor: 0.1 }, 215, 21.5],
  ["outdoor_temperature", { factor: 5 / 9, offset: -160 / 9 }, 68, 20],
  ["outdoor_temperature", {}, 5000, null],
  ["compressor", {}, 1, true],
  ["compressor", {}, 0, false],
] as const)("%s of %j is of %f %j", (point, how, number, value) => {
  expect(pointValue(point, { path: "x", point: "x", ...how }, number)).toBe(value);
});
