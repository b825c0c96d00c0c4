import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { dayMs } from "@heatloop/core/time/durations";
import { newApiToken } from "@heatloop/hub/people/api-tokens";
import { hashOfSecret } from "@heatloop/hub/people/secret";
import { expect, test } from "vitest";
import { wholeHub } from "#test/support/hub/whole-hub.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

const now = Date.parse("2026-11-21T12:00:00Z");
const hub = await wholeHub(simulatedClock(now));

/** An API token of the tenant that may read. */
async function tokenOfTenant(): Promise<string> {
  const secret = newApiToken();
  await hub.database.transaction({ tenant: hub.tenant.id }, (queries) =>
    queries.change(
      "insert into api_tokens (id, tenant_id, name, scope, secret_hash, created_at, expires_at) values ($1, $2, 'docs', 'read', $3, $4, $5)",
      [randomUUID(), hub.tenant.id, hashOfSecret(secret), new Date(now), new Date(now + dayMs)],
    ),
  );
  return secret;
}

test("the Python program of docs/hub-api.md prints each day of each heat pump", async () => {
  const devices = ["cellar", "barn"].map((name) => ({ name, days: name === "cellar" ? 120 : 1 }));
  const datesOf = (days: number) => Array.from({ length: days }, (_, i) => Date.parse("2026-03-01") + i * dayMs);
  await hub.rows.partitions.cover(datesOf(120), ["home_days"]);
  for (const { name, days } of devices) {
    await hub.database.transaction({ tenant: hub.tenant.id }, async (queries) => {
      const device = await queries.first<{ id: number }>(
        "insert into devices (tenant_id, node_id, home_id) values ($1, $2, $3) returning id",
        [hub.tenant.id, hub.tenant.node, name],
      );
      await queries.change(
        `insert into home_days (tenant_id, device_id, date, made_at, seconds, heat_wh, covered_s, starts, defrosts, complete)
           select $1, $2, date, $4, 86400, 5000, 86400, 1, 0, true from unnest($3::date[]) as date`,
        [hub.tenant.id, device?.id, datesOf(days).map((at) => new Date(at).toISOString().slice(0, 10)), new Date(now)],
      );
    });
  }
  const [, program = ""] = /```python\n([\s\S]*?)```/.exec(readFileSync("docs/hub-api.md", "utf8")) ?? [];
  const env = { PATH: process.env.PATH, HUB_URL: hub.url, HUB_TOKEN: await tokenOfTenant() };
  const { stdout } = await promisify(execFile)("python3", ["-c", program], { env });
  const lines = stdout.trim().split("\n");
  // More than a part of a list has where nobody says how many.
  expect(lines.filter((line) => /^cellar 2026-\d\d-\d\d 5000$/.test(line))).toHaveLength(120);
  expect(lines.filter((line) => line === "barn 2026-03-01 5000")).toHaveLength(1);
  expect(lines).toHaveLength(121);
});
