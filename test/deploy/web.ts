import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { request } from "node:https";
import { connect as connectTcp } from "node:net";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import type { Installed } from "#scripts/cloud-scene/installed.ts";
import { ask } from "#scripts/cloud-scene/web-client.ts";
import { openBrowser } from "#test/support/browser.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { behindNginx, end, standIn } from "./behind-nginx.ts";

/** Nginx from outside: by which TLS and names it is reached, what it passes on, and what it says itself. */
export function tryWeb(installed: () => Installed): void {
  describe("by HTTPS", () => tryVisits(installed));
}

function tryVisits(installed: () => Installed): void {
  let running: ChildProcess[] = [];

  beforeAll(async () => {
    running = await Promise.all(behindNginx.map((each) => standIn(installed(), each)));
  });
  afterAll(() => Promise.all(running.map(end)));

  it.each([
    ["TLS 1.2", { maxVersion: "TLSv1.2" }, "taken"],
    ["TLS 1.3", { minVersion: "TLSv1.3" }, "taken"],
    ["TLS 1.1", { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" }, "refused"],
    ["a cipher without forward secrecy", { maxVersion: "TLSv1.2", ciphers: "AES128-GCM-SHA256" }, "refused"],
    ["a cipher of CBC", { maxVersion: "TLSv1.2", ciphers: "ECDHE-ECDSA-AES128-SHA" }, "refused"],
  ])("a visit by %s is %s", async (_what, tls, fate) => {
    const visit = ask(installed(), "/", { tls }).then(
      ({ status }) => (status === 200 ? "taken" : status),
      () => "refused",
    );
    expect(await visit).toBe(fate);
  });

  it("offers HTTP/2", async () => {
    const hello = "openssl s_client -connect 127.0.0.1:443 -alpn h2 </dev/null 2>/dev/null";
    expect(await installed().server.printed(hello)).toContain("ALPN protocol: h2");
  });

  it.each(["heat.example.org", "address"])("is reached by its %s with the authority's certificate", async (by) => {
    const host = by === "address" ? installed().server.address : by;
    for (const { name, below } of behindNginx) {
      const { status, body, headers } = await ask(installed(), `${below}/lovelace/0?x=%20y`, { host });
      expect([status, JSON.parse(body)]).toMatchObject([200, { name, url: "/lovelace/0?x=%20y" }]);
      expect(headers["strict-transport-security"]).toBeUndefined();
      expect(headers.server).toBe("nginx");
      expect(headers["x-content-type-options"]).toBe("nosniff");
    }
  });

  it.each(["[2001:db8::1]", "[::1]", "10.0.0.5", "localhost"])(
    "is reached as %s, such as through a tunnel",
    async (host) => {
      const words = `GET / HTTP/1.1\\r\\nHost: ${host}\\r\\nConnection: close\\r\\n\\r\\n`;
      const tunnel = `printf '${words}' | openssl s_client -quiet -connect '[::1]:443' 2>/dev/null`;
      expect(await installed().server.printed(tunnel)).toContain('"name":"Home Assistant"');
    },
  );

  it("says to a name that is not its own what to do, and passes nothing on", async () => {
    const tls = { checkServerIdentity: () => undefined };
    for (const path of ["/", "/heatloop/api/devices"]) {
      const { status, body } = await ask(installed(), path, { host: "evil.example.com", tls });
      expect([status, body]).toEqual([421, expect.stringContaining("add it to <code>NAMES</code>")]);
    }
  });

  it("tells both programs who asks, whatever the visitor says of itself", async () => {
    const { homeAddress } = installed().server;
    const lies = { "x-forwarded-for": "127.0.0.1, nonsense", "x-forwarded-proto": "http", forwarded: "for=127.0.0.1" };
    const more = { "x-forwarded-host": "evil.example.com", "x-forwarded-prefix": "/evil", "x-real-ip": "127.0.0.1" };
    for (const { below } of behindNginx) {
      const { body } = await ask(installed(), `${below}/`, { host: "heat.example.org", headers: { ...lies, ...more } });
      const { host, forwarded, connection, ...headers } = JSON.parse(body).headers;
      expect([host, forwarded, connection]).toEqual(["heat.example.org", undefined, undefined]);
      expect(Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith("x-")))).toEqual({
        ...{ "x-forwarded-for": homeAddress, "x-forwarded-proto": "https", "x-forwarded-host": "heat.example.org" },
        ...(below && { "x-forwarded-prefix": below }),
      });
    }
  });

  it("leads plain HTTP on its port to HTTPS, and /heatloop to /heatloop/", async () => {
    const socket = connectTcp(443, installed().server.address);
    socket.end("GET /history HTTP/1.1\r\nHost: heat.example.org\r\nConnection: close\r\n\r\n");
    let answer = "";
    for await (const piece of socket) answer += piece;
    expect(answer).toMatch(/^HTTP\/1.1 301 [\s\S]*Location: https:\/\/heat.example.org\/history\r\n/);
    const { status, headers } = await ask(installed(), "/heatloop");
    expect([status, headers.location]).toEqual([301, "/heatloop/"]);
  });

  it.each(behindNginx)("passes the websocket of $name on, both ways", async ({ name, socket, below }) => {
    const { server, ca } = installed();
    const client = new WebSocket(`wss://${server.address}${socket}`, { ca });
    const heard: string[] = [];
    client.on("message", (data) => heard.push(String(data)));
    await once(client, "open");
    client.send("1");
    await waitFor(() => heard.length === 2, "both messages are there");
    expect(heard).toEqual([`${name} at ${socket.slice(below.length)}`, "heard 1"]);
    client.close();
    await once(client, "close");
  });

  it.each(behindNginx)("passes a long download of $name on while it is made, and a long upload", async ({ below }) => {
    const { server, ca } = installed();
    const outgoing = request({ host: server.address, path: `${below}/big`, ca });
    outgoing.end();
    const [incoming] = await once(outgoing, "response");
    let bytes = 0;
    incoming.on("data", (piece: Buffer) => (bytes += piece.length));
    await waitFor(() => bytes === 32 * 1024 * 1024, "the first half is there");
    await ask(installed(), `${below}/go-on`);
    await once(incoming, "end");
    expect(bytes).toBe(64 * 1024 * 1024);
    const upload = { method: "POST", body: Buffer.alloc(below ? 900_000 : 40_000_000) };
    const { body } = await ask(installed(), `${below}/upload`, upload);
    expect(JSON.parse(body).bytes).toBe(upload.body.length);
    expect(await server.printed("find /var/lib/nginx -type f")).toBe("");
  });

  it("holds up who tries passwords, and nobody else", async () => {
    for (const { login, below } of behindNginx) {
      const codes: number[] = [];
      for (let attempt = 0; attempt < 16; attempt += 1) {
        const { status, headers, body } = await ask(installed(), login, { method: "POST", body: "{}" });
        codes.push(status);
        if (status !== 429) continue;
        expect([headers["retry-after"], JSON.parse(body).title]).toEqual(["30", "Too many attempts to sign in"]);
      }
      expect(codes).toContain(429);
      expect((await ask(installed(), `${below}/api/devices`)).status).toBe(200);
    }
    expect((await ask(installed(), "/auth/login_flow/abc", { method: "POST" })).status).toBe(429);
  });

  it("gives its authority's certificate to who wants to import it", async () => {
    const { headers, body } = await ask(installed(), "/heatloop-ca.crt");
    expect([headers["content-type"], body]).toEqual(["application/x-x509-ca-cert", installed().ca]);
    expect((await ask(installed(), "/heatloop-ca.key")).body).toContain("Home Assistant");
  });

  it("shows a page that says so while a program is away, and shows the program once it is there again", async () => {
    const { server } = installed();
    const browser = await openBrowser(server.network);
    onTestFinished(() => browser.close());
    await Promise.all(running.map(end));
    const pages = behindNginx.map(async ({ name, below }) => {
      const away = await ask(installed(), `${below}/`, { method: "POST" });
      expect([away.status, away.headers["retry-after"]]).toEqual([502, "5"]);
      const page = await browser.newPage({ ignoreHTTPSErrors: true });
      await page.goto(`https://${server.address}${below}/lovelace`);
      expect(await page.locator("h1").textContent()).toBe(`${name} is not there yet`);
      expect(await page.evaluate("getComputedStyle(document.querySelector('main')).borderRadius")).toBe("16px");
      return page;
    });
    await Promise.all(pages);
    running = await Promise.all(behindNginx.map((each) => standIn(installed(), each)));
    for (const [index, { name }] of behindNginx.entries()) {
      await (await pages[index])?.getByText(`"name":"${name}"`).waitFor({ timeout: 60_000 });
    }
  });

  it("goes on with its certificate where a renewed one is broken, and takes a good one", async () => {
    const { server } = installed();
    const serial = async () => (await ask(installed(), "/")).certificate.serialNumber;
    const first = await serial();
    await server.printed("cp -a /etc/heatloop/tls /root/tls && echo broken > /etc/heatloop/tls/server.crt");
    const { code, printed } = await server.run("/usr/local/lib/heatloop/reload-web.sh");
    expect([code, printed]).toEqual([1, expect.stringContaining("server.crt")]);
    expect(await serial()).toBe(first);
    await server.printed("systemctl start heatloop-certificates.service");
    await waitFor(async () => (await serial()) !== first, "the certificate that was made anew is in use");
    expect(await server.printed("/deploy/install.sh")).toContain("nothing was changed");
  });
}
