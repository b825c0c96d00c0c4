import { z } from "zod";
import type { Queries } from "../database/queries.ts";
import { idSchema } from "../web/ids.ts";
import { timeOf, timeSchema } from "../web/times.ts";
import type { PeopleContext } from "./context.ts";
import { type Invited, invitationForMs, invitationLink, makeInvitation } from "./invitations.ts";
import { newSecret } from "./secret.ts";

/** An invitation that was just made. */
export const madeInvitationSchema = z.object({
  id: idSchema,
  email: z.string(),
  expires_at: timeSchema,
  link: z
    .url()
    .nullable()
    .describe("to be handed over, once: who has it can accept; null where the hub sends it by mail"),
});

/**
 * Makes an invitation and has it mailed. Where the hub sends no mail the answer has the link, for who has asked to hand over.
 */
export async function invite(
  { clock, publicUrl, outbox }: PeopleContext,
  queries: Queries,
  invited: Invited & { readonly email: string },
): Promise<z.output<typeof madeInvitationSchema>> {
  const now = clock.now();
  const secret = newSecret();
  const link = invitationLink(publicUrl, secret);
  const { email, tenant } = invited;
  const mail = outbox.isOn
    ? await outbox.add(
        queries,
        { ...(await mailOf(queries, invited, link)), tenant, expiresAt: now + invitationForMs },
        now,
      )
    : null;
  const { id, expiresAt } = await makeInvitation(queries, invited, { now, secret, mail });
  return { id, email, expires_at: timeOf(expiresAt), link: mail === null ? link : null };
}

async function mailOf(queries: Queries, { tenant, email }: Invited & { readonly email: string }, link: string) {
  const named = await queries.first<{ name: string }>("select name from tenants where id = $1", [tenant]);
  const where = named === undefined ? "as an administrator of the platform" : `by ${named.name}`;
  return {
    to: email,
    subject: `You are invited to Heatloop ${where}`.replace(/[\p{Cc}\s]+/gu, " "),
    text: [
      `You are invited to Heatloop ${where}. Open this link within 7 days to accept:`,
      link,
      "Whoever has the link can accept, so keep it to yourself. If you do not expect it, there is nothing to do.",
    ].join("\n\n"),
  };
}
