import fc, { type Arbitrary } from "fast-check";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { type JsonSchema, type ValueMaking, valuesOf } from "./json-schema.ts";
import { textPlace } from "./places.ts";
import { type RouteSample, routeSamples } from "./route-samples.ts";

/** A route as Fastify has it, whether it is documented or not. */
export type FuzzedRoute = {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly needs: string;
  readonly params: JsonSchema | undefined;
  readonly query: JsonSchema | undefined;
  readonly body: JsonSchema | undefined;
};

/** What a route is asked, with places for ids that are filled for each who asks. */
export type RouteInput = {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
};

/** Notes every route that is added to a server from now on. */
export function routesOf(web: FastifyInstance): readonly FuzzedRoute[] {
  const routes: FuzzedRoute[] = [];
  web.addHook("onRoute", ({ method, url, schema, config }) => {
    for (const each of [method].flat()) {
      routes.push({
        name: `${each} ${url}`,
        ...{ method: each, url, needs: String(config?.needs) },
        params: jsonSchemaOf(schema?.params),
        query: jsonSchemaOf(schema?.querystring),
        body: jsonSchemaOf(schema?.body),
      });
    }
  });
  return routes;
}

function jsonSchemaOf(schema: unknown): JsonSchema | undefined {
  if (schema === undefined) return undefined;
  return z.toJSONSchema(schema as z.ZodType, { io: "input", unrepresentable: "any" }) as JsonSchema;
}

/** The kinds of ids that places are for. */
export type PlaceKinds = {
  readonly ids: readonly string[];
  readonly emails: readonly string[];
  /** Codes of second factors. */
  readonly codes: readonly string[];
};

/** Values with places of any kind of id in them, and with ids that were never one. */
export function makingOf({ ids, emails, codes }: PlaceKinds, isOdd: boolean): ValueMaking {
  const placed = fc.constantFrom(...ids.map(textPlace));
  const idTexts = isOdd ? fc.oneof({ weight: 5, arbitrary: placed }, { weight: 1, arbitrary: fc.uuid() }) : placed;
  return {
    isOdd,
    textsFor(name, { format }) {
      if (format === "uuid" || format === "guid") return idTexts;
      if (name === "code" || name === "totp") return fc.constantFrom(...codes.map(textPlace), "123456");
      if (format !== "email" && !/e?mail/.test(name)) return undefined;
      return fc.constantFrom(...emails.map(textPlace), "new@zqnewqz.example");
    },
  };
}

/** Inputs of a route: as its sample has it, as its schemas do, and odd ones. */
export function inputsOf(route: FuzzedRoute, making: ValueMaking): Arbitrary<RouteInput> {
  const sample = sampleOf(route);
  const bodies = route.body && valuesOf(route.body, making);
  const body = bodies && (sample.body === undefined ? bodies : fc.oneof(fc.constant(sample.body), bodies));
  return fc.record({
    params: fieldsOf(route.params, making, "all"),
    query: fieldsOf(route.query, making, "some").map((query) => ({ ...sample.query, ...query })),
    ...(body && { body }),
  });
}

/** The input that a route is made for, as far as its sample and its schemas say; with these places in its path. */
export function plainInput(route: FuzzedRoute, making: ValueMaking, columns: readonly string[]): RouteInput {
  const { query = {}, body } = sampleOf(route);
  const params = Object.keys(route.params?.properties ?? {}).map((name, i) => [name, textPlace(columns[i] ?? "none")]);
  const made = route.body && valuesOf(route.body, making);
  return {
    params: Object.fromEntries(params),
    query,
    ...(made && { body: body ?? fc.sample(made, { numRuns: 1, seed: 1 })[0] }),
  };
}

/** What PostgreSQL has no text or no time for, and JavaScript has. */
const worst = ["a\u0000b", "0000-01-01", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59"];

/** An input that is taken, with something odd in the place of each of its values, one at a time. */
export function oddInputs(input: RouteInput, route: FuzzedRoute): readonly RouteInput[] {
  const unsaid = Object.keys(route.query?.properties ?? {}).map((name) => [name, input.query[name] ?? ""]);
  const whole = { ...input, query: Object.fromEntries(unsaid) as RouteInput["query"] };
  const places = leavesOf(whole).filter(([first]) => first !== "params");
  return places.flatMap((place) =>
    worst.map((odd) => {
      const [first, name] = place;
      const query = first === "query" && name !== undefined ? { ...input.query, [name]: odd } : input.query;
      return { ...input, query, ...(first === "body" && { body: replaced(input.body, place.slice(1), odd) }) };
    }),
  );
}

/** Where the texts and numbers of a value are. */
function leavesOf(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [[]];
  return Object.entries(value).flatMap(([key, each]) => leavesOf(each).map((place) => [key, ...place]));
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy: Record<string, unknown> = { ...(value as Record<string, unknown>), [key]: undefined };
  copy[key] = replaced((value as Record<string, unknown>)[key], rest, by);
  return Array.isArray(value) ? Object.values(copy) : copy;
}

function sampleOf({ name }: FuzzedRoute): RouteSample {
  return routeSamples[name.replace(/^HEAD/, "GET")] ?? {};
}

function fieldsOf(
  schema: JsonSchema | undefined,
  making: ValueMaking,
  which: "all" | "some",
): Arbitrary<Record<string, unknown>> {
  const properties = Object.entries(schema?.properties ?? {});
  const model = Object.fromEntries(properties.map(([name, each]) => [name, valuesOf(each, making, name)]));
  return fc.record(model, { requiredKeys: which === "all" ? Object.keys(model) : [] });
}
