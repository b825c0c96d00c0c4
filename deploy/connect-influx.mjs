#!/usr/bin/env node
// Has Heatloop write into the InfluxDB 1 beside it, and makes a user there who may read. Node.js alone, no packages.
// Usage: connect-influx.mjs connect|check, with lines `name=password` in stdin: influx_admin, influx_heatloop, influx_grafana,
// heatloop_page. No secret is an argument, none is printed. InfluxDB is at HEATLOOP_INFLUX_URL.
// Exit 0: all is there; 1: something is missing; 2: it failed.
import { readFileSync } from "node:fs";
import { ask, jsonOf, signIn } from "./page-api.mjs";

const [mode] = process.argv.slice(2);
const url = process.env.HEATLOOP_INFLUX_URL ?? "http://127.0.0.1:8086";
const database = "heatloop";
const passwords = Object.fromEntries(
  readFileSync(0, "utf8")
    .split("\n")
    .filter((line) => line.includes("="))
    .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
);

/** The HTTP status of a query, and what stands in the answer as an error. */
async function query(q, user) {
  const login = Buffer.from(`${user}:${passwords[`influx_${user}`]}`).toString("base64");
  const answer = await fetch(`${url}/query?${new URLSearchParams({ db: database })}`, {
    method: "POST",
    headers: { authorization: `Basic ${login}` },
    body: new URLSearchParams({ q }),
    signal: AbortSignal.timeout(30_000),
  });
  const { error, results } = await answer.json();
  return { status: answer.status, error: error ?? results?.find((each) => each.error !== undefined)?.error };
}

const isTaken = async (q, user) => (await query(q, user)).error === undefined;

async function asAdmin(q) {
  const { error } = await query(q, "admin");
  if (error !== undefined) throw new Error(`InfluxDB refuses ${q.split(" ").slice(0, 2).join(" ")}: ${error}`);
}

async function isDatabaseWhole() {
  for (const user of ["heatloop", "grafana"]) if (!(await isTaken("SHOW MEASUREMENTS", user))) return false;
  return true;
}

/** Users have the passwords of stdin afterwards, whatever they had before. */
async function makeDatabase() {
  if (!(await isTaken("SHOW DATABASES", "admin"))) {
    // Without an administrator it takes this, and nothing else, from anybody.
    await asAdmin(`CREATE USER admin WITH PASSWORD '${passwords.influx_admin}' WITH ALL PRIVILEGES`);
  }
  await asAdmin(`CREATE DATABASE ${database}`);
  for (const [user, may] of Object.entries({ heatloop: "ALL", grafana: "READ" })) {
    const password = passwords[`influx_${user}`];
    if (!(await isTaken(`CREATE USER ${user} WITH PASSWORD '${password}'`, "admin"))) {
      await asAdmin(`SET PASSWORD FOR ${user} = '${password}'`);
    }
    await asAdmin(`GRANT ${may} ON ${database} TO ${user}`);
  }
}

/** The cookie of a session of Heatloop's page; undefined where its owner has chosen another password. */
const session = () => signIn(passwords.heatloop_page);

/** Who has Heatloop write elsewhere has decided so. */
async function isHeatloopTold(cookie) {
  const { influx } = await jsonOf("/api/settings", { cookie });
  return influx !== undefined && influx.url !== "" && influx.url !== undefined;
}

async function tellHeatloop(cookie) {
  const influx = { on: true, url, version: 1, database, username: "heatloop" };
  await ask("PUT", "/api/settings", { body: { influx }, cookie });
  await ask("PUT", "/api/influx/secret", { body: { secret: passwords.influx_heatloop }, cookie });
}

async function main() {
  const cookie = await session();
  const isTold = cookie === undefined || (await isHeatloopTold(cookie));
  if (mode === "check") {
    process.exitCode = isTold && (await isDatabaseWhole()) ? 0 : 1;
  } else {
    if (!(await isDatabaseWhole())) await makeDatabase();
    if (!isTold) await tellHeatloop(cookie);
    if (cookie === undefined) {
      console.log(
        `Heatloop's page has a password of your own: enter ${url}, version 1, database and user heatloop there`,
      );
    }
  }
  if (cookie !== undefined) await ask("POST", "/api/logout", { body: {}, cookie });
}

main().catch((error) => {
  process.stderr.write(`${error.cause?.message ?? error.message}\n`);
  process.exitCode = 2;
});
