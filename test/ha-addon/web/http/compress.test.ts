import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import fastifyAccepts from "@fastify/accepts";
import { compressAnswers } from "@heatloop/ha-addon/web/http/compress";
import { startWeb } from "@heatloop/ha-addon/web/web";
import Fastify from "fastify";
import { describe, expect, it, onTestFinished } from "vitest";
import { examplePump, webOfEachTest } from "#test/support/examples/web.ts";
import { waitFor } from "#test/support/wait-for.ts";

const example = webOfEachTest();
const days = `${examplePump}/days?from=2026-11-16&to=2026-11-18`;
const minutes = `${examplePump}/minutes.csv?from=2026-11-16&to=2026-11-17&decimal=comma`;

async function get(url: string, encoding?: string, headers: Record<string, string> = {}) {
  return example.app.inject({
    url,
    headers: { ...headers, ...(encoding !== undefined && { "accept-encoding": encoding }) },
  });
}

function unpackedText(bytes: Buffer, encoding: unknown): string {
  if (encoding === "br") return brotliDecompressSync(bytes).toString();
  return (encoding === "gzip" ? gunzipSync(bytes) : bytes).toString();
}

describe("answers", () => {
  it.each([
    ["gzip, deflate, br", "br"],
    ["gzip", "gzip"],
    ["br;q=0, gzip;q=0.5", "gzip"],
    ["*", "br"],
    ["identity", undefined],
    ["gzip;q=0", undefined],
    ["deflate", undefined],
    ["", undefined],
    ["nonsense;;q=x,,", undefined],
    [undefined, undefined],
  ])("are compressed as Accept-Encoding %s asks: %s", async (accepted, encoding) => {
    const plain = await get(days);
    const answer = await get(days, accepted);
    expect([answer.statusCode, answer.headers["content-encoding"]]).toEqual([200, encoding]);
    expect(answer.headers.vary).toMatch(/accept-encoding/);
    expect(unpackedText(answer.rawPayload, encoding)).toBe(plain.body);
    if (encoding !== undefined) expect(answer.rawPayload.length).toBeLessThan(plain.rawPayload.length / 3);
    expect(Number(answer.headers["content-length"])).toBe(answer.rawPayload.length);
  });

  it("have a tag of their own for each encoding, and each of them is known again", async () => {
    const answers = await Promise.all(["identity", "gzip", "br"].map((encoding) => get(days, encoding)));
    const tags = answers.map(({ headers }) => String(headers.etag));
    expect(new Set(tags).size).toBe(3);
    for (const tag of tags) {
      const again = await get(days, "br", { "if-none-match": tag });
      expect([again.statusCode, again.headers.etag, again.headers["content-encoding"]]).toEqual([304, tag, undefined]);
    }
  });

  it("that stream are compressed as they come", async () => {
    const plain = await get(minutes);
    const answer = await get(minutes, "gzip, br");
    expect([answer.headers["content-encoding"], answer.headers["content-length"]]).toEqual(["gzip", undefined]);
    expect(gunzipSync(answer.rawPayload).toString()).toBe(plain.body);
  });

  it("that are files of the page are compressed, and in part they are not", async () => {
    const plain = await get("/page.js");
    const answer = await get("/page.js", "gzip");
    expect(gunzipSync(answer.rawPayload).toString()).toBe(plain.body);
    expect(answer.headers["accept-ranges"]).toBeUndefined();
    expect(Number(answer.headers["content-length"])).toBe(answer.rawPayload.length);
    const part = await get("/page.js", "gzip", { range: "bytes=0-2000" });
    expect([part.statusCode, part.headers["content-encoding"], part.rawPayload.length]).toEqual([206, undefined, 2001]);
  });

  it("to HEAD tell the length of the plain file", async () => {
    const headers = { "accept-encoding": "gzip" };
    const head = await example.app.inject({ url: "/page.js", method: "HEAD", headers });
    const { rawPayload } = await get("/page.js");
    expect([head.headers["content-encoding"], head.headers["content-length"]]).toEqual([
      undefined,
      `${rawPayload.length}`,
    ]);
  });

  it.each(["/api/devices", "/api/stats", "/icon.svg"])("that are short stay as they are: %s", async (url) => {
    const answer = await get(url, "gzip");
    expect(answer.rawPayload.length).toBeLessThan(1024);
    expect(answer.headers["content-encoding"]).toBeUndefined();
  });

  it("that fail before their first piece are a problem that can be read", async () => {
    example.parts.view.minuteLines = async function* () {
      if (example.parts.view.alertList.length > 0) throw new Error("the disk is gone");
      yield "";
    };
    const answer = await get(minutes, "gzip");
    expect([answer.statusCode, answer.headers["content-encoding"]]).toEqual([500, undefined]);
    expect(answer.json()).toMatchObject({ status: 500 });
  });

  it("that fail later on are broken off, so that half a file never looks whole", async () => {
    example.parts.view.minuteLines = async function* () {
      // Random, so that more comes out of it than is kept back for compressing.
      for (let i = 0; i < 64; i += 1) yield Array.from({ length: 8192 }, () => Math.random().toString(36)).join("");
      throw new Error("the disk is gone");
    };
    const web = await startWeb({ ...example.parts, host: "127.0.0.1", port: 0 });
    onTestFinished(() => web.close());
    const request = httpRequest(`${web.url}${minutes}`, { headers: { "accept-encoding": "gzip" } });
    request.end();
    const [answer] = (await once(request, "response")) as [IncomingMessage];
    answer.resume();
    await once(answer, "close").catch(() => undefined);
    expect([answer.statusCode, answer.complete]).toEqual([200, false]);
  });

  it("that nobody waits for any more are not made any further", async () => {
    let ended = false;
    example.parts.view.minuteLines = async function* () {
      try {
        for (;;) yield Array.from({ length: 8192 }, () => Math.random().toString(36)).join("");
      } finally {
        ended = true;
      }
    };
    const web = await startWeb({ ...example.parts, host: "127.0.0.1", port: 0 });
    onTestFinished(() => web.close());
    const socket = connect(Number(new URL(web.url).port), "127.0.0.1");
    socket.write(`GET ${minutes} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n`);
    await once(socket, "data");
    socket.destroy();
    await waitFor(() => ended, "the source has ended");
  });
});

