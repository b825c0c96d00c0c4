import fc from "fast-check";
import { fuzzRuns } from "#test/fuzz/runs.ts";
import type { FuzzIdentity } from "./fuzz-identity.ts";
import type { FuzzScene } from "./fuzz-scene.ts";
import { holdLaws, type WasAnswered } from "./laws.ts";
import { cursorPlace, textPlace } from "./places.ts";
import {
  type FuzzedRoute,
  inputsOf,
  makingOf,
  oddInputs,
  type PlaceKinds,
  plainInput,
  type RouteInput,
} from "./route-inputs.ts";
import { routeSamples } from "./route-samples.ts";

/** Who finds out of which kind an id has to be: one of each who have something of their own. */
const triers = ["admin of north", "viewer of north", "node of north", "administrator of the platform"];

/** The inputs of a route's address, which the HEAD of a GET has too. */
const known = new WeakMap<FuzzScene, Map<string, readonly RouteInput[]>>();

/**
 * Has every identity ask a route in the ways that it is made for, and some of them in odd ones. Rejected where a law is broken,
 * with the smallest request that was found to break it.
 */
export async function fuzzRoute(scene: FuzzScene, route: FuzzedRoute, wasAnswered?: WasAnswered): Promise<void> {
  const kinds = kindsOf(scene);
  const { identities } = scene;
  const ofScene = known.get(scene) ?? new Map<string, readonly RouteInput[]>();
  known.set(scene, ofScene);
  const plain = (route.method === "HEAD" && ofScene.get(route.url)) || (await plainInputs(scene, route, kinds));
  if (route.method === "GET") ofScene.set(route.url, plain);
  const passing = new Map<RouteInput, FuzzIdentity>();
  for (const [at, input] of plain.entries()) {
    // Who is refused whatever is asked is so by the first input, and by a HEAD as by its GET.
    const isFirst = at === 0 && route.method !== "HEAD";
    for (const identity of identities.filter(({ isValid }) => isValid || isFirst)) {
      await holdLaws(scene, { identity, route, input }, (...answered) => {
        wasAnswered?.(...answered);
        if (answered[2].status < 300 && !passing.has(input)) passing.set(input, identity);
      });
    }
  }
  if (route.params === undefined && route.query === undefined && route.body === undefined) return;
  // It is the GET without its body.
  if (route.method === "HEAD") return;
  const [passed] = passing;
  if (passed !== undefined) {
    const [input, identity] = passed;
    for (const odd of oddInputs(input, route)) await holdLaws(scene, { identity, route, input: odd }, wasAnswered);
  }
  const names = identities.map(({ name }) => name);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), inputsOf(route, makingOf(kinds, true)), async (name, input) => {
      const identity = identities[names.indexOf(name)] as FuzzIdentity;
      await holdLaws(scene, { identity, route, input }, wasAnswered);
    }),
    fuzzRuns({ usual: 12, whole: 2_000 }),
  );
}

function kindsOf({ rows, values, hub }: FuzzScene): PlaceKinds {
  const ids = new Set(rows.marks.filter(({ value }) => /^[0-9a-f]{8}-/.test(value)).map(({ column }) => column));
  return {
    ids: values.columns.filter((column) => ids.has(column)),
    emails: values.columns.filter((column) => /email$/.test(column)),
    codes: Object.keys(hub.tenants.north.factors).map((name) => `code:${name}`),
  };
}

/** Inputs with ids of the kinds that a route is for, which are those that it does not refuse to somebody of its tenant. */
async function plainInputs(scene: FuzzScene, route: FuzzedRoute, kinds: PlaceKinds): Promise<readonly RouteInput[]> {
  const names = Object.keys(route.params?.properties ?? {});
  const candidates = placesFor(scene, kinds, names.length, hasIds(route.body)).map((columns) =>
    plainInput(route, makingOf({ ...kinds, ids: columns.slice(0, 1) }, false), columns),
  );
  if (names.length === 0) return alsoWith(kinds, route, candidates);
  const tenant = scene.hub.tenants.north.id;
  const asking = scene.identities.filter(({ name }) => triers.includes(name));
  const right: RouteInput[] = [];
  for (const input of candidates) {
    for (const identity of asking) {
      const { status } = await scene.ask(identity, route, input, { tenant, isMissing: false });
      if (status < 300 && !right.includes(input)) right.push(input);
    }
  }
  return alsoWith(kinds, route, right.length === 0 ? candidates : [...right, candidates[0] as RouteInput]);
}

/** The inputs, and the same with a cursor and with codes of second factors, where the route takes them and no sample has them. */
function alsoWith({ codes }: PlaceKinds, route: FuzzedRoute, inputs: readonly RouteInput[]): readonly RouteInput[] {
  // A HEAD goes on where its GET does.
  const after = textPlace(cursorPlace(route.name.replace(/^HEAD/, "GET")));
  const isList = route.query?.properties?.after !== undefined;
  const behind = isList ? inputs.map((input) => ({ ...input, query: { ...input.query, after } })) : [];
  const fields = ["code", "totp"].filter((field) => route.body?.properties?.[field] !== undefined);
  const unsaid = fields.filter((field) => !Object.hasOwn((routeSamples[route.name]?.body ?? {}) as object, field));
  const coded = unsaid.flatMap((field) =>
    codes.flatMap((code) =>
      inputs.map((input) => ({ ...input, body: { ...(input.body as object), [field]: textPlace(code) } })),
    ),
  );
  return [...inputs, ...behind, ...coded];
}

/** Kinds of ids for so many places: any kind for one, and those that stand together in a row for two. */
function placesFor(
  { rows, values, hub }: FuzzScene,
  { ids }: PlaceKinds,
  count: number,
  withIds: boolean,
): readonly (readonly string[])[] {
  if (count === 0) return withIds ? ids.map((column) => [column]) : [ids.slice(0, 1)];
  if (count === 1) return ids.map((column) => [column]);
  const filler = { tenant: hub.tenants.north.id, isMissing: false };
  const columnOf = new Map(ids.map((column) => [values.valueFor(column, filler), column]));
  return rows.pairs
    .map((pair) => pair.map((id) => columnOf.get(id)))
    .filter((pair) => pair.every((column) => column !== undefined)) as string[][];
}

function hasIds(schema: object | undefined): boolean {
  return /"format":"g?uu?id"/.test(JSON.stringify(schema ?? {}));
}
