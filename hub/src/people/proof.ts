import { badRequest, Problem } from "@heatloop/program/http/problem";
import type { FastifyRequest } from "fastify";
import { personOf } from "../web/caller.ts";
import type { PeopleContext } from "./context.ts";
import { codeRule } from "./schemas.ts";
import { hasFactor, takeCode } from "./second-factor.ts";

/**
 * Has the person who asks prove the password, and what `more` asks for, bounded in tries. Throws a 403 where the password is wrong, also
 * where the person has none.
 */
export async function provePassword(
  { database, passwords, tries, addressOf }: PeopleContext,
  request: FastifyRequest,
  password: string,
  more: () => Promise<void> = async () => {},
): Promise<{ readonly email: string }> {
  const { user } = personOf(request);
  const begun = await tries.begin({ person: user, address: addressOf(request) });
  const account = await database.transaction({ user }, (queries) =>
    queries.first<{ email: string; kept: string | null }>(
      "select email, password_hash as kept from users where id = $1",
      [user],
    ),
  );
  const { isRight } = await passwords.compare(password, account?.kept);
  if (account === undefined || !isRight) throw new Problem(403, "The password is not right.");
  await more();
  await begun.succeeded();
  return account;
}

/** As `provePassword`, and with a code of the second factor where the person has one. Throws a 400 where that is missing or wrong. */
export function proveOneself(
  context: PeopleContext,
  request: FastifyRequest,
  { password, code }: { readonly password: string; readonly code?: string | undefined },
): Promise<{ readonly email: string }> {
  const { database, secrets, clock } = context;
  const { user } = personOf(request);
  return provePassword(context, request, password, async () => {
    const isRight = await database.transaction({ user }, async (queries) => {
      if (!(await hasFactor(queries, user))) return true;
      return code !== undefined && (await takeCode(queries, secrets, { user, code, now: clock.now() }));
    });
    if (!isRight) throw wrongCode("code");
  });
}

/** A 400 for a code that is missing, is not right, was used before, or is too old. */
export function wrongCode(path: string): Problem {
  return badRequest([{ path, found: "no code that is right and was not used before", allowed: codeRule }]);
}
