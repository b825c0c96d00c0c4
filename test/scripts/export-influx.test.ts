import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { firstDate, influxWorld } from "#test/ha-addon/influx/influx-world.ts";
import { recordingServer } from "#test/support/channels/recording-server.ts";
import { rome } from "#test/support/examples/archive.ts";
import { influxUser, startInfluxDb, type TestInfluxDb } from "#test/support/influx/influxdb.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const script = fileURLToPath(new URL("../../scripts/export-influx.ts", import.meta.url));
const start = rome.startOf(firstDate) + 23 * 60 * minuteMs;

let server: TestInfluxDb;
beforeAll(async () => {
  server = await startInfluxDb();
}, 90_000);
afterAll(() => server?.close());

/** Runs `scripts/export-influx` as a person would. */
function exported(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(
      process.execPath,
      [script, ...args],
      { env: { ...process.env, LC_ALL: "C", ...env } },
      (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code), out, err });
      },
    );
  });
}

/** The folder of an archive of two hours over midnight, with one transition. */
async function archiveFolder() {
  const world = await influxWorld();
  await world.logMinutes(start, start + 120 * minuteMs);
  await world.writeTransition(start + 30 * secondMs, "compressor", "off", "on");
  return { world, common: ["--archive", join(world.folder, "archive"), "--time-zone", "Europe/Rome"] };
}

describe("scripts/export-influx", () => {
  it("sends the rows of a range to a real server, with the password from a file, and again without another row", async () => {
    const { world, common } = await archiveFolder();
    const secretFile = join(world.folder, "password");
    writeFileSync(secretFile, `${influxUser.password}\n`);
    const to = ["--url", server.url, "--api", "1", "--database", "heatloop", "--username", influxUser.username];
    const args = [...common, ...to, "--secret-file", secretFile, "--tag", "house=My house"];
    expect(await exported([...args, "--to", firstDate])).toMatchObject({ code: 0, out: "61 rows were sent.\n" });
    expect(await exported(args)).toMatchObject({ code: 0, out: "121 rows were sent.\n", err: "" });
    const rows = await server.query("SELECT heat_wh, device, house FROM heatloop_minute");
    const archived = [...world.archived()].map(([time, { heat_wh }]) => ({
      ...{ time, heat_wh, device: "pump", house: "My house" },
    }));
    expect(rows).toEqual(archived);
    expect((await server.query("SELECT * FROM heatloop_transition")).length).toBe(1);
  }, 90_000);

  it("writes line protocol into a file, which the server takes as it is", async () => {
    const { world, common } = await archiveFolder();
    const file = join(world.folder, "rows.txt");
    expect(await exported([...common, "--file", file, "--tag", "house=file"])).toMatchObject({
      ...{ code: 0, out: `121 rows are in ${file}.\n` },
    });
    const body = readFileSync(file, "utf8");
    const out = await exported([...common, "--file", "-", "--tag", "house=file"]);
    expect(out).toMatchObject({ code: 0, out: body });
    const authorization = `Basic ${Buffer.from(`${influxUser.username}:${influxUser.password}`).toString("base64")}`;
    const url = `${server.url}/write?db=heatloop&precision=ms`;
    expect((await fetch(url, { method: "POST", headers: { authorization }, body })).status).toBe(204);
    const rows = await server.query("SELECT heat_wh FROM heatloop_minute WHERE house = 'file'");
    expect(rows).toEqual([...world.archived()].map(([time, { heat_wh }]) => ({ time, heat_wh })));
  }, 90_000);

  it("tries again where a server is busy, and says where to go on where it refuses, without the token", async () => {
    const { common } = await archiveFolder();
    const busy = await recordingServer(undefined, { status: 503 }, ...Array(20).fill({ status: 204 }));
    const to = (url: string) => [...common, "--url", url, "--bucket", "heat"];
    const secret = { HEATLOOP_INFLUX_SECRET: "a-secret-token" };
    expect(await exported(to(busy.url), secret)).toMatchObject({
      ...{ code: 0, out: "121 rows were sent.\n", err: "it answers 503; trying again in 1 s\n" },
    });
    expect(busy.requests[0]?.headers.authorization).toBe("Token a-secret-token");
    const refusing = await recordingServer(undefined, { status: 204 }, { status: 401, body: "no a-secret-token" });
    const { code, err } = await exported(to(refusing.url), secret);
    expect(code).toBe(1);
    expect(err).toMatch(/401: no \*\*\*; check the user .*61 rows were sent; --from 2024-10-27 goes on with pump/);
  }, 90_000);

  it("says what is wrong with its arguments, all at once, and what it found nothing of", async () => {
    const wrong = await exported(["--api", "3", "--tag", "a", "--from", "2024-02-30", "--secret", "x"]);
    expect(wrong.code).toBe(2);
    for (const part of [
      "--archive is missing",
      "--api takes one of 1, 2",
      "NAME=VALUE",
      "--from takes",
      "--secret is not",
    ]) {
      expect(wrong.err).toContain(part);
    }
    const folder = temporaryFolder();
    const to = ["--archive", folder, "--url", "http://127.0.0.1:1"];
    expect((await exported([...to, "--api", "1"])).err).toContain("--database takes the name of the database");
    expect((await exported([...to, "--bucket", "b", "--tag", "device=x"])).err).toContain("--tag takes");
    expect((await exported([...to, "--file", "x"])).err).toContain("--url does not go with --file");
    mkdirSync(join(folder, "pump"));
    expect(await exported([...to, "--bucket", "b"])).toMatchObject({
      code: 1,
      err: expect.stringContaining("no rows"),
    });
    expect((await exported(["--help"])).out).toContain("Usage: scripts/export-influx");
  }, 90_000);
});
