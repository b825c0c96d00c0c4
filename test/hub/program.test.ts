import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { emptyDatabase, postgresOfFile } from "#test/support/hub/database.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

const main = join(import.meta.dirname, "../../hub/src/main.ts");

function startProgram(env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", main], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (printed += piece));
  const ended = once(child, "exit").then(([code]) => code as number);
  return { child, ended, printed: () => printed };
}

async function startedHub() {
  const secrets = temporaryFolder();
  const env = {
    HUB_DATABASE_URL: await emptyDatabase(),
    HUB_MQTT_URL: "mqtt://127.0.0.1:9",
    HUB_SECRETS: secrets,
    HUB_PORT: "0",
  };
  const program = startProgram(env);
  const url = await waitFor(() => /the hub is ready url=(\S+)/.exec(program.printed())?.[1], "the hub is ready");
  return { ...program, url, env };
}

test("without its variables it names all that is missing and ends with 2", async () => {
  const { ended, printed } = startProgram({ HUB_PORT: "none" });
  expect(await ended).toBe(2);
  expect(printed().split("\n").slice(1, -1)).toEqual([
    expect.stringMatching(/^ {2}HUB_DATABASE_URL: found nothing; allowed: postgres:/),
    expect.stringMatching(/^ {2}HUB_MQTT_URL: found nothing; allowed: mqtt/),
    expect.stringMatching(/^ {2}HUB_PORT: .* allowed: a port from 0 to 65535$/),
    expect.stringMatching(/^ {2}HUB_SECRETS: found nothing; allowed: the path of a folder/),
  ]);
});

test("with a database that is not there it says so and ends with 1", async () => {
  const { ended, printed } = startProgram({
    HUB_DATABASE_URL: "postgres://owner:hunter2@127.0.0.1:9/heatloop",
    HUB_MQTT_URL: "mqtt://127.0.0.1:9",
    HUB_SECRETS: temporaryFolder(),
  });
  expect(await ended).toBe(1);
  expect(printed()).toMatch(/ERROR the hub cannot start why="HUB_DATABASE_URL: the database cannot be reached/);
  expect(printed()).not.toContain("hunter2");
});

test("it starts, says that it is well, and ends in order at a signal", async () => {
  const { child, ended, url } = await startedHub();
  const answer = await fetch(`${url}/health`);
  expect([answer.status, await answer.json()]).toEqual([200, { status: "ok", version: "0.1.0", database: "ok" }]);
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
});

test("it says that the database is away, lives on, and is well again when that is back", async () => {
  const { child, url } = await startedHub();
  const postgres = await postgresOfFile();
  await postgres.stop("kill");
  const health = async () => (await fetch(`${url}/health`)).status;
  expect(await health()).toBe(503);
  await postgres.start();
  await waitFor(async () => (await health()) === 200, "it is well again");
  expect(child.exitCode).toBe(null);
});

test("a port that is taken is told of", async () => {
  const { url, env } = await startedHub();
  const second = startProgram({ ...env, HUB_PORT: new URL(url).port });
  expect(await second.ended).toBe(1);
  expect(second.printed()).toContain("EADDRINUSE");
});

test("its first administrator comes in by the link in the secrets, and the log has no word of it", async () => {
  const { url, env, printed } = await startedHub();
  const link = await readFile(join(env.HUB_SECRETS, "first-invitation"), "utf8");
  const secret = /#invitation=([\w-]{43})$/m.exec(link)?.[1] ?? "no link";
  const ask = (path: string, body: object) =>
    fetch(`${url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const [email, password] = ["first@example.org", "correct horse battery"];
  const accepted = await ask("/api/v1/invitation/accept", { secret, email, password, name: "The First" });
  expect([accepted.status, await accepted.json()]).toMatchObject([200, { email, is_platform_admin: true }]);
  const { headers } = await ask("/api/v1/login", { email, password });
  const cookie = headers.get("set-cookie")?.split(";", 1)[0] ?? "";
  const tenants = await fetch(`${url}/api/v1/tenants`, { headers: { cookie } });
  expect([tenants.status, await tenants.json()]).toEqual([200, { items: [], next: null }]);
  for (const hidden of [secret, password, email, cookie.split("=")[1]]) expect(printed()).not.toContain(hidden);
});