describe("what is never compressed", () => {
  /** A web of one long text, answered with some headers. */
  async function textWith(headers: Record<string, string>, uncompressedPeer = "172.30.32.2") {
    const app = Fastify();
    await app.register(fastifyAccepts);
    compressAnswers(app, uncompressedPeer);
    app.get("/", async (_request, reply) => reply.headers(headers).send("a long text ".repeat(500)));
    onTestFinished(() => app.close());
    return app.inject({ url: "/", headers: { "accept-encoding": "gzip, br" } });
  }

  it.each([
    ["pictures", { "content-type": "image/png" }, undefined],
    ["what sets a cookie", { "content-type": "text/html", "set-cookie": "session=1" }, undefined],
    ["what must not be changed", { "content-type": "text/csv", "cache-control": "no-cache, no-transform" }, undefined],
    ["what is compressed already", { "content-type": "text/plain", "content-encoding": "zstd" }, "zstd"],
  ])("%s", async (_what, headers, encoding) => {
    expect((await textWith(headers)).headers["content-encoding"]).toBe(encoding);
  });

  it("what goes to Home Assistant's ingress, which unpacks it again", async () => {
    const headers = { "content-type": "text/plain" };
    expect((await textWith(headers)).headers["content-encoding"]).toBe("br");
    const answer = await textWith(headers, "127.0.0.1");
    expect([answer.headers["content-encoding"], answer.headers.vary]).toEqual([undefined, "accept-encoding"]);
  });
});
