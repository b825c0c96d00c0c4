import { confirmFactor } from "@heatloop/hub/people/second-factor";
import { standingOf } from "@heatloop/hub/web/caller";
import { Problem } from "@heatloop/program/http/problem";
import { expect, test } from "vitest";
import { z } from "zod";
import { fuzzRoute } from "#test/support/hub/isolation/fuzz-route.ts";
import { openFuzzScene } from "#test/support/hub/isolation/fuzz-scene.ts";
import type { MoreRoutes } from "#test/support/hub/isolation/fuzzed-hub.ts";

const params = z.object({ id: z.uuid() });
const summary = "A route with a fault";

/** Routes as a newcomer may add them, each of which breaks a law; the owner's statements are bound by no policy. */
const faults: MoreRoutes =
  ({ owner, database, secrets, clock }) =>
  (app) => {
    app.get("/x/shown/:id", { config: { needs: "viewer" }, schema: { summary, params } }, async (request) =>
      owner.transaction({}, async (queries) => ({
        node: (await queries.first("select name from nodes where id = $1", [request.params.id])) ?? null,
      })),
    );
    app.get("/x/in-a-header", { config: { needs: "nobody" }, schema: { summary } }, async (_request, reply) => {
      const row = await owner.transaction({}, (queries) =>
        queries.first<{ id: string }>("select public_id as id from devices order by id limit 1"),
      );
      return reply.header("x-cursor", Buffer.from(`["${row?.id}"]`).toString("base64url")).send({});
    });
    app.post("/x/changed/:id", { config: { needs: "nobody" }, schema: { summary, params } }, async (request) => {
      await owner.transaction({}, (queries) =>
        queries.change("update nodes set name = 'mine' where id = $1", [request.params.id]),
      );
      return {};
    });
    app.delete("/x/told/:id", { config: { needs: "admin" }, schema: { summary, params } }, async (request) => {
      const found = await owner.transaction({}, (queries) =>
        queries.first("select 1 from claim_codes where id = $1", [request.params.id]),
      );
      throw new Problem(found === undefined ? 404 : 403, "There is no such thing, or not for you.");
    });
    app.post(
      "/x/slower",
      { config: { needs: "viewer" }, schema: { summary, body: z.object({ node: z.uuid() }) } },
      async (request) => {
        const found = await owner.transaction({}, (queries) =>
          queries.first("select 1 from nodes where id = $1", [request.body.node]),
        );
        if (found !== undefined) await database.answers();
        if (found !== undefined) await database.transaction({}, (queries) => queries.first("select 1"));
        throw new Problem(404, "There is no such node.");
      },
    );
    app.get(
      "/x/broken",
      { config: { needs: "nobody" }, schema: { summary, querystring: z.object({ name: z.string().optional() }) } },
      async (request) => {
        const { name = null } = request.query;
        return database.transaction({}, (queries) => queries.all("select $1::text", [name]));
      },
    );
    app.get(
      "/x/listed",
      { config: { needs: "viewer" }, schema: { summary, querystring: z.object({ after: z.string().optional() }) } },
      async (request) => {
        const { after } = request.query;
        if (after !== undefined) app.cursors.placeIn(after, "for anybody", z.int());
        return {
          items: [],
          next: after === undefined ? app.cursors.cursorOf(standingOf(request).tenant, "for anybody") : null,
        };
      },
    );
    app.post(
      "/x/confirmed",
      { config: { needs: "person" }, schema: { summary, body: z.object({ code: z.string() }) } },
      async (request) => {
        const begun = await owner.transaction({}, (queries) =>
          queries.all<{ user: string }>("select user_id as user from second_factors where confirmed_at is null"),
        );
        for (const { user } of begun) {
          await owner.transaction({ user }, (queries) =>
            confirmFactor(queries, secrets, { user, code: request.body.code, now: clock.now() }),
          );
        }
        return {};
      },
    );
    app.get("/x/hidden/:id", { config: { needs: "viewer" }, schema: { hide: true, params } }, async (request) =>
      owner.transaction({}, async (queries) => ({
        member: await queries.all("select email from users where id = $1", [request.params.id]),
      })),
    );
  };

const scene = await openFuzzScene(faults);

test.each([
  ["GET /x/shown/:id", /something of another tenant: .*zq/],
  ["GET /x/in-a-header", /something of another tenant: [0-9a-f-]{36}/],
  ["POST /x/changed/:id", /rows of another tenant were changed, in nodes/],
  ["DELETE /x/told/:id", /an id of another tenant is answered otherwise than one of nobody/],
  ["POST /x/slower", /an id of another tenant takes other statements/],
  ["GET /x/broken", /the hub has an error of its own/],
  ["GET /x/listed", /a cursor of another tenant, or a forged one, was taken/],
  ["POST /x/confirmed", /rows of another tenant were changed, in (second_factors|recovery_codes)/],
  ["GET /x/hidden/:id", /something of another tenant/],
])("the fault of %s is found, without anybody telling of the route", async (name, found) => {
  const route = scene.hub.routes.find((each) => each.name === name);
  if (route === undefined) throw new Error(`the fuzz does not know of ${name}`);
  await expect(fuzzRoute(scene, route)).rejects.toThrow(found);
});

test("a proof that does not hold and is taken is found", async () => {
  const route = scene.hub.routes.find(({ name }) => name === "GET /api/v1/nodes");
  const [admin] = scene.identities.filter(({ name }) => name === "admin of north");
  if (route === undefined || admin === undefined) throw new Error("the fuzz has no such route or identity");
  const found = fuzzRoute({ ...scene, identities: [{ ...admin, isValid: false }] }, route);
  await expect(found).rejects.toThrow(/a proof that does not hold was taken/);
});
