import { newSecret } from "@heatloop/hub/people/secret";
import { beginSession, longestSessionMs, replaceSecret } from "@heatloop/hub/people/sessions";
import { roles } from "@heatloop/hub/web/caller";
import { type FuzzIdentity, sameHeaders } from "./fuzz-identity.ts";
import type { FuzzedHub } from "./fuzzed-hub.ts";
import type { MarkedPerson } from "./marked-tenants.ts";

const cookieName = "__Host-heatloop_hub_session";
export const withCookie = (secret: string) => sameHeaders({ cookie: `${cookieName}=${secret}` });

/** Whose second factor is switched off is signed out, too. */
const switchesOff = "switches a second factor off";
const lostFactor = {
  second_factors: switchesOff,
  recovery_codes: switchesOff,
  sessions: switchesOff,
  session_secrets: switchesOff,
};

/** The secret of a new session of somebody, who works for a tenant in it. */
export async function newSession(
  { database, clock, asOwner }: FuzzedHub,
  user: MarkedPerson,
  { tenant, at = clock.now() }: { readonly tenant?: number; readonly at?: number } = {},
): Promise<string> {
  const { secret } = await database.transaction({ user: user.id }, (queries) =>
    beginSession(queries, user.id, `Browser of ${user.email}`, at),
  );
  if (tenant !== undefined) await asOwner("update sessions set tenant_id = $2 where user_id = $1", [user.id, tenant]);
  return secret;
}

export async function sessionIdentities(hub: FuzzedHub): Promise<readonly FuzzIdentity[]> {
  const { tenants } = hub;
  const { north, ofTwo, platform } = tenants;
  const found: FuzzIdentity[] = [];
  for (const { name, people } of [north, tenants.south]) {
    for (const role of roles) {
      const headersFor = withCookie(await newSession(hub, people[role]));
      found.push({ name: `${role} of ${name}`, tenants: [name], isValid: true, headersFor });
    }
  }
  const secretOfTwo = await newSession(hub, ofTwo, { tenant: north.id });
  found.push({
    name: "who works for two",
    tenants: ["north", "south"],
    isValid: true,
    headersFor: withCookie(secretOfTwo),
  });
  found.push({
    name: "administrator of the platform",
    tenants: [],
    isValid: true,
    isPlatformAdmin: true,
    mayChange: {
      invitations: "invites administrators",
      mails: "invites administrators",
      tenants: "puts on hold",
      ...lostFactor,
    },
    headersFor: withCookie(await newSession(hub, platform)),
  });
  return [...found, ...(await sessionsThatDoNotHold(hub))];
}

async function sessionsThatDoNotHold(hub: FuzzedHub): Promise<readonly FuzzIdentity[]> {
  const { tenants, database, clock, asOwner } = hub;
  const { admin, viewer } = tenants.north.people;
  const none = (name: string, secret: string): FuzzIdentity => ({
    ...{ name, tenants: [], isValid: false },
    headersFor: withCookie(secret),
  });
  const good = await newSession(hub, admin);
  const ended = await newSession(hub, admin);
  await asOwner("delete from sessions where id = (select session_id from session_secrets where hash = sha256($1))", [
    Buffer.from(ended),
  ]);
  const copied = await newSession(hub, viewer, { at: clock.now() - 3_600_000 });
  const [session] = await asOwner<{ id: string }>(
    "select session_id as id from session_secrets where hash = sha256($1)",
    [Buffer.from(copied)],
  );
  await replaceSecret(database, { id: String(session?.id), user: viewer.id }, copied, clock.now() - 600_000);
  const gone = await newSession(hub, tenants.gone);
  await asOwner("delete from memberships where user_id = $1", [tenants.gone.id]);
  return [
    none("an altered session", `${good.slice(0, -2)}${good.at(-2) === "A" ? "B" : "A"}${good.at(-1)}`),
    none("an expired session", await newSession(hub, admin, { at: clock.now() - longestSessionMs - 1 })),
    none("an ended session", ended),
    none("a forged session", newSecret()),
    none("a cookie that is none", "'; select 1 --"),
    {
      ...none("a copied session", copied),
      mayChange: { sessions: "is ended where its old secret is shown", session_secrets: "go with it" },
    },
    { name: "who is no member any more", tenants: [], isValid: true, headersFor: withCookie(gone) },
  ];
}
