import type { Database } from "@heatloop/hub/database/database";
import { confirmFactor, enrol } from "@heatloop/hub/people/second-factor";
import type { HubSecrets } from "@heatloop/hub/settings/secrets";
import type { Role } from "@heatloop/hub/web/caller";
import { Secret, TOTP } from "otpauth";

/** Codes of second factors of a tenant's people, each of which holds at the time of the fuzz. */
export type MarkedFactors = {
  /** Of the viewer, who has begun to set one up. */
  readonly begun: string;
  /** Of the operator, who has one: of the app, and a recovery code. */
  readonly confirmed: string;
  readonly recovery: string;
};

const stepMs = 30_000;

type Person = { readonly id: string; readonly email: string };

/** Has two people of a tenant set a second factor up. */
export async function markedFactors(
  { database, secrets, now }: { readonly database: Database; readonly secrets: HubSecrets; readonly now: number },
  { viewer, operator }: Readonly<Record<Role, Person>>,
): Promise<MarkedFactors> {
  const begin = async ({ id: user, email }: Person) => {
    const begun = await database.transaction({ user }, (queries) => enrol(queries, secrets, { user, email, now }));
    const totp = new TOTP({ secret: Secret.fromBase32(begun?.secret ?? "") });
    return (timestamp: number) => totp.generate({ timestamp });
  };
  const [ofViewer, ofOperator] = [await begin(viewer), await begin(operator)];
  const before = now - stepMs;
  const codes = await database.transaction({ user: operator.id }, (queries) =>
    confirmFactor(queries, secrets, { user: operator.id, code: ofOperator(before), now: before }),
  );
  if (codes === undefined) throw new Error("a second factor was not confirmed");
  return { begun: ofViewer(now), confirmed: ofOperator(now), recovery: codes[0] ?? "" };
}
