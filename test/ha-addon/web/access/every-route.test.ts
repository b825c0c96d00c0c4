import { ingressPeer } from "@heatloop/ha-addon/settings/environment";
import type { HTTPMethods } from "fastify";
import { describe, expect, it } from "vitest";
import { ownedWeb } from "#test/support/examples/owned-web.ts";

type Operation = { readonly responses: Record<string, unknown> };
type Route = {
  readonly method: HTTPMethods;
  readonly url: string;
  readonly name: string;
  readonly operation: Operation;
};

/** What answers a stranger. */
const open = ["GET /api/session", "POST /api/login", "POST /api/logout", "GET /api/health", "GET /health"];

/** Every route of the OpenAPI document, with something in the place of each id. */
async function everyRoute(web: Awaited<ReturnType<typeof ownedWeb>>): Promise<readonly Route[]> {
  const document = web.app.swagger() as unknown as { paths: Record<string, Record<string, Operation>> };
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([key, operation]) => {
      const method = key.toUpperCase() as HTTPMethods;
      return { method, url: path.replaceAll(/\{\w+\}/g, "x"), name: `${method} ${path}`, operation };
    }),
  );
}

const isChange = ({ method, name }: Route) => method !== "GET" && !open.includes(name);

async function ready(...parts: Parameters<typeof ownedWeb>) {
  const web = await ownedWeb(...parts);
  await web.app.ready();
  return { ...web, routes: await everyRoute(web) };
}

describe("every route of the API", () => {
  it("is closed to strangers, unless it is one of those that are open", async () => {
    const { ask, routes } = await ready();
    expect(routes.length).toBeGreaterThan(20);
    for (const { method, url, name } of routes) {
      const { statusCode, body } = await ask({ method, url });
      if (open.includes(name)) expect([200, 204, 400], `${name} ${body}`).toContain(statusCode);
      else expect(statusCode, name).toBe(401);
    }
  });

  it("that changes something is closed to an API token that may read only", async () => {
    const { ask, routes, token } = await ready();
    const { headers } = await token("read");
    for (const { method, url, name } of routes.filter(isChange)) {
      expect((await ask({ method, url, headers })).statusCode, name).toBe(403);
    }
  });

  it("that changes something is closed to users of Home Assistant who are no administrators", async () => {
    const { ask, routes } = await ready({ trustedPeers: [ingressPeer], administrators: { has: async () => false } });
    const headers = { "x-remote-user-id": "somebody" };
    for (const { method, url, name } of routes.filter(isChange)) {
      expect((await ask({ method, url, headers, remoteAddress: ingressPeer })).statusCode, name).toBe(403);
    }
  });

  it("that changes something is closed to pages of other sites, whoever is signed in", async () => {
    const { ask, routes, signIn } = await ready();
    const cookie = await signIn();
    for (const foreign of [{ origin: "http://evil.example" }, { "sec-fetch-site": "cross-site" }]) {
      for (const { method, url, name } of routes.filter((route) => route.method !== "GET")) {
        const { statusCode } = await ask({ method, url, headers: { cookie, ...(foreign as Record<string, string>) } });
        expect(statusCode, name).toBe(403);
      }
    }
  });

  it("documents that it may be refused", async () => {
    const { routes } = await ready();
    for (const { name, operation } of routes) {
      expect(Object.keys(operation.responses), name).toEqual(expect.arrayContaining(["401", "403", "503"]));
    }
  });
});
