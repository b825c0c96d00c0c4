import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { type ConnectionLimits, usualConnectionLimits } from "@heatloop/ha-addon/web/connections";
import { buildWeb, startWeb } from "@heatloop/ha-addon/web/web";
import { describe, expect, it, onTestFinished } from "vitest";
import { exampleParts } from "#test/support/examples/web.ts";
import { waitFor } from "#test/support/wait-for.ts";

const hasty: ConnectionLimits = {
  most: 20,
  headersWithinMs: 300,
  requestWithinMs: 600,
  idleMs: 300,
  silentMs: 60_000,
  lookEachMs: 50,
};

async function web(limits: ConnectionLimits) {
  const parts = await exampleParts();
  const running = await startWeb({ ...parts, limits, host: "127.0.0.1", port: 0 });
  onTestFinished(async () => {
    await running.close();
    await parts.clean();
  });
  return { ...running, log: parts.log };
}

const slowBody =
  "PUT /api/settings HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{";

/** A client that sends a text and then only waits: what it received, and whether the server hung up. */
async function client(url: string, text: string) {
  const socket: Socket = connect({ port: Number(new URL(url).port), host: "127.0.0.1" });
  onTestFinished(() => void socket.destroy());
  let received = "";
  let over = false;
  socket.on("data", (piece) => (received += piece.toString()));
  for (const event of ["end", "close", "error"]) socket.on(event, () => (over = true));
  await once(socket, "connect");
  socket.write(text);
  return { socket, received: () => received, isOver: () => over };
}

describe("a client is hung up on that", () => {
  it.each([
    ["begins a body and does not go on", slowBody, 408],
    ["begins its headers and does not go on", "GET /api/devices HTTP/1.1\r\nHost: h\r\nX-A: ", 408],
    ["sends nothing", "", 408],
    ["sends what is no HTTP", "\x16\x03\x01\x02\x00\x01\r\n\r\n", 400],
    ["sends headers of 100 kB", `GET / HTTP/1.1\r\nHost: h\r\nX-A: ${"x".repeat(100_000)}\r\n\r\n`, 431],
  ])("%s, and gets the problem as the answer", async (_name, text, status) => {
    const { url } = await web(hasty);
    const { received, isOver } = await client(url, text);
    await waitFor(isOver, "the server hangs up");
    expect(received()).toMatch(new RegExp(`^HTTP/1.1 ${status} .*\r\nContent-Type: application/problem\\+json\r\n`));
    expect(JSON.parse(received().slice(received().indexOf("\r\n\r\n")))).toMatchObject({ type: "about:blank", status });
  });

  it("got its answer and asks for nothing more", async () => {
    const { url } = await web(hasty);
    const { received, isOver } = await client(url, "GET /api/devices HTTP/1.1\r\nHost: h\r\n\r\n");
    await waitFor(isOver, "the server hangs up");
    expect(received()).toMatch(/^HTTP\/1.1 200 /);
  });
});

it("three hundred clients that hold a connection are no more than there may be, and do not keep others out", async () => {
  const { url, log } = await web(hasty);
  const clients = await Promise.all(Array.from({ length: 300 }, () => client(url, slowBody)));
  await waitFor(
    () => clients.filter((each) => each.isOver() && each.received() === "").length >= 280,
    "most are refused",
  );
  await waitFor(() => clients.every((each) => each.isOver()), "every one of them is hung up on");
  expect((await fetch(`${url}/api/devices`)).status).toBe(200);
  expect(log.lines.filter((line) => line.includes("more connections"))).toHaveLength(1);
});

it("connections that only wait for a next request give way to new ones", async () => {
  const { url } = await web({ ...usualConnectionLimits, most: 10 });
  for (let asked = 0; asked < 30; asked += 1) {
    const { received } = await client(url, "GET /api/devices HTTP/1.1\r\nHost: h\r\n\r\n");
    await waitFor(() => received().startsWith("HTTP/1.1 200 "), "it is answered");
  }
});

describe("a request that is not as it should be is a problem, never an error of our own", () => {
  async function ask(method: string, url: string, payload?: string) {
    const parts = await exampleParts();
    const app = buildWeb(parts);
    const headers = payload === undefined ? {} : { "content-type": "application/json" };
    const answer = await app.inject({
      method: method as "GET",
      url,
      headers,
      ...(payload !== undefined && { payload }),
    });
    await app.close();
    await parts.clean();
    expect(parts.log.lines).toEqual([]);
    return answer;
  }
  const device = "/api/devices/ecodan-heatpump";

  it.each([
    `${device}/days?to=0000-01-01`,
    `${device}/days?to=0001-01-01T00:00:00Z`,
    `${device}/days.csv?from=9999-12-31`,
    `${device}/minutes.csv?to=0000-01-01`,
    `${device}/readings?to=0000-01-01`,
    `${device}/transitions?to=0000-12-31`,
    `${device}/report?to=0000-01-01`,
    `${device}/report.csv?to=0000-01-01`,
    `${device}/compare?before_from=0000-01-01&before_to=0000-01-02&after_from=0000-01-03`,
  ])("the date of GET %s", async (url) => {
    const answer = await ask("GET", url);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/);
    expect(answer.json().detail).toContain("of the years 2000 to 2099");
  });

  it.each([3_520, 20_000])("JSON that is nested %d deep", async (levels) => {
    const answer = await ask("PUT", "/api/settings", `${'{"a":'.repeat(levels / 2)}${"[".repeat(levels / 2)}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().detail).toBe(
      "The body: found JSON that is nested too deep; allowed: lists and objects in each other at most 64 deep.",
    );
  });

  it.each([
    ["POST", "/api/settings", "GET, HEAD, PUT"],
    ["DELETE", "/api/settings", "GET, HEAD, PUT"],
    ["OPTIONS", "/api/settings", "GET, HEAD, PUT"],
    ["TRACE", "/api/health", "GET, HEAD"],
    ["PROPFIND", "/api/health", "GET, HEAD"],
    ["PATCH", `${device}/status`, "GET, HEAD"],
    ["POST", `${device}/report.json?by=day`, "GET, HEAD"],
    ["PUT", "/page.js", "GET, HEAD"],
  ])("%s %s is 405 with what there is", async (method, url, allow) => {
    const { statusCode, headers, json } = await ask(method, url);
    expect([statusCode, headers.allow]).toEqual([405, allow]);
    expect(json()).toMatchObject({ type: "about:blank", status: 405, title: "Method Not Allowed" });
  });

  it("a method that there is not is 405 whatever its body is", async () => {
    expect((await ask("POST", "/api/settings", "{")).statusCode).toBe(405);
    expect((await ask("QUERY", "/api/settings")).statusCode).toBe(405);
  });

  it.each(["POST", "DELETE", "OPTIONS"])("%s of what is nowhere is 404", async (method) => {
    expect((await ask(method, "/api/devicesx")).statusCode).toBe(404);
  });
});
