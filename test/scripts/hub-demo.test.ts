import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { dayMs } from "@heatloop/core/time/durations";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "#scripts/base/free-port.ts";
import { waitFor } from "#test/support/wait-for.ts";

const script = join(import.meta.dirname, "../../scripts/hub-demo");

function startDemo(args: readonly string[]) {
  const child = spawn(script, args, { stdio: ["ignore", "pipe", "pipe"], detached: true });
  const exit = once(child, "exit").then(([code]) => code as number);
  onTestFinished(() => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (said += piece));
  return {
    said: () => said,
    exit,
    interrupt: () => process.kill(-(child.pid as number), "SIGINT"),
  };
}

test("shows homes with a past in one command, and takes all of it away with Ctrl-C", async () => {
  const port = await freePort();
  const demo = startDemo(["--homes", "3", "--days", "1", "--port", String(port)]);
  await waitFor(() => demo.said().includes("Ctrl-C ends it."), "the demo runs", 80_000);
  const said = demo.said();
  const rows = [...said.matchAll(/^Mill Lane \d +(\d) +([\d.]+) +([\d.]+)$/gm)].map(([, ...figures]) =>
    figures.map(Number),
  );
  expect(rows).toHaveLength(3);
  // Yesterday, and not the very same heat pump three times.
  for (const [days, heat, electricity] of rows) {
    expect(days).toBe(1);
    expect(heat).toBeGreaterThan(electricity ?? 0);
  }
  expect(new Set(rows.map(([, heat]) => heat)).size).toBe(3);

  const [, email, password] = /Green Homes +(\S+) \/ (\S+)/.exec(said) ?? [];
  const url = `http://127.0.0.1:${port}`;
  const login = await fetch(`${url}/api/v1/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  expect(login.status).toBe(200);
  const cookie = login.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const devices = await waitFor(async () => {
    const answer = await fetch(`${url}/api/v1/devices`, { headers: { cookie } });
    const all = ((await answer.json()) as { items: { id: string; home_id: string }[] }).items;
    return all.some(({ home_id: name }) => name === "heatpump/cellar") ? all : undefined;
  }, "the monitor of another system has published");
  const home = devices.find(({ home_id: name }) => name !== "heatpump/cellar");
  const date = (at: number) => new Date(at).toISOString().slice(0, 10);
  const range = `from=${date(Date.now() - 2 * dayMs)}&to=${date(Date.now() + dayMs)}`;
  const reply = await fetch(`${url}/api/v1/devices/${home?.id}/hours?${range}&limit=500`, { headers: { cookie } });
  expect(((await reply.json()) as { items: unknown[] }).items.length).toBeGreaterThan(24);

  const { items: nodes } = (await (await fetch(`${url}/api/v1/nodes`, { headers: { cookie } })).json()) as {
    items: { id: string }[];
  };
  const past = `from=${new Date(Date.now() - dayMs).toISOString()}&to=${new Date().toISOString()}`;
  const gaps = (await waitFor(async () => {
    const answer = await fetch(`${url}/api/v1/nodes/${nodes[0]?.id}/gaps?${past}`, { headers: { cookie } });
    const report = (await answer.json()) as { all_sent_at: string | null; devices: { missing_minutes: number }[] };
    return report.all_sent_at === null ? undefined : report;
  }, "the home has said that it has sent all")) as { devices: { missing_minutes: number }[] };
  expect(gaps.devices[0]?.missing_minutes).toBeLessThan(10);

  demo.interrupt();
  expect(await demo.exit).toBe(0);
  await expect(fetch(url)).rejects.toThrow();
}, 120_000);

test.each<[readonly string[], RegExp]>([
  [["--homes", "0"], /--homes takes a whole number from 1 to 100, not "0"/],
  [["--days", "many", "--port", "0"], /--days takes .*\n.*--port takes/],
])("%j is refused with what is allowed", async (args, why) => {
  const demo = startDemo(args);
  expect(await demo.exit).toBe(2);
  expect(demo.said()).toMatch(why);
  expect(existsSync(script)).toBe(true);
});
