import type { InjectOptions } from "fastify";
import { describe, expect, it } from "vitest";
import { ownedWeb } from "#test/support/examples/owned-web.ts";

const home = "https://home.example.org";
const url = "/api/devices";

/** A Heatloop with a password whose settings allow `home`, and a token that may read. */
async function allowing(origins: readonly string[] = [home]) {
  const web = await ownedWeb();
  await web.parts.settings.change({ web: { allowed_origins: origins } });
  const { headers } = await web.token("read");
  return { ...web, bearer: headers };
}

const allowedOrigin = async (answer: Promise<{ headers: Record<string, unknown> }>) =>
  (await answer).headers["access-control-allow-origin"];

describe("a page of an origin that the settings allow", () => {
  it("reads the API with a token, and keeps no answer for another origin", async () => {
    const { ask, bearer } = await allowing();
    const answer = await ask({ url, headers: { ...bearer, origin: home } });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      "access-control-allow-origin": home,
      "cross-origin-resource-policy": "same-origin",
    });
    expect(answer.headers["access-control-allow-credentials"]).toBeUndefined();
    for (const path of [url, "/api/devices/example/report.json?from=2026-11-20&to=2026-11-20", "/api/log"]) {
      expect(String((await ask({ url: path, headers: bearer })).headers.vary), path).toMatch(/\borigin\b/);
    }
  });

  it("may ask before it does, without a token and for GET alone", async () => {
    const { ask } = await allowing();
    const preflight = (method: string, origin = home): InjectOptions => ({
      method: "OPTIONS",
      url,
      headers: { origin, "access-control-request-method": method, "access-control-request-headers": "authorization" },
    });
    const answer = await ask(preflight("GET"));
    expect(answer.statusCode).toBe(204);
    expect(answer.headers).toMatchObject({
      "access-control-allow-origin": home,
      "access-control-allow-methods": "GET",
      "access-control-allow-headers": "authorization",
    });
    for (const method of ["PUT", "POST", "DELETE", "PATCH"]) {
      expect(await allowedOrigin(ask(preflight(method))), method).toBeUndefined();
    }
    expect(await allowedOrigin(ask(preflight("GET", "https://evil.example")))).toBeUndefined();
  });

  it("reads that its token does not hold", async () => {
    const { ask } = await allowing();
    const answer = await ask({ url, headers: { authorization: "Bearer heatloop_x", origin: home } });
    expect([answer.statusCode, answer.headers["access-control-allow-origin"]]).toEqual([401, home]);
  });

  it("reads nothing by the session of a person, and changes nothing", async () => {
    const { ask, token, signIn } = await allowing();
    const cookie = await signIn();
    expect(await allowedOrigin(ask({ url, headers: { cookie, origin: home } }))).toBeUndefined();
    const { headers: write } = await token("write");
    const change = { method: "PUT", url: "/api/settings", payload: { time_zone: "UTC" } } as const;
    for (const fetched of [{}, { "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }]) {
      const answer = await ask({ ...change, headers: { ...write, ...fetched, origin: home } });
      expect([answer.statusCode, answer.headers["access-control-allow-origin"]]).toEqual([403, undefined]);
    }
  });

  it.each(["/", "/docs", "/health", "/metrics", "/docs/openapi.json", "/apis"])(
    "reads nothing beside the API: %s",
    async (path) => {
      const { ask, bearer } = await allowing();
      expect(await allowedOrigin(ask({ url: path, headers: { ...bearer, origin: home } }))).toBeUndefined();
    },
  );
});

it.each([
  ["none", [], home],
  ["another one", ["https://other.example"], home],
  ["the same name with another scheme", [home], "http://home.example.org"],
  ["the same name with a port", [home], `${home}:8443`],
  ["a name that ends like it", [home], "https://evilhome.example.org"],
  ["a page of no origin", [home], "null"],
])("no page reads the API where the settings allow only others: %s", async (_, origins, origin) => {
  const { ask, bearer } = await allowing(origins);
  const answer = await ask({ url, headers: { ...bearer, origin } });
  expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
});

it.each([
  "*",
  "null",
  "home.example.org",
  `${home}/`,
  `${home}/lovelace`,
  "ftp://home.example.org",
  "https://HOME.example",
])("an origin is exact: %s is refused, with what is allowed", async (origin) => {
  const { parts } = await ownedWeb();
  const changed = await parts.settings.change({ web: { allowed_origins: [origin] } });
  expect(changed).toMatchObject({ ok: false, mistakes: [{ path: "web.allowed_origins[0]" }] });
});
