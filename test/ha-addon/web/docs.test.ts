import { readdir } from "node:fs/promises";
import { settingsKeys } from "@heatloop/ha-addon/settings/settings";
import { buildWeb } from "@heatloop/ha-addon/web/web";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { webOfEachTest } from "#test/support/examples/web.ts";

const example = webOfEachTest();

type Schema = Parameters<typeof z.fromJSONSchema>[0];
type Content = Record<string, { schema?: Schema; example?: object }>;
type Operation = {
  summary?: string;
  parameters?: { name: string; in: string; required?: boolean; schema: Schema; description?: string }[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
};
type OpenApi = {
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
};

async function document(): Promise<OpenApi> {
  return (await example.app.inject("/docs/openapi.json")).json();
}

const routes = [
  "get /api/alerts",
  "post /api/alerts/{id}/acknowledge",
  "post /api/alerts/{id}/snooze",
  "get /api/channels",
  "delete /api/channels/{name}/secret",
  "put /api/channels/{name}/secret",
  "post /api/channels/{name}/test",
  "get /api/devices",
  "delete /api/devices/{id}",
  "delete /api/devices/{id}/kept-commands",
  "get /api/devices/{id}/archive.zip",
  "get /api/devices/{id}/compare",
  "get /api/devices/{id}/days",
  "get /api/devices/{id}/days.csv",
  "get /api/devices/{id}/file-sizes",
  "get /api/devices/{id}/heating-curve",
  "get /api/devices/{id}/hours",
  "get /api/devices/{id}/minutes.csv",
  "get /api/devices/{id}/readings",
  "get /api/devices/{id}/readings/latest",
  "get /api/devices/{id}/report",
  "get /api/devices/{id}/report.csv",
  "get /api/devices/{id}/report.html",
  "get /api/devices/{id}/report.json",
  "get /api/devices/{id}/report.txt",
  "get /api/devices/{id}/status",
  "get /api/devices/{id}/transitions",
  "get /api/diagnostics",
  "get /api/first-run",
  "post /api/devices/{id}/room-feed/{zone}/use",
  "post /api/first-run/later",
  "get /api/health",
  "get /api/log",
  "get /health",
  "delete /api/retained",
  "get /api/room-feed",
  "get /api/session",
  "post /api/login",
  "post /api/logout",
  "put /api/password",
  "get /api/settings",
  "get /api/settings/schema",
  "put /api/settings",
  "put /api/influx/secret",
  "delete /api/influx/secret",
  "get /api/stats",
  "get /api/tokens",
  "post /api/tokens",
  "delete /api/tokens/{id}",
  "get /metrics",
  "get /ws",
];

describe("the OpenAPI document", () => {
  it("lists every route of the API and nothing else", async () => {
    const { openapi, paths } = await document();
    expect(openapi).toBe("3.1.0");
    const listed = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((name) => `${name} ${path}`),
    );
    expect(listed.sort()).toEqual([...routes].sort());
  });

  it("describes each route: what it is, each parameter of its path, and answers with schemas that can be used", async () => {
    const { paths } = await document();
    for (const [path, methods] of Object.entries(paths)) {
      for (const operation of Object.values(methods)) {
        expect(operation.summary, path).toBeTruthy();
        const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
        expect(parameters.map(({ name, required }) => [name, required])).toEqual(
          [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, true]),
        );
        const statuses = ["400", "403", "405", "408", "431", "500", ...(path.includes("{") ? ["404", "414"] : [])];
        expect(Object.keys(operation.responses), path).toEqual(expect.arrayContaining(statuses));
        const contents = [operation.requestBody?.content, ...Object.values(operation.responses).map((r) => r.content)];
        for (const { schema } of contents.flatMap((content) => Object.values(content ?? {}))) {
          expect(schema, path).toBeDefined();
          if (schema !== undefined) expect(() => z.fromJSONSchema(schema)).not.toThrow();
        }
      }
    }
  });

  it("has of each route what it really answers", async () => {
    const { paths } = await document();
    for (const route of routes) {
      const [method, path = ""] = route.split(" ");
      const content = paths[path]?.[method ?? ""]?.responses["200"]?.content ?? {};
      const schema = content["application/json"]?.schema;
      if (method !== "get" || schema === undefined) continue;
      const query = path.endsWith("/compare")
        ? "?before_from=2026-10-01&before_to=2026-10-31&after_from=2026-11-01"
        : "";
      const answer = await example.app.inject(`${path.replace("{id}", "ecodan-heatpump")}${query}`);
      expect(z.fromJSONSchema(schema).safeParse(answer.json()).error, path).toBeUndefined();
    }
  });

  it("describes a problem as it looks", async () => {
    const { paths } = await document();
    const schema = paths["/api/devices"]?.get?.responses["400"]?.content?.["application/problem+json"]?.schema;
    const answer = await example.app.inject("/api/devices/x/days?from=1");
    expect(schema && z.fromJSONSchema(schema).safeParse(answer.json()).error).toBeUndefined();
  });

  it("describes a change of the settings: the settings' own schema, any part of it, null for the default", async () => {
    const { paths } = await document();
    const operation = paths["/api/settings"]?.put;
    const { schema: body, example: documented } = operation?.requestBody?.content["application/merge-patch+json"] ?? {};
    if (body === undefined || documented === undefined) throw new Error("no schema, or no example");
    const checked = z.fromJSONSchema(body);
    expect(Object.keys((body as { properties: object }).properties)).toEqual(settingsKeys);
    for (const [patch, isFine] of [
      [documented, true],
      [{}, true],
      [{ alerts: { offline_min: null } }, true],
      [{ rooms: null, tariff: { currency: "EUR" } }, true],
      [{ alerts: { offline_min: "x" } }, false],
      [{ alarms: {} }, false],
      [{ rooms: [{}] }, false],
      [[], false],
    ] as const) {
      expect([patch, checked.safeParse(patch).success]).toEqual([patch, isFine]);
      const payload = JSON.stringify(patch);
      const headers = { "content-type": "application/merge-patch+json" };
      const answer = await example.app.inject({ method: "PUT", url: "/api/settings", payload, headers });
      expect([patch, answer.statusCode]).toEqual([patch, isFine ? 200 : 400]);
    }
  });

  it("holds no absolute URL, so that it works behind any path", async () => {
    const text = JSON.stringify(await document());
    expect((await document()).servers).toEqual([{ url: ".." }]);
    // A channel's usual server is a value of the settings, which no page loads.
    const others = /json-schema\.org|^https:\/\/ntfy\.sh$/;
    expect(text.match(/https?:\/\/[^"\\ ]+/g)?.filter((url) => !others.test(url)) ?? []).toEqual([]);
  });
});

describe("the page's files", () => {
  it("are all served, each with its type, and answered with 304 while they have not changed", async () => {
    const names = await readdir(example.parts.pageFolder);
    // What the server itself reads.
    expect(names).toContain("first-words.json");
    for (const name of names.filter((each) => each !== "first-words.json")) {
      const url = name === "index.html" ? "/" : name === "docs.html" ? "/docs/" : `/${name}`;
      const answer = await example.app.inject(url);
      expect(answer.statusCode, url).toBe(200);
      // The page itself has what is so now in it.
      if (url === "/") continue;
      expect(answer.headers["content-type"]).toMatch(/^(text\/(html|css|javascript); charset=utf-8|image\/svg\+xml)$/);
      const again = await example.app.inject({ url, headers: { "if-none-match": String(answer.headers.etag) } });
      expect([again.statusCode, again.body]).toEqual([304, ""]);
    }
  });

  it("come in part where a part is asked for", async () => {
    const answer = await example.app.inject({ url: "/page.js", headers: { range: "bytes=0-9" } });
    expect([answer.statusCode, answer.body.length]).toEqual([206, 10]);
    const beyond = await example.app.inject({ url: "/page.js", headers: { range: "bytes=999999-" } });
    expect(beyond.json()).toMatchObject({ status: 416, title: "Range Not Satisfiable" });
  });

  it("are not there, rather than asked for wrongly, where the installation lacks one", async () => {
    const bare = buildWeb({ ...example.parts, pageFolder: example.parts.folder });
    const answer = await bare.inject("/page.js");
    await bare.close();
    expect([answer.statusCode, answer.json().detail]).toEqual([404, "There is nothing at GET /page.js; see /docs."]);
  });

  it("name nothing by an absolute path", async () => {
    for (const name of await readdir(example.parts.pageFolder)) {
      const { body } = await example.app.inject(
        name === "index.html" ? "/" : name === "docs.html" ? "/docs/" : `/${name}`,
      );
      expect(body.match(/(?:href|src|fetch\(|from |url\()\s*=?\s*["'`]?\/(?!\/)/g), name).toBeNull();
    }
  });

  it("send /docs on to /docs/ by a path of its own", async () => {
    const { statusCode, headers } = await example.app.inject("/docs");
    expect([statusCode, headers.location]).toEqual([302, "docs/"]);
  });
});
