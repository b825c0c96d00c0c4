import { cacheControlOfFile, isKnownAnswer, isStillWhole, tagOf } from "@heatloop/ha-addon/web/http/etag";
import type { FastifyReply } from "fastify";
import { describe, expect, it } from "vitest";
import { examplePump, webOfEachTest } from "#test/support/examples/web.ts";

const example = webOfEachTest();

const finished = "from=2026-11-16&to=2026-11-18";
const running = "from=2026-11-16&to=2026-11-21";
const paths = [
  "days",
  "days.csv",
  "readings",
  "minutes.csv",
  "transitions",
  "report",
  "report.json",
  "report.html",
  "report.csv",
  "report.txt",
];

async function get(url: string, headers: Record<string, string> = {}) {
  return example.app.inject({ url, headers });
}

describe.each(paths)("%s of finished days", (path) => {
  const url = `${examplePump}/${path}?${finished}`;

  it("has a strong tag, and is answered with 304 to who has it", async () => {
    const { headers, statusCode } = await get(url);
    expect([statusCode, headers["cache-control"]]).toEqual([200, "private, no-cache"]);
    expect(headers.etag).toMatch(/^"[\w-]{22}"$/);
    const again = await get(url, { "if-none-match": `"other", W/${headers.etag}` });
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, "", headers.etag]);
    expect((await get(url, { "if-none-match": '"other"' })).statusCode).toBe(200);
  });

  it("is the same to the byte for as long as its tag is", async () => {
    const first = await get(url);
    example.parts.clock.advanceTo(example.parts.clock.now() + 3_600_000);
    const later = await get(url);
    expect([later.headers.etag, later.body]).toEqual([first.headers.etag, first.body]);
  });

  it("has another tag once a file, or a setting has changed", async () => {
    const { etag } = (await get(url)).headers;
    example.parts.view.filesState = "appended to";
    const appended = (await get(url)).headers.etag;
    await example.parts.settings.change({ time_zone: "Europe/Rome" });
    const changed = (await get(url)).headers.etag;
    expect(new Set([etag, appended, changed]).size).toBe(3);
  });

  it("is of this moment, and never kept, where one of the days is running", async () => {
    const { headers } = await get(`${examplePump}/${path}?${running}`, { "if-none-match": "*" });
    expect([headers.etag, headers["cache-control"]]).toEqual([undefined, "no-store"]);
  });
});

describe("answers of the same days in other forms", () => {
  it.each([
    ["days.csv?", "days.csv?decimal=comma&"],
    ["minutes.csv?", "minutes.csv?decimal=comma&"],
    ["readings?", "readings?resolution=hour&"],
    ["readings?", "readings?points=heat_wh&"],
    ["transitions?", "transitions?what=compressor&"],
    ["report.html?", "report.html?language=de&"],
    ["report.csv?", "report.csv?decimal=comma&"],
    ["report.csv?", "report.csv?by=week&"],
    ["report.json?", "report.json?fields=energy&"],
    ["report.html?", "report.txt?"],
    ["days?", "days.csv?"],
  ])("have tags of their own: %s and %s", async (one, other) => {
    const tags = await Promise.all(
      [one, other].map(async (path) => (await get(`${examplePump}/${path}${finished}`)).headers.etag),
    );
    expect(tags[0]).not.toBe(tags[1]);
  });

  it("are told apart where one address has several", async () => {
    const url = `${examplePump}/days?${finished}`;
    const { headers } = await get(url, { accept: "text/csv" });
    const json = await get(url, { accept: "application/json", "if-none-match": String(headers.etag) });
    expect([json.statusCode, json.headers.vary]).toEqual([200, expect.stringContaining("accept")]);
  });
});

describe("what is live", () => {
  it.each(["/api/devices", `${examplePump}/status`, `${examplePump}/readings/latest`, "/api/health", "/api/alerts"])(
    "is never kept: %s",
    async (url) => {
      const { headers } = await get(url);
      expect([headers.etag, headers["cache-control"]]).toEqual([undefined, "no-store"]);
    },
  );

  it("is not a report that lacks something as it was not ready in time", async () => {
    const made = example.parts.view.report;
    example.parts.view.report = async (...of) => ({ ...(await made(...of)), pending: true });
    const { headers } = await get(`${examplePump}/report?${finished}`);
    expect([headers.etag, headers["cache-control"]]).toEqual([undefined, "no-store"]);
  });

  it("is not a problem instead of an answer that would have had a tag", async () => {
    example.parts.view.days = async () => {
      throw new Error("the disk is gone");
    };
    const { statusCode, headers } = await get(`${examplePump}/days?${finished}`);
    expect([statusCode, headers.etag, headers["cache-control"]]).toEqual([500, undefined, "no-store"]);
  });
});

describe("tags", () => {
  it.each([
    ["*", true],
    ['"a"', true],
    ['W/"a"', true],
    ['"a-gzip"', true],
    ['"b", "a-br"', true],
    ['"b"', false],
    ["", false],
    [undefined, false],
    ["a", false],
  ])("If-None-Match %s knows the answer: %s", (header, known) => {
    const sent: Record<string, string> = {};
    const reply = { headers: (values: object) => Object.assign(sent, values) } as unknown as FastifyReply;
    const request = { headers: header === undefined ? {} : { "if-none-match": header } };
    expect(isKnownAnswer(request, reply, '"a"')).toBe(known);
    expect(sent["cache-control"]).toBe("private, no-cache");
  });

  it.each([
    [undefined, true],
    ['"a"', true],
    ['W/"a"', false],
    ['"a-gzip"', false],
    ["Sat, 21 Nov 2026 10:00:00 GMT", false],
  ])("If-Range %s allows a part: %s", (header, allowed) => {
    expect(isStillWhole({ headers: header === undefined ? {} : { "if-range": header } }, '"a"')).toBe(allowed);
  });

  it("are those of the data alone", () => {
    expect(tagOf(["a", { b: [1] }])).toBe(tagOf(["a", { b: [1] }]));
    expect(tagOf(["a", "b"])).not.toBe(tagOf(["ab"]));
  });

  it.each([
    ["heatloop-shared-B8xk_2Qw.js", "public, max-age=31536000, immutable"],
    ["page-a1b2c3d4.css", "public, max-age=31536000, immutable"],
    ["page.js", "no-cache"],
    ["room-feed.js", "no-cache"],
    ["swagger-ui-bundle.js", "no-cache"],
    ["alert-overview.js", "no-cache"],
  ])("a file named %s is kept as %s", (name, cacheControl) => {
    expect(cacheControlOfFile(name)).toBe(cacheControl);
  });
});
