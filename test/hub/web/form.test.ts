import { idSchema } from "@heatloop/hub/web/ids";
import { nothing, problemsOf } from "@heatloop/hub/web/problems";
import { timeSchema } from "@heatloop/hub/web/times";
import type { HubServer, Routes } from "@heatloop/hub/web/web";
import { expect, test } from "vitest";
import { z } from "zod";
import { departures } from "#test/support/hub/api-form.ts";
import { hubDocument } from "#test/support/hub/hub-document.ts";

test("every route of the document has the form that docs/hub-api.md describes", async () => {
  const document = await hubDocument();
  expect(Object.keys(document.paths).length).toBeGreaterThan(40);
  expect(departures(document)).toEqual([]);
});

type RouteSchema = { readonly params?: z.ZodType; readonly querystring?: z.ZodType; readonly body?: z.ZodType };
type Response = Record<number, unknown>;

/** A route as somebody adds it who does not know the form. */
function route(method: string, url: string, response: Response, schema: RouteSchema = {}): Routes {
  return (app: HubServer) =>
    app.route({
      ...{ method, url: `/api/v1/${url}`, config: { needs: "nobody" }, handler: async () => {} },
      schema: { summary: "A newcomer", ...schema, response: { ...problemsOf(404, 413, 415), ...response } },
    });
}

const answering = (shape: z.core.$ZodShape) => route("GET", "x", { 200: z.object(shape) });
const asking = (shape: z.core.$ZodShape) => route("POST", "x", { 204: nothing }, { body: z.strictObject(shape) });

test.each<[string, Routes, RegExp]>([
  [
    "a list of its own kind",
    answering({ widgets: z.array(z.object({})), next_page: z.string() }),
    /a list is \{items, next\}/,
  ],
  ["a list without parts", answering({ items: z.array(z.object({})), next: z.string().nullable() }), /made by addList/],
  ["a list that is bare", route("GET", "x", { 200: z.array(z.string()) }), /a list is \{items, next\}/],
  [
    "parts by pages",
    route("GET", "x", { 200: z.object({}) }, { querystring: z.object({ page: z.int() }) }),
    /by after and limit/,
  ],
  ["a name in camelCase", answering({ heatWh: z.int() }), /heatWh is written in snake_case/],
  ["such a name deep inside", asking({ a: z.array(z.strictObject({ bC: z.int() })) }), /bC is written in snake_case/],
  ["a time with another name", answering({ created: timeSchema }), /created: .* from or to/],
  ["a time that is a number", answering({ last_seen_at: z.int() }), /last_seen_at: what is called at is a time/],
  [
    "a time of an answer with an offset",
    answering({ at: z.iso.datetime({ offset: true }) }),
    /at: times of answers are in UTC/,
  ],
  ["a time that is taken in UTC alone", asking({ at: timeSchema }), /at: times with any offset are taken/],
  ["an id that is called otherwise", answering({ node: idSchema }), /node: ids, and they alone/],
  ["an id that is a number", answering({ node_id: z.int() }), /node_id: ids, and they alone/],
  [
    "a path with a name",
    route("GET", "x/:name", { 200: z.object({}) }, { params: z.object({ name: z.string() }) }),
    /name of a path/,
  ],
  ["a unit of its own", answering({ energy_kwh: z.number() }), /energy_kwh: s, h, wh/],
  ["what is left out", answering({ secret: z.string().optional() }), /secret: what an answer does not know is null/],
  ["words that are none", route("POST", "x", { 204: nothing }, { body: z.object({}) }), /a word that is none/],
  ["something made without an answer", route("POST", "x", { 201: nothing }), /POST answers/],
  ["a removal with an answer", route("DELETE", "x", { 200: z.object({}) }), /DELETE answers/],
  [
    "a refusal of its own",
    route("GET", "x", { 200: z.object({}), 409: z.object({ error: z.string() }) }),
    /409 is answered as/,
  ],
  ["a word in the place of an id", route("GET", "nodes/x", { 200: z.object({}) }), /a path has no word where/],
  ["a path in other letters", route("GET", "my_things", { 200: z.object({}) }), /a path is/],
])("%s is found", async (_what, more, found) => {
  const said = departures(await hubDocument(more));
  expect(said.filter((each) => found.test(each))).toHaveLength(1);
  expect(said.filter((each) => !/\/(x|my_things)\b/.test(each))).toEqual([]);
});

test("a route that does not say how it refuses is found", async () => {
  const bare: Routes = (app) => {
    const schema = { summary: "A newcomer", response: { 200: z.object({}) } };
    app.get("/api/v1/x", { config: { needs: "nobody" }, schema }, async () => ({}));
  };
  expect(departures(await hubDocument(bare))).toContain("GET /api/v1/x: 400 is among its answers");
});
