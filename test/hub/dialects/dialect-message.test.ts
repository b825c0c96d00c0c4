import { zoneOf } from "@heatloop/core/time/local-day";
import { type DialectReading, readDialectMessage } from "@heatloop/hub/dialects/dialect-message";
import fc from "fast-check";
import { expect, test } from "vitest";

const arrivedAt = Date.parse("2026-10-25T12:00:00Z");
const zone = zoneOf("Europe/Rome");
if (zone === undefined) throw new Error("there is no such zone");
const times = { zone, arrivedAt, isTimeOptional: false, keptFrom: Date.parse("2026-09-25T00:00:00Z") };
const read = (message: unknown, more: Partial<typeof times> = {}) =>
  readDialectMessage(Buffer.from(typeof message === "string" ? message : JSON.stringify(message)), {
    ...times,
    ...more,
  });

test.each<[string, object, DialectReading["values"]]>([
  [
    "of any depth",
    { temperature: { inlet: 45.2, more: { deep: [1, { x: 2 }] } }, electrical: { voltage: 230 } },
    {
      "temperature.inlet": 45.2,
      "temperature.more.deep.0": 1,
      "temperature.more.deep.1.x": 2,
      "electrical.voltage": 230,
    },
  ],
  [
    "of a sensor with free metrics",
    { sensor_id: "r", temperature_c: 21.5, battery_mv: 2870, metrics: { movement_counter: 3, status: "heating" } },
    { temperature_c: 21.5, battery_mv: 2870, "metrics.movement_counter": 3 },
  ],
  ["that are true or false", { status: { compressor: true, fan: false } }, { "status.compressor": 1, "status.fan": 0 }],
  ["the first of two with one path", { "a.b": 1, a: { b: 2 } }, { "a.b": 1 }],
  ["with odd names", { "\u0000\ud800": 1, ["__proto__"]: 3 }, { "\ufffd\ufffd": 1, ["__proto__"]: 3 }],
])("numbers %s are read by their paths", (_what, message, values) => {
  expect(read({ timestamp: "2026-10-25T11:00:00Z", ...message })).toEqual({
    at: Date.parse("2026-10-25T11:00:00Z"),
    values: Object.fromEntries(Object.entries(values)),
  });
});

test.each([
  [{ timestamp: 1_792_925_999_500 }, 1_792_925_999_500],
  [{ timestamp: 1_792_925_999 }, 1_792_925_999_000],
  [{ timestamp: "1792925999" }, 1_792_925_999_000],
  [{ time: "2026-10-25T10:59:59.5+00:00" }, Date.parse("2026-10-25T10:59:59.5Z")],
  [{ ts: "2026-10-25 11:30:00" }, Date.parse("2026-10-25T10:30:00Z")],
  [{ timestamp: null, time: "2026-10-25T11:00:00Z" }, Date.parse("2026-10-25T11:00:00Z")],
])("%j is a device's time", (said, at) => {
  expect(read({ ...said, a: 1 })).toEqual({ at, values: { a: 1 } });
});

test("a message without a time is of the moment at which it came where that is allowed, and of none elsewhere", () => {
  expect(read({ a: 1 }, { isTimeOptional: true })).toEqual({ at: arrivedAt, values: { a: 1 } });
  expect(read({ a: 1 })).toEqual({ why: "it has no time (timestamp, time, ts)" });
});

test.each([
  ["no JSON", /^it is a text that is not JSON$/],
  ["[".repeat(1000), /nested too deep/],
  ["[1]", /no JSON object/],
  ["null", /no JSON object/],
  ["{}", /no time/],
  ['{"timestamp":"2026-10-25T11:00:00Z"}', /no number/],
  ['{"timestamp":"2026-10-25T11:00:00Z","a":"1","b":1e999}', /no number/],
  ['{"timestamp":"yesterday","a":1}', /timestamp is no time: ISO 8601, or Unix/],
  ['{"timestamp":{},"a":1}', /is no time/],
  ['{"timestamp":true,"a":1}', /is no time/],
  ['{"timestamp":-5,"a":1}', /is no time/],
  ['{"timestamp":0,"a":1}', /before 2020/],
  ['{"timestamp":123456,"a":1}', /before 2020/],
  ['{"timestamp":"2026-10-25T12:05:01Z","a":1}', /from the future/],
  ['{"timestamp":"2026-09-24T12:05:01Z","a":1}', /older than what the hub keeps/],
  [`{"a":"${"x".repeat(70_000)}"}`, /longer than 64 KiB/],
  [JSON.stringify({ ts: arrivedAt, a: Array.from({ length: 201 }, (_, i) => i) }), /more than 200 numbers/],
])("%.60s cannot be read, and it is said why", (text, why) => {
  expect(read(text)).toEqual({ why: expect.stringMatching(why) });
});

test("whatever JSON comes, it is read or refused, and what is kept of it is bounded", () => {
  const json = fc.json({ maxDepth: 8 });
  const withTime = fc
    .dictionary(fc.string({ unit: "binary" }), fc.jsonValue())
    .map((value) => JSON.stringify({ ...value, timestamp: arrivedAt }));
  fc.assert(
    fc.property(fc.oneof(json, withTime, fc.string()), fc.boolean(), (text, isTimeOptional) => {
      const got = read(text, { isTimeOptional });
      if ("why" in got) return got.why.length <= 100;
      const values = Object.entries(got.values);
      expect(values.length).toBeLessThanOrEqual(200);
      for (const [path, value] of values) {
        expect(path.length).toBeLessThanOrEqual(150);
        expect(path).not.toContain("\0");
        expect(path.isWellFormed() && Number.isFinite(value)).toBe(true);
      }
      return Number.isFinite(got.at);
    }),
  );
});
