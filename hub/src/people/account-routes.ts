import { dayMs } from "@heatloop/core/time/durations";
import { Problem } from "@heatloop/program/http/problem";
import { z } from "zod";
import { workFor } from "../database/database.ts";
import type { Queries } from "../database/queries.ts";
import { personOf } from "../web/caller.ts";
import { noSuch, nothing, problemsOf } from "../web/problems.ts";
import type { Routes } from "../web/web.ts";
import type { PeopleContext } from "./context.ts";
import { isLastAdmin } from "./last-admin.ts";
import type { MailToSend } from "./outbox.ts";
import { proveOneself } from "./proof.ts";
import { codeSchema, emailSchema, shownPasswordSchema, smallBodyBytes } from "./schemas.ts";
import { removeFactor } from "./second-factor.ts";

const noticeForMs = 3 * dayMs;

const proofShape = {
  password: shownPasswordSchema.describe("one's own"),
  code: codeSchema.optional().describe("of one's own second factor, where there is one"),
};

/** An account's end, and the way back in for who has lost the second factor. */
export function accountRoutes(context: PeopleContext): Routes {
  return (app) => {
    removeRoute(context)(app);
    lostFactorRoute(context)(app);
  };
}

function removeRoute(context: PeopleContext): Routes {
  const { database, log, sessionCookie } = context;
  return (app) => {
    app.post(
      "/api/v1/me/remove",
      {
        config: { needs: "person" },
        bodyLimit: smallBodyBytes,
        schema: {
          summary: "Removes one's account, with its sessions and memberships",
          description:
            "What belongs to organizations stays with them, API tokens too. Who signs in by a provider alone sets a password first, by " +
            "POST /api/v1/password-reset.",
          tags: ["people"],
          body: z.strictObject(proofShape),
          response: { 204: nothing, ...problemsOf(409, 413, 415) },
        },
      },
      async (request, reply) => {
        const { user, isPlatformAdmin } = personOf(request);
        if (isPlatformAdmin) {
          throw new Problem(409, "This account administers the platform, and stays for as long as it does.");
        }
        await proveOneself(context, request, request.body);
        await database.transaction({ user }, (queries) => removeAccount(queries, user));
        log.info("somebody has removed the own account", { user });
        return reply.code(204).header("set-cookie", sessionCookie.forget).send();
      },
    );
  };
}

/** Organizations in one order, so that two people who leave the same ones take turns. */
async function removeAccount(queries: Queries, user: string): Promise<void> {
  const tenants = await queries.all<{ tenant: number; name: string }>(
    `select t.id as tenant, t.name from memberships m join tenants t on t.id = m.tenant_id where m.user_id = $1 order by t.id`,
    [user],
  );
  for (const { tenant, name } of tenants) {
    await workFor(queries, tenant);
    if (await isLastAdmin(queries, tenant, user)) {
      throw new Problem(409, `You are the last administrator of ${name}: make somebody else one first.`);
    }
  }
  await queries.change("delete from memberships where user_id = $1", [user]);
  await queries.change("delete from users where id = $1", [user]);
}

function lostFactorRoute(context: PeopleContext): Routes {
  const { database, outbox, wakeMails, clock, log } = context;
  return (app) => {
    app.post(
      "/api/v1/platform/second-factor-off",
      {
        config: { needs: "platform" },
        bodyLimit: smallBodyBytes,
        schema: {
          summary:
            "Switches somebody's second factor off, who has lost it and the recovery codes; all sessions of that person end",
          description: "Make sure who it is that asks you. The person is told by mail, where the hub sends any.",
          tags: ["platform"],
          body: z.strictObject({ email: emailSchema, ...proofShape }),
          response: { 204: nothing, ...problemsOf(404, 413, 415) },
        },
      },
      async (request, reply) => {
        const { email, ...proof } = request.body;
        await proveOneself(context, request, proof);
        const person = await database.transaction({ email }, (queries) =>
          queries.first<{ id: string }>("select id from users where email = $1", [email]),
        );
        if (person === undefined) throw noSuch("account");
        const now = clock.now();
        await database.transaction({ user: person.id }, async (queries) => {
          await removeFactor(queries, person.id);
          await queries.change("delete from sessions where user_id = $1", [person.id]);
          if (outbox.isOn) await outbox.add(queries, noticeTo(email, now), now);
        });
        log.warn("a second factor was switched off by an administrator of the platform", {
          user: person.id,
          by: personOf(request).user,
        });
        void wakeMails();
        return reply.code(204).send();
      },
    );
  };
}

function noticeTo(to: string, now: number): MailToSend {
  return {
    to,
    subject: "Your second factor at Heatloop was switched off",
    text: [
      "An administrator of the hub has switched off the second factor of your account, and all your sessions have ended.",
      "Sign in with your password, and set a new one up. If you have not asked for this, tell the administrator.",
    ].join("\n\n"),
    tenant: null,
    expiresAt: now + noticeForMs,
  };
}
