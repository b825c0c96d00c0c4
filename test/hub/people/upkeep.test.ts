import { hourMs } from "@heatloop/core/time/durations";
import { test } from "vitest";
import { hubOfPeople, newPerson, signedInBrowser } from "#test/support/hub/people.ts";
import { waitFor } from "#test/support/wait-for.ts";

const hub = await hubOfPeople();

test("each hour what is over is removed, and nothing else", async () => {
  const { email, id } = await newPerson(hub);
  await signedInBrowser(hub, email);
  await hub.asOwner(
    `insert into sessions (id, user_id, created_at, seen_at, ends_at)
     select gen_random_uuid(), $1, now() - interval '2 days', now(), now() - interval '1 day' from generate_series(1, 3)`,
    [id],
  );
  await hub.asOwner(
    "insert into login_tries (key, since, forget_at) select sha256('x'), now(), now() - interval '1 minute'",
  );
  const counts = async () => {
    const [row] = await hub.asOwner<{ sessions: number; tries: number }>(
      "select (select count(*) from sessions)::int as sessions, (select count(*) from login_tries)::int as tries",
    );
    return row;
  };
  const before = await counts();
  hub.clock.advanceTo(hub.clock.now() + hourMs);
  await waitFor(async () => (await counts())?.sessions === 1, "the sessions that are over are removed");
  await waitFor(async () => (await counts())?.tries === (before?.tries ?? 0) - 1, "the try is forgotten");
});
