import { describe, expect, it } from "vitest";
import { webOfEachTest } from "#test/support/examples/web.ts";

const example = webOfEachTest();

async function load(): Promise<string> {
  const answer = await example.app.inject("/api/settings");
  expect(answer.statusCode).toBe(200);
  return String(answer.headers.etag);
}

function save(payload: object, ifMatch?: string) {
  const headers = ifMatch === undefined ? {} : { "if-match": ifMatch };
  return example.app.inject({ method: "PUT", url: "/api/settings", payload, headers });
}

describe("settings that two people change at once", () => {
  it("have an ETag that changes with them, and with them only", async () => {
    const first = await load();
    expect(first).toMatch(/^"[\w-]{16}"$/);
    expect(await load()).toBe(first);
    const saved = await save({ alerts: { offline_min: 30 } });
    expect(saved.headers.etag).not.toBe(first);
    expect(await load()).toBe(saved.headers.etag);
    await save({ alerts: null });
    expect(await load()).toBe(first);
  });

  it("are saved by the first, and the second is told that somebody changed them", async () => {
    const [ours, theirs] = [await load(), await load()];
    expect((await save({ time_zone: "Europe/Rome" }, theirs)).statusCode).toBe(200);
    const refused = await save({ alerts: { offline_min: 30 } }, ours);
    expect(refused.statusCode).toBe(412);
    expect(refused.headers["content-type"]).toContain("application/problem+json");
    expect(refused.json()).toMatchObject({
      title: "Precondition Failed",
      detail: expect.stringMatching(/^Somebody else changed the settings.*Load them again/),
    });
    expect(example.parts.settings.current()).toMatchObject({ time_zone: "Europe/Rome", alerts: { offline_min: 5 } });
    expect((await save({ alerts: { offline_min: 30 } }, await load())).statusCode).toBe(200);
  });

  it("go by whose turn it is where both come at the same moment", async () => {
    const tag = await load();
    const answers = await Promise.all([
      save({ alerts: { offline_min: 20 } }, tag),
      save({ alerts: { offline_min: 40 } }, tag),
    ]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 412]);
    expect(example.parts.settings.current().alerts.offline_min).toBe(20);
  });

  it("need no ETag: without one a change is taken as ever", async () => {
    await save({ time_zone: "Europe/Rome" });
    expect((await save({ alerts: { offline_min: 30 } })).statusCode).toBe(200);
  });

  it.each([
    ["the present one", (tag: string) => tag, 200],
    ["that of a compressed answer", (tag: string) => `${tag.slice(0, -1)}-br"`, 200],
    ["a weak one, as of a proxy that compresses", (tag: string) => `W/${tag}`, 200],
    ["one of several", (tag: string) => `"other", ${tag}`, 200],
    ["any", () => "*", 200],
    ["another one", () => '"AAAAAAAAAAAAAAAA"', 412],
    ["an empty one", () => '""', 412],
    ["what is no ETag", () => "nonsense", 412],
  ])("take an If-Match of %s as HTTP means it", async (_, header, status) => {
    const answer = await save({ alerts: { offline_min: 30 } }, header(await load()));
    expect(answer.statusCode).toBe(status);
  });

  it.each(["gzip", "br"])("are saved with the ETag that came with an answer in %s", async (encoding) => {
    const headers = { "accept-encoding": encoding };
    const loaded = await example.app.inject({ url: "/api/settings", headers });
    expect(loaded.headers["content-encoding"]).toBe(encoding);
    const first = await save({ alerts: { offline_min: 30 } }, String(loaded.headers.etag));
    expect(first.statusCode).toBe(200);
    const again = { method: "PUT", url: "/api/settings", payload: { alerts: { offline_min: 40 } } } as const;
    const tag = String(first.headers.etag);
    const second = await example.app.inject({ ...again, headers: { ...headers, "if-match": tag } });
    expect(second.statusCode).toBe(200);
    expect((await save({}, String(loaded.headers.etag))).statusCode).toBe(412);
    expect((await save({}, String(second.headers.etag))).statusCode).toBe(200);
  });

  it("say what is wrong with a change that fits", async () => {
    const answer = await save({ alerts: { offline_min: 0 } }, await load());
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ errors: [{ path: "alerts.offline_min" }] });
  });
});
