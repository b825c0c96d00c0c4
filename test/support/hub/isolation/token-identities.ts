import { roles } from "@heatloop/hub/web/caller";
import { type FuzzIdentity, sameHeaders } from "./fuzz-identity.ts";
import type { FuzzedHub } from "./fuzzed-hub.ts";
import type { TenantName } from "./marked-words.ts";
import { newSession, withCookie } from "./session-identities.ts";

const tokensPath = "/api/v1/api-tokens";
const accessPath = "/api/v1/token";
const scopes = { viewer: "read", operator: "write", admin: "admin" } as const;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** API tokens, and the short JWTs that are made of them and of sessions; none where the hub has no route that makes them. */
export async function tokenIdentities(hub: FuzzedHub): Promise<readonly FuzzIdentity[]> {
  if (!hub.routes.some(({ url }) => url === tokensPath)) return [];
  const { north, south } = hub.tenants;
  const found: FuzzIdentity[] = [];
  for (const { name, people } of [north, south]) {
    const cookie = await withCookie(await newSession(hub, people.admin))({ method: "", url: "" });
    for (const role of name === "north" ? roles : (["admin"] as const)) {
      const { token } = await made(hub, tokensPath, cookie, { name: `${role} zq${name}qz`, scope: scopes[role] });
      const { access_token: jwt } = await made(hub, accessPath, bearer(String(token)));
      found.push(holds(`API token of a ${role} of ${name}`, name, String(token)));
      found.push(holds(`JWT of an API token of a ${role} of ${name}`, name, String(jwt)));
    }
    const { access_token: jwt } = await made(hub, accessPath, cookie);
    found.push(holds(`JWT of an administrator of ${name}`, name, String(jwt)));
  }
  return [...found, ...(await tokensThatDoNotHold(hub))];
}

function holds(name: string, tenant: TenantName, token: string): FuzzIdentity {
  return { name, tenants: [tenant], isValid: true, headersFor: sameHeaders(bearer(token)) };
}

async function tokensThatDoNotHold(hub: FuzzedHub): Promise<readonly FuzzIdentity[]> {
  const { clock, tenants, asOwner } = hub;
  const none = (name: string, token: unknown): FuzzIdentity => ({
    ...{ name, tenants: [], isValid: false },
    headersFor: sameHeaders(bearer(String(token))),
  });
  const cookie = await withCookie(await newSession(hub, tenants.north.people.admin))({ method: "", url: "" });
  const newToken = (name: string) => made(hub, tokensPath, cookie, { name: `${name} zqnorthqz`, scope: "admin" });
  const [revoked, expired, good] = [await newToken("revoked"), await newToken("expired"), await newToken("good")];
  const { access_token: ofRevoked } = await made(hub, accessPath, bearer(String(revoked.token)));
  const { access_token: jwt } = await made(hub, accessPath, bearer(String(good.token)));
  const { access_token: ofEnded } = await made(hub, accessPath, cookie);
  const now = clock.now();
  clock.jumpTo(now - 3_600_000);
  const { access_token: old } = await made(hub, accessPath, bearer(String(good.token)));
  clock.jumpTo(now);
  await asOwner("delete from api_tokens where id = $1", [revoked.id]);
  await asOwner("update api_tokens set expires_at = created_at where id = $1", [expired.id]);
  const [secret] = /(?<=_session=).*/.exec(cookie.cookie ?? "") ?? [];
  await asOwner("delete from sessions where id = (select session_id from session_secrets where hash = sha256($1))", [
    Buffer.from(String(secret)),
  ]);
  const [head = "", claims = "", signature = ""] = String(jwt).split(".");
  const unsigned = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString("base64url");
  const others = await southClaims(hub, claims);
  return [
    none("a revoked API token", revoked.token),
    none("an expired API token", expired.token),
    none(
      "an altered API token",
      String(good.token).replace(/.$/, (last) => (last === "A" ? "B" : "A")),
    ),
    none("a JWT of a revoked API token", ofRevoked),
    none("a JWT of a session that has ended", ofEnded),
    none("a JWT of long ago", old),
    none("a JWT whose claims were altered", `${head}.${others}.${signature}`),
    none("a JWT without a signature", `${unsigned}.${claims}.`),
    none("a bearer of nothing", "x"),
  ];
}

/** The claims of a JWT with another tenant in them. */
async function southClaims({ asOwner, tenants }: FuzzedHub, claims: string): Promise<string> {
  const [south] = await asOwner<{ id: string }>("select public_id as id from tenants where id = $1", [
    tenants.south.id,
  ]);
  const said = JSON.parse(Buffer.from(claims, "base64url").toString()) as object;
  return Buffer.from(JSON.stringify({ ...said, tenant: south?.id })).toString("base64url");
}

async function made(
  { web }: FuzzedHub,
  url: string,
  headers: Readonly<Record<string, string>>,
  payload?: object,
): Promise<Readonly<Record<string, unknown>>> {
  const answer = await web.inject({ method: "POST", url, headers, ...(payload && { payload }) });
  if (answer.statusCode >= 300) throw new Error(`no token was made: ${answer.body}`);
  return answer.json();
}
