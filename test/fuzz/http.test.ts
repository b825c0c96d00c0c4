import { once } from "node:events";
import { connect } from "node:net";
import { startWeb } from "@heatloop/ha-addon/web/web";
import fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
import { exampleParts } from "#test/support/examples/web.ts";
import { fuzzRuns, fuzzTimeoutMs } from "./runs.ts";

const method = fc.constantFrom("GET", "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "get", "\x16\x03");
const piece = fc.constantFrom(
  ...[
    "api",
    "devices",
    "home",
    "days",
    "minutes",
    "report.html",
    "report",
    "readings",
    "settings",
    "live",
    "ws",
    "docs",
  ],
  ...[
    "channels",
    "alerts",
    "health",
    "log",
    "session",
    "login",
    "password",
    "tokens",
    "transitions",
    "first-run",
    "compare",
  ],
  ...["..", "%2e%2e", "%00", "%", "%ff", "__proto__", "", "é", "a".repeat(300)],
);
const path = fc
  .tuple(
    fc.constantFrom("", "/api", "/api/devices/ecodan-heatpump", "/api/devices/ecodan-heatpump"),
    fc.array(piece, { minLength: 1, maxLength: 3 }),
  )
  .map(([before, pieces]) => `${before}/${pieces.join("/")}`);
const parameter = fc.tuple(
  fc.constantFrom(
    "from",
    "to",
    "device",
    "resolution",
    "language",
    "format",
    "decimal",
    "by",
    "token",
    "__proto__",
    "constructor",
  ),
  fc.oneof(
    fc.constantFrom("2026-01-01", "9999-12-31", "-1", "1e9", "[object Object]", "%0d%0aX: y", "day"),
    fc.string({ maxLength: 8 }).map(encodeURIComponent),
  ),
);
const query = fc
  .array(parameter, { maxLength: 4 })
  .map((all) => (all.length === 0 ? "" : `?${all.map((each) => each.join("=")).join("&")}`));
const header = fc.tuple(
  fc.constantFrom(
    "Accept",
    "Accept-Language",
    "Content-Type",
    "Cookie",
    "Authorization",
    "If-None-Match",
    "Range",
    "Origin",
    "X-Ingress-Path",
    "Upgrade",
    "Connection",
    "Expect",
  ),
  fc.oneof(
    fc.constantFrom(
      "application/json",
      "text/html;q=x",
      "bytes=9-1,-,0-",
      "*",
      "websocket",
      "Upgrade",
      "Bearer x",
      "100-continue",
    ),
    fc.string({ maxLength: 20, unit: "grapheme-ascii" }),
  ),
);
const body = fc.oneof(fc.constant(""), fc.json(), fc.string({ maxLength: 40 }));
const request = fc
  .tuple(method, path, query, fc.array(header, { maxLength: 4 }), body)
  .map(([verb, where, asked, headers, content]) => {
    const lines = headers.map(([name, value]) => `${name}: ${value.replaceAll(/[\r\n]/g, " ")}`);
    const length = Buffer.byteLength(content);
    return [
      `${verb} ${where}${asked} HTTP/1.1`,
      "Host: 127.0.0.1",
      ...lines,
      `Content-Length: ${length}`,
      "Connection: close",
      "",
      content,
    ].join("\r\n");
  });

/** The head of what a server answers to bytes; empty where it hangs up without a word. */
async function answerTo(port: number, bytes: string): Promise<string> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  let received = "";
  socket.on("data", (part) => {
    received += part.toString("latin1");
    if (received.includes("\r\n\r\n")) socket.destroy();
  });
  socket.on("error", () => undefined);
  socket.write(bytes, "latin1");
  await once(socket, "close");
  return received;
}

it(
  "a request of any form is answered, and never by an error of our own",
  async () => {
    const parts = await exampleParts();
    const web = await startWeb({ ...parts, host: "127.0.0.1", port: 0 });
    onTestFinished(async () => {
      await web.close();
      await parts.clean();
    });
    const port = Number(new URL(web.url).port);
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 20, maxLength: 20 }), async (requests) => {
        const answers = await Promise.all(requests.map((bytes) => answerTo(port, bytes)));
        for (const [i, answer] of answers.entries()) {
          // 503: what the example has none of, such as a broker.
          expect([requests[i], answer.slice(0, 60)]).toEqual([
            requests[i],
            expect.stringMatching(/^HTTP\/1\.1 ([1234]\d\d|503) /),
          ]);
        }
      }),
      fuzzRuns({ usual: 40, whole: 5_000 }),
    );
    expect((await fetch(`${web.url}/api/health`)).status).toBe(200);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  },
  fuzzTimeoutMs,
);
