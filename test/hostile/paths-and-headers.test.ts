import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startedOwnedWeb } from "#test/support/examples/owned-web.ts";

/** Sends a request as it is written here, which no client library would; resolves with all that came back. */
async function raw(url: string, text: string): Promise<string> {
  const socket = connect({ port: Number(new URL(url).port), host: "127.0.0.1" });
  onTestFinished(() => void socket.destroy());
  let received = "";
  socket.on("data", (piece) => (received += piece.toString("latin1")));
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(text, "latin1");
  await once(socket, "close");
  return received;
}

async function home() {
  const { url, parts, signIn } = await startedOwnedWeb();
  writeFileSync(join(parts.folder, "settings.json"), '{"secret of the folder": true}');
  const cookie = await signIn();
  const get = (path: string, headers = "") =>
    raw(url, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\n${headers}Connection: close\r\n\r\n`);
  return { url, get };
}

const ways = [
  "../",
  "..%2f",
  "%2e%2e/",
  "%2e%2e%2f",
  "%252e%252e%252f",
  "..\\",
  "..%5c",
  "%2e%2e%5c",
  "..%c0%af",
  "....//",
];
const starts = ["/", "/docs/", "/docs.js/", "/page.js%00/", "/api/devices/ecodan-heatpump/", "/api/devices/"];

describe("a path that climbs out of its folder", () => {
  it.each(ways)(
    "by %s finds nothing, whoever asks",
    async (way) => {
      const { get } = await home();
      for (const start of starts) {
        for (const target of ["etc/passwd", "settings.json", "access.json", "package.json", "report.csv"]) {
          for (const depth of [1, 4, 12]) {
            const answer = await get(start + way.repeat(depth) + target);
            expect(answer, start + way.repeat(depth) + target).toMatch(/^HTTP\/1\.1 (400|404|405|414) /);
            expect(answer).not.toMatch(/root:|secret of the folder|scrypt|"workspaces"/);
          }
        }
      }
    },
    60_000,
  );

  it.each(["//etc/passwd", "/%00", "/.git/config", "/web.ts", "/index.html", "http://evil.example/etc/passwd"])(
    "or is strange (%s) finds nothing",
    async (path) => {
      const { get } = await home();
      expect(await get(path)).toMatch(/^HTTP\/1\.1 (400|404) /);
    },
  );
});

describe("what would be a header of its own in an answer", () => {
  const evil = "x%0d%0aSet-Cookie:%20evil=1%0d%0aX-Evil:%201";

  it.each([
    `/api/devices/${evil}/status`,
    `/api/devices/${evil}/report.csv`,
    `/api/devices/ecodan-heatpump/minutes.csv?from=2026-11-20${evil}`,
    `/api/devices/ecodan-heatpump/days.csv?from=2026-11-20&to=${evil}`,
    `/api/devices/ecodan-heatpump/report.csv?by=${evil}`,
    `/api/devices/ecodan-heatpump/report.html?language=${evil}`,
    `/${evil}`,
    `/docs${evil}`,
    `/api/tokens/${evil}`,
  ])("stays text: %s", async (path) => {
    const { get } = await home();
    const answer = await get(path);
    const [headers = ""] = answer.split("\r\n\r\n", 1);
    expect(headers).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(headers).not.toMatch(/^(set-cookie|x-evil):/im);
  });

  it.each([
    "Origin: http://x\u0085evil\r\n",
    "Accept-Language: de\u0000\r\n",
    "X-Forwarded-Prefix: /a\tb; Domain=evil.example\r\n",
    "Authorization: Bearer \u00e4\u00f6\u00fc\r\n",
  ])("is not taken over from a request: %j", async (header) => {
    const { get } = await home();
    const [headers = ""] = (await get("/api/session", header)).split("\r\n\r\n", 1);
    expect(headers).toMatch(/^HTTP\/1\.1 (200|400) /);
    expect(headers).not.toMatch(/evil|^set-cookie/im);
  });

  it("is refused where a request has two bodies' lengths, or a body where none is", async () => {
    const { url } = await home();
    const smuggled = "GET /api/devices HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for (const lengths of [
      "Content-Length: 5\r\nTransfer-Encoding: chunked",
      "Content-Length: 5\r\nContent-Length: 6",
      "Transfer-Encoding: chunked, x",
    ]) {
      const answer = await raw(
        url,
        `POST /api/logout HTTP/1.1\r\nHost: localhost\r\n${lengths}\r\n\r\n0\r\n\r\n${smuggled}`,
      );
      expect(answer, lengths).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer.match(/HTTP\/1\.1/g), lengths).toHaveLength(1);
    }
  });
});
