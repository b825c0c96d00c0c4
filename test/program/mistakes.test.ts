import { readEnvironment } from "@heatloop/ha-addon/settings/environment";
import { readOptions } from "@heatloop/ha-addon/settings/options";
import { defaultSettings, parseSettings } from "@heatloop/ha-addon/settings/settings";
import { buildWeb } from "@heatloop/ha-addon/web/web";
import { check, type Mistake, mistakeLine, shown } from "@heatloop/program/mistakes";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { exampleParts } from "#test/support/examples/web.ts";

describe("a wrong value", () => {
  it.each([
    [undefined, "nothing"],
    [null, "null"],
    [true, "true"],
    [0, "0"],
    [-99.5, "-99.5"],
    [482_915_037, "a number that is not shown here"],
    [[1], "a list"],
    [{ a: 1 }, "an object"],
    ["", "an empty text"],
    ["24:30", '"24:30"'],
    ["2026-13-01", '"2026-13-01"'],
    ["60%", '"60%"'],
    ["0,25", '"0,25"'],
    ["loud", "a text that is not shown here"],
    ["48291503", "a text that is not shown here"],
    ["mqtt://user:s3cret@broker", "a text that is not shown here"],
  ])("%j is shown as %s", (value, text) => {
    expect(shown(value)).toBe(text);
  });
});

describe("what a number or a text may be", () => {
  const schema = z.object({
    share: z.number().min(0).max(1),
    factor: z.number().gt(0).max(10),
    rooms: z.int().min(1),
    name: z.string().min(1).max(20),
    note: z.string().min(1),
    kind: z.enum(["a", "b"]),
    at: z.string({ error: "a time such as 06:30" }),
  });
  const all = { share: 0.5, factor: 1, rooms: 1, name: "n", note: "n", kind: "a", at: "06:00" };

  it.each([
    [{ share: 2 }, { kind: "number", low: 0, high: 1 }],
    [{ share: "much" }, { kind: "number", low: 0, high: 1 }],
    [{ factor: 0 }, { kind: "number", low: 0, high: 10, above: true }],
    [{ rooms: 0.5 }, { kind: "whole_number", low: 1 }],
    [{ rooms: 0 }, { kind: "whole_number", low: 1 }],
    [{ name: "" }, { kind: "text", low: 1, high: 20 }],
    [{ note: "" }, { kind: "text", low: 1 }],
    [{ kind: "c" }, undefined],
    [{ at: 6 }, undefined],
  ])("is told beside the sentence, for who says it in another language: %j", (wrong, size) => {
    const checked = check(schema, { ...all, ...wrong });
    expect(checked.ok ? [] : checked.mistakes.map((mistake) => mistake.size)).toEqual([size]);
  });
});

/** Every place in a value that could hold something else: the keys that lead there. */
function placesIn(value: unknown, at: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...at, key]))].filter(
    (place) => place.length > 0,
  );
}

function withPut(value: unknown, [key, ...rest]: readonly (string | number)[], put: unknown): unknown {
  if (key === undefined) return put;
  if (Array.isArray(value))
    return value.map((inner, i) => (String(i) === String(key) ? withPut(inner, rest, put) : inner));
  return { ...(value as object), [key]: withPut((value as Record<string, unknown>)[key], rest, put) };
}

const options = {
  mqtt: { url: "mqtts://broker", username: "u", password: "p", ca_file: "/ca.crt" },
  home_assistant: { url: "http://ha", token: "t" },
  log_level: "info",
};
const settings = {
  ...defaultSettings,
  devices: [{ prefix: "a", name: "A" }],
  rooms: [{ entity: "climate.a", device: "a", zone: 1, weight: 1, offset: 0, scale: 1 }],
  electricity: { ...defaultSettings.electricity, meter: { topic: "a", field: "b", unit: "W" } },
  tariff: {
    ...defaultSettings.tariff,
    windows: [{ name: "n", price_per_kwh: 1, from: "06:00", to: "08:00", days: ["mon"], months: [1] }],
    holidays: ["12-25"],
  },
};

