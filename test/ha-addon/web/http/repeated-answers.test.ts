import { request as ask, get, type IncomingHttpHeaders } from "node:http";
import { startWeb } from "@heatloop/ha-addon/web/web";
import { describe, expect, it, onTestFinished } from "vitest";
import { examplePump, webOfEachTest } from "#test/support/examples/web.ts";

const example = webOfEachTest();

async function listening() {
  const web = await startWeb({ ...example.parts, host: "127.0.0.1", port: 0 });
  onTestFinished(() => web.close());
  return web;
}

type Answer = { readonly status: number | undefined; readonly headers: IncomingHttpHeaders; readonly body: string };

function answerOf(url: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  return new Promise((done, failed) => {
    const asking = method === "GET" ? get(url, { headers }) : ask(url, { method, headers });
    asking.on("error", failed).on("response", (response) => {
      let body = "";
      response.setEncoding("latin1").on("data", (piece: string) => (body += piece));
      response.on("end", () => done({ status: response.statusCode, headers: response.headers, body }));
    });
    if (method !== "GET") asking.end(method === "HEAD" ? undefined : "{}");
  });
}

/** How often the days were computed. */
function countedDays(): () => number {
  const days = example.parts.view.days;
  let count = 0;
  example.parts.view.days = (...of) => {
    count += 1;
    return days(...of);
  };
  return () => count;
}

describe("the same question within a second", () => {
  it("has the same answer, made once, down to its headers", async () => {
    const { url } = await listening();
    const made = countedDays();
    const first = await answerOf(`${url}${examplePump}/days`);
    const second = await answerOf(`${url}${examplePump}/days`);
    const but = ({ date: _date, ...headers }: IncomingHttpHeaders) => headers;
    expect(second).toEqual({ ...first, headers: expect.objectContaining(but(first.headers)) });
    expect(made()).toBe(1);
  });

  it.each([
    ["/page.js", {}],
    ["/page.js", { "accept-encoding": "gzip" }],
    [`${examplePump}/readings/latest`, { "accept-encoding": "br" }],
    [`${examplePump}/status`, {}],
    [`${examplePump}/days.csv?from=2026-11-16&to=2026-11-18`, { "if-none-match": "*" }],
  ])("has the same bytes again: %s %j", async (path, headers) => {
    const { url } = await listening();
    const first = await answerOf(url + path, headers);
    const second = await answerOf(url + path, headers);
    expect([second.status, second.body]).toEqual([first.status, first.body]);
    expect(Number(first.headers["content-length"] ?? 0)).toBe(first.status === 304 ? 0 : first.body.length);
  });

  it.each<[string, Record<string, string>]>([
    ["other headers", { accept: "text/csv" }],
    ["another tag", { "if-none-match": '"x"' }],
    ["a cookie", { cookie: "session=1" }],
  ])("is another one with %s", async (_what, headers) => {
    const { url } = await listening();
    const made = countedDays();
    await answerOf(`${url}${examplePump}/days`);
    await answerOf(`${url}${examplePump}/days`, headers);
    expect(made()).toBe(2);
  });

  it("is none to whom it is refused", async () => {
    const { url } = await listening();
    await answerOf(`${url}${examplePump}/days`);
    const refused = await answerOf(`${url}${examplePump}/days`, { authorization: "Bearer heatloop_x" });
    expect(refused.status).toBe(403);
  });

  it.each<[string, () => Promise<unknown> | unknown]>([
    ["a second has passed", () => example.parts.clock.advanceTo(example.parts.clock.now() + 1000)],
    ["a heat pump changed", () => example.parts.view.set("ecodan-heatpump", "flow_temperature", 36)],
    ["a setting changed", () => example.parts.settings.change({ alerts: { offline_min: 7 } })],
  ])("has a new answer once %s", async (_what, change) => {
    const { url } = await listening();
    const made = countedDays();
    await answerOf(`${url}${examplePump}/days`);
    await change();
    await answerOf(`${url}${examplePump}/days`);
    expect(made()).toBe(2);
  });

  it("has a new answer once anybody may have changed anything", async () => {
    const { url } = await listening();
    const made = countedDays();
    await answerOf(`${url}${examplePump}/days`);
    await answerOf(`${url}/api/settings`, { "content-type": "application/json", "content-length": "2" }, "PUT");
    await answerOf(`${url}${examplePump}/days`);
    expect(made()).toBe(2);
  });

  it("is asked anew where its answer was a problem, or is not for a second", async () => {
    const { url } = await listening();
    expect((await answerOf(`${url}${examplePump}/days?from=x`)).status).toBe(400);
    expect((await answerOf(`${url}${examplePump}/days?from=x`)).status).toBe(400);
    const { view } = example.parts;
    view.healthNow = { ...view.healthNow, mqtt: { state: "away", sinceAt: null, detail: "gone" } };
    const before = (await answerOf(`${url}/api/health`)).body;
    view.healthNow = { ...view.healthNow, mqtt: { state: "connected", sinceAt: null, detail: null } };
    expect((await answerOf(`${url}/api/health`)).body).not.toBe(before);
  });

  it("is answered by HEAD and by another method as ever", async () => {
    const { url } = await listening();
    await answerOf(`${url}/page.js`);
    expect((await answerOf(`${url}/page.js`, {}, "HEAD")).body).toBe("");
    expect((await answerOf(`${url}/page.js`, {}, "POST")).status).toBe(405);
  });
});
