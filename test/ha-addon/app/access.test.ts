import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { freePort } from "#scripts/base/free-port.ts";
import { cookieIn } from "#test/support/examples/owned-web.ts";
import { startedProgram } from "#test/support/started-program.ts";

const password = "correct horse battery";

async function started(environment: Readonly<Record<string, string>> = {}, folder?: string) {
  const options = { mqtt: { url: `mqtt://127.0.0.1:${await freePort()}` } };
  const program = startedProgram({ options, environment, ...(folder !== undefined && { folder }) });
  const url = await program.url();
  const send = (method: string, path: string, body: object, headers = {}) =>
    fetch(url + path, {
      method,
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  const status = async (headers = {}) => (await fetch(`${url}/api/devices`, { headers })).status;
  return { ...program, send, status };
}

describe("the program", () => {
  it("that listens on every address warns until a password is set, which outlives a power cut with its sessions", async () => {
    const everywhere = { HEATLOOP_HOST: "0.0.0.0" };
    const first = await started(everywhere);
    expect(first.written()).toContain("WARN no password is set, so Heatloop answers this machine only");
    expect([await first.status(), await first.status({ via: "1.1 proxy" })]).toEqual([200, 403]);
    const set = await first.send("PUT", "/api/password", { password });
    expect(set.status).toBe(200);
    const cookie = cookieIn(set.headers.get("set-cookie") ?? "");
    const made = await first.send("POST", "/api/tokens", { name: "Grafana", scope: "read" }, { cookie });
    const { token } = (await made.json()) as { token: string };
    expect((statSync(join(first.folder, "access.json")).mode & 0o777).toString(8)).toBe("600");
    first.child.kill("SIGKILL");
    const { written } = await first.ended();

    const second = await started(everywhere, first.folder);
    expect(second.written()).not.toContain("no password is set");
    expect(await second.status()).toBe(401);
    expect(await second.status({ cookie })).toBe(200);
    expect(await second.status({ authorization: `Bearer ${token}` })).toBe(200);
    for (const secret of [password, cookie.split("=")[1] ?? "", token]) {
      expect(written + second.written()).not.toContain(secret);
    }
  }, 60_000);

  it("under the Supervisor has no password, and takes no change that somebody passed on without a user", async () => {
    const { send, status } = await started({ SUPERVISOR_TOKEN: "the-supervisor's-token", HEATLOOP_HOST: "127.0.0.1" });
    expect((await send("PUT", "/api/password", { password })).status).toBe(409);
    expect(await status({ "x-ingress-path": "/x" })).toBe(200);
    const forged = { "x-ingress-path": "/x", "x-remote-user-id": "admin" };
    expect((await send("PUT", "/api/settings", { time_zone: "UTC" }, forged)).status).toBe(403);
    expect((await send("PUT", "/api/settings", { time_zone: "UTC" })).status).toBe(200);
  }, 60_000);
});