const environment = {
  HEATLOOP_OPTIONS: "o",
  HEATLOOP_DATA: "d",
  HEATLOOP_ARCHIVE: "a",
  HEATLOOP_HOME_ASSISTANT_CONFIG: "h",
  HEATLOOP_HOST: "h",
  HEATLOOP_PORT: "1",
};

type Reader = { readonly base: object; readonly mistakesOf: (input: unknown) => readonly Mistake[] };
const readers: Readonly<Record<string, Reader>> = {
  options: {
    base: options,
    mistakesOf(input) {
      const read = readOptions(JSON.stringify(input));
      return read.ok ? [] : read.mistakes;
    },
  },
  settings: { base: settings, mistakesOf: (input) => parseSettings(input).mistakes },
  environment: {
    base: environment,
    mistakesOf(input) {
      const read = readEnvironment(input as Record<string, string>);
      return read.ok ? [] : read.mistakes;
    },
  },
};

describe.each(Object.entries(readers))("a secret anywhere in the %s", (what, { base, mistakesOf }) => {
  const secret = fc.oneof(
    fc
      .string({ minLength: 6, maxLength: 40, unit: fc.constantFrom(..."abcXYZ0189!@:/_-.%{}\"' ") })
      .filter((text) => /[a-z0-9]{3}/i.test(text)),
    fc.integer({ min: 100_000_000, max: 2 ** 40 }).map(String),
    fc.constantFrom(
      "hunter2",
      "mqtt://user:s3cret@broker",
      "correct horse battery staple",
      "eyJhbGciOi.J9eyJpc3MiO.iJhMm",
    ),
  );
  const wrapped = (text: string) =>
    fc.constantFrom<unknown>(text, [text], { password: text }, { x: { y: [text] } }, `x${text}`);
  const messages = (input: unknown) => mistakesOf(input).map(mistakeLine).join("\n").replaceAll("\\", "");

  it("is never shown in a mistake", () => {
    const place = fc.constantFrom(...placesIn(base));
    const put = secret.chain((text) =>
      fc.record({ text: fc.constant(text), value: what === "environment" ? fc.constant(text) : wrapped(text) }),
    );
    fc.assert(
      fc.property(place, put, (at, { text, value }) => {
        expect(messages(withPut(base, at, value))).not.toContain(text);
      }),
      { numRuns: 1500 },
    );
  });

  // The environment may hold any variable, so it knows no unknown ones.
  if (what === "environment") return;
  it("is not shown where it became the name of a key", () => {
    const place = fc.constantFrom<readonly (string | number)[]>([], ...placesIn(base));
    // A name made of words is shown: most unknown keys are typing errors.
    const noWords = secret.filter((text) => /[^a-z_]/i.test(text));
    fc.assert(
      fc.property(place, noWords, (at, text) => {
        expect(messages(withPut(base, at, { [text]: 1 }))).not.toContain(text);
        expect(messages(withPut(base, [...at.slice(0, -1), text], 1))).not.toContain(text);
      }),
      { numRuns: 500 },
    );
  });
});

describe("the answer to PUT /api/settings", () => {
  it.each([
    ["a text in a wrong field", '{"time_zone":"s3cret"}'],
    ["a text that is a key", '{"s3cret":1,"tariff":{"s3cret":1}}'],
    ["a body that is a text", '"s3cret"'],
    ["a body that is no JSON", '{"time_zone": s3cret}'],
    ["a query", "{}", "?password=s3cret"],
  ])("never quotes %s", async (_, payload, query = "") => {
    const parts = await exampleParts();
    const app = buildWeb(parts);
    onTestFinished(async () => {
      await app.close();
      await parts.clean();
    });
    const headers = { "content-type": "application/json" };
    const answer = await app.inject({ method: "PUT", url: `/api/settings${query}`, headers, payload });
    expect(answer.body).not.toContain("s3cret");
    if (query === "") expect(answer.statusCode).toBe(400);
  });
});
