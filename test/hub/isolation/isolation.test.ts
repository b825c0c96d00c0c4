import { expect, test } from "vitest";
import { fuzzTimeoutMs } from "#test/fuzz/runs.ts";
import { fuzzRoute } from "#test/support/hub/isolation/fuzz-route.ts";
import { openFuzzScene } from "#test/support/hub/isolation/fuzz-scene.ts";

const scene = await openFuzzScene();
const { routes, web } = scene.hub;
const answered = { routes: new Set<string>(), identities: new Set<string>(), behind: new Set<string>() };

test.each(routes.map((route) => [route.name, route] as const))(
  "%s shows, changes and hints at nothing of another tenant, whoever asks",
  async (_name, route) => {
    await fuzzRoute(scene, route, ({ name }, identity, { status, put }) => {
      if (status >= 400) return;
      if (put.some(({ column }) => column.startsWith("cursor:"))) answered.behind.add(name);
      answered.routes.add(name);
      answered.identities.add(identity.name);
    });
  },
  fuzzTimeoutMs,
);

test("every route of the documentation is among them", () => {
  const { paths = {} } = web.swagger() as { paths?: Record<string, object> };
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`),
  );
  expect(documented.length).toBeGreaterThan(30);
  expect(routes.map(({ name }) => name)).toEqual(expect.arrayContaining(documented));
});

/** Routes that nobody gets past, with the reason. */
const notPassed = {
  "GET /api/v1/live": "is a websocket: a plain request is answered 426",
  "HEAD /api/v1/live": "is a websocket: a plain request is answered 426",
  "POST /api/v1/devices/:id/move": "asks for two heat pumps of a tenant, and the fuzz puts the same in both places",
};

test("every route was passed by somebody, so that it was asked for more than its refusals", () => {
  const passed = [...answered.routes, ...Object.keys(notPassed)];
  expect(routes.map(({ name }) => name).filter((name) => !passed.includes(name))).toEqual([]);
});

/** Lists that no tenant has a second part of, with the reason. */
const ofOnePart = {
  "GET /api/v1/devices/:id/readings": "a place stands for the first heat pump of a tenant, which is of no other system",
  "GET /api/v1/devices/:id/months": "the homes of the fuzz have rows of one month",
  "GET /api/v1/tenants": "is for administrators of the platform alone, who have no tenant",
};

test("each list was asked for what comes behind a cursor, by who may", () => {
  const lists = routes.filter(({ method, query }) => method === "GET" && query?.properties?.after !== undefined);
  const asked = [...answered.behind, ...Object.keys(ofOnePart)];
  expect(lists.map(({ name }) => name).filter((name) => !asked.includes(name))).toEqual([]);
});

test("whoever has a proof that holds was let in somewhere", () => {
  const held = scene.identities.filter(({ isValid }) => isValid).map(({ name }) => name);
  expect(held.filter((name) => !answered.identities.has(name))).toEqual([]);
});
