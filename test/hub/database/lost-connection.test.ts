import pg from "pg";
import { expect, test } from "vitest";
import { hubDatabase } from "#test/support/hub/database.ts";

test("a connection that is lost in a transaction fails that one, and the next has another", async () => {
  const { database, ownerUrl } = await hubDatabase();
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const lost = database.transaction({}, async (queries) => {
    const row = await queries.first<{ pid: number }>("select pg_backend_pid() as pid");
    await owner.query("select pg_terminate_backend($1, 5000)", [row?.pid]);
    await new Promise((resolve) => setImmediate(resolve));
    return queries.all("select 1");
  });
  await expect(lost).rejects.toThrow();
  expect(await database.transaction({}, (queries) => queries.all("select 1 as one"))).toEqual([{ one: 1 }]);
  await owner.end();
});
