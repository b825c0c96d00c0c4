import { Problem } from "@heatloop/program/http/problem";
import { z } from "zod";
import { callerOf, type Role, standingOf } from "../web/caller.ts";
import { askedIdSchema, idSchema } from "../web/ids.ts";
import { addList, behind, newestFirst } from "../web/list.ts";
import { noSuch, nothing, problemsOf } from "../web/problems.ts";
import { timeOf, timeSchema } from "../web/times.ts";
import type { Routes } from "../web/web.ts";
import type { PeopleContext } from "./context.ts";
import { invite, madeInvitationSchema } from "./invite.ts";
import { emailSchema, roleSchema, smallBodyBytes } from "./schemas.ts";

const tags = ["invitations"];
/** More than anybody waits for at once. */
const mostOpen = 200;

const states = ["open", "accepted", "revoked", "expired"] as const;
type State = (typeof states)[number];

const invitationSchema = z.object({
  id: idSchema,
  email: z.string(),
  role: roleSchema,
  state: z.enum(states),
  created_at: timeSchema,
  expires_at: timeSchema,
  mail: z
    .enum(["none", "waiting", "sent", "failed"])
    .describe("none: the link was handed over; failed: it is not tried again, so revoke it and invite anew"),
  mail_failure: z.string().nullable().describe("why the last try to send it failed"),
});

/** Invitations to a tenant, for its administrators. */
export function invitationRoutes(context: PeopleContext): Routes {
  return (app) => {
    makeRoute(context)(app);
    listRoute(context)(app);
    revokeRoute(context)(app);
  };
}

function makeRoute(context: PeopleContext): Routes {
  const { database, clock, log, wakeMails } = context;
  return (app) => {
    app.post(
      "/api/v1/invitations",
      {
        config: { needs: "admin" },
        bodyLimit: smallBodyBytes,
        schema: {
          summary: "Invites somebody to the organization",
          description: "The link works once, for 7 days. Where the hub sends no mail, the answer has the link.",
          tags,
          body: z.strictObject({ email: emailSchema, role: roleSchema }),
          response: { 201: madeInvitationSchema, ...problemsOf(409, 413, 415) },
        },
      },
      async (request, reply) => {
        const { tenant } = standingOf(request);
        const { email, role } = request.body;
        const caller = callerOf(request);
        const madeBy = caller.kind === "person" ? caller.user : null;
        const now = clock.now();
        const made = await database.transaction({ tenant }, async (queries) => {
          const open = await queries.first<{ count: number }>(
            `select count(*) as count from invitations
             where tenant_id = $1 and expires_at > $2 and accepted_at is null and revoked_at is null`,
            [tenant, new Date(now)],
          );
          if ((open?.count ?? 0) >= mostOpen) {
            throw new Problem(409, `${mostOpen} invitations are open: revoke some, or wait until they are accepted.`);
          }
          const isMember = await queries.first(
            "select 1 from memberships m join users u on u.id = m.user_id where m.tenant_id = $1 and u.email = $2",
            [tenant, email],
          );
          if (isMember !== undefined) throw new Problem(409, "Somebody with this e-mail address is a member already.");
          return invite(context, queries, { tenant, role, email, madeBy });
        });
        log.info("somebody was invited", { invitation: made.id, tenant, role });
        void wakeMails();
        return reply.code(201).send(made);
      },
    );
  };
}

type Row = {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly created: number;
  readonly expires: number;
  readonly accepted: number | null;
  readonly revoked: number | null;
  readonly mail: string | null;
  readonly sent: number | null;
  readonly dead: number | null;
  readonly failure: string | null;
};

function listRoute({ database, clock }: PeopleContext): Routes {
  return (app) =>
    addList(app, "/api/v1/invitations", {
      needs: "admin",
      summary: "The organization's invitations, the newest first; those of more than a month ago are forgotten",
      tags,
      item: invitationSchema,
      place: newestFirst,
      async read({ request }, { after, most }) {
        const { tenant } = standingOf(request);
        const rows = await database.transaction({ tenant }, (queries) =>
          queries.all<Row>(
            `select i.id, i.email, i.role, i.created_at as created, i.expires_at as expires, i.accepted_at as accepted,
               i.revoked_at as revoked, i.mail_id as mail, m.sent_at as sent, m.dead_at as dead, m.failure
             from invitations i left join mails m on m.id = i.mail_id
             where i.tenant_id = $1 and ($2::timestamptz is null or (i.created_at, i.id) < ($2, $3::uuid))
             order by i.created_at desc, i.id desc limit $4`,
            [tenant, ...behind(after), most],
          ),
        );
        const now = clock.now();
        return rows.map((row) => ({ item: invitationJson(row, now), place: [row.created, row.id] }));
      },
    });
}

function invitationJson(row: Row, now: number): z.output<typeof invitationSchema> {
  const { id, email, role, created, expires, failure } = row;
  return {
    ...{ id, email, role, state: stateOf(row, now) },
    created_at: timeOf(created),
    expires_at: timeOf(expires),
    mail: mailStateOf(row),
    mail_failure: failure,
  };
}

function stateOf({ accepted, revoked, expires }: Row, now: number): State {
  if (accepted !== null) return "accepted";
  if (revoked !== null) return "revoked";
  return now >= expires ? "expired" : "open";
}

function mailStateOf({ mail, sent, dead }: Row): "none" | "waiting" | "sent" | "failed" {
  if (mail === null) return "none";
  if (sent !== null) return "sent";
  return dead === null ? "waiting" : "failed";
}

function revokeRoute({ database, clock, log }: PeopleContext): Routes {
  return (app) => {
    app.delete(
      "/api/v1/invitations/:id",
      {
        config: { needs: "admin" },
        schema: {
          summary: "Withdraws an invitation that nobody has accepted",
          tags,
          params: z.object({ id: askedIdSchema("an invitation", "/api/v1/invitations") }),
          response: { 204: nothing, ...problemsOf(404) },
        },
      },
      async (request, reply) => {
        const { tenant } = standingOf(request);
        const revoked = await database.transaction({ tenant }, (queries) =>
          queries.change(
            "update invitations set revoked_at = $3 where id = $1 and tenant_id = $2 and accepted_at is null and revoked_at is null",
            [request.params.id, tenant, new Date(clock.now())],
          ),
        );
        if (revoked === 0) throw noSuch("open invitation");
        log.info("an invitation was withdrawn", { invitation: request.params.id });
        return reply.code(204).send();
      },
    );
  };
}
