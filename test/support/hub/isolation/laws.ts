import type { FuzzIdentity } from "./fuzz-identity.ts";
import type { FuzzAnswer, FuzzScene } from "./fuzz-scene.ts";
import { type TenantName, tenantNames, wordOf } from "./marked-words.ts";
import type { FuzzedRoute, RouteInput } from "./route-inputs.ts";

/** Routes by which the platform's administrators learn whether there is an account of an e-mail address, with the reason. */
const saysToPlatform: Readonly<Record<string, string>> = {
  "POST /api/v1/platform/second-factor-off": "who mistypes the address of somebody who waits has to know",
};

/** What an administrator of the platform sees of every tenant. */
const seenByPlatform = new Set(["tenants.public_id", "tenants.name"]);

/** Routes that go on behind their answer: how many statements they run by then is a matter of luck. */
const goesOnBehind: Readonly<Record<string, string>> = {
  "POST /api/v1/password-reset": "mails the link after the answer, so that it takes as long for any address",
};

/** Rows that anybody may add for a person of any tenant, by route. */
const addedByAnybody: Readonly<Record<string, readonly string[]>> = {
  "POST /api/v1/password-reset": ["password_resets"],
};

/** One request of an identity, and what of the laws it is held to. */
type Asked = {
  readonly scene: FuzzScene;
  readonly identity: FuzzIdentity;
  readonly route: FuzzedRoute;
  readonly answer: FuzzAnswer;
  /** Whose values were put into the request, and whether they were some just like them. */
  readonly tenant: number;
  readonly isMissing: boolean;
  /** Ids of the tenants whose rows it may see and change. */
  readonly entitled: readonly number[];
};

/** Whether an answer was let through at all: of all laws it then says more than a refusal. */
export type WasAnswered = (route: FuzzedRoute, identity: FuzzIdentity, answer: FuzzAnswer) => void;

/** Has an identity ask a route, for what is its own, another tenant's and nobody's. Throws where a law is broken. */
export async function holdLaws(
  scene: FuzzScene,
  {
    identity,
    route,
    input,
  }: { readonly identity: FuzzIdentity; readonly route: FuzzedRoute; readonly input: RouteInput },
  wasAnswered: WasAnswered = () => {},
): Promise<void> {
  const idOf = (name: TenantName) => scene.hub.tenants[name].id;
  const own = identity.tenants.map(idOf);
  const other = idOf(tenantNames.find((name) => !identity.tenants.includes(name)) as TenantName);
  const ask = async (tenant: number, isMissing: boolean) => {
    const answer = await scene.ask(identity, route, input, { tenant, isMissing });
    wasAnswered(route, identity, answer);
    const isGiven = !isMissing && answer.put.some(({ column }) => column.startsWith("secret:"));
    const asked = { scene, identity, route, answer, tenant, isMissing, entitled: isGiven ? [...own, tenant] : own };
    for (const broken of [errorIn(asked), leakIn(asked), changeIn(asked), letIn(asked), goesOnIn(asked)]) {
      if (broken !== undefined) throw new Error(described(asked, broken));
    }
    return asked;
  };
  const foreign = await ask(other, false);
  if (foreign.answer.put.length === 0) return;
  if (own[0] !== undefined) await ask(own[0], false);
  if (foreign.answer.put.some(({ column }) => column.startsWith("secret:"))) return;
  if (identity.isPlatformAdmin === true && foreign.answer.put.some(({ column }) => seenByPlatform.has(column))) return;
  if (identity.isPlatformAdmin === true && route.name in saysToPlatform) return;
  const missing = await ask(other, true);
  const hint = hintIn(foreign, missing);
  if (hint !== undefined) throw new Error(described(foreign, hint));
}

function described({ identity, answer }: Asked, broken: string): string {
  const { method, url, payload } = answer.request;
  const lines = [broken, `asked by: ${identity.name}`, `request: ${method} ${url} ${payload ?? ""}`];
  return [...lines, `answer: ${answer.status} ${answer.body.slice(0, 1_000)}`].join("\n");
}

function errorIn({ answer }: Asked): string | undefined {
  return answer.status >= 500 ? "the hub has an error of its own" : undefined;
}

/** Words and ids of tenants in the answer that are not the asker's; what the asker has said itself is no news. */
function leakIn({ scene, identity, answer, entitled }: Asked): string | undefined {
  const { body, headers, put } = answer;
  const isSeen = (column: string, tenants: readonly number[]) =>
    tenants.some((id) => entitled.includes(id)) || (identity.isPlatformAdmin === true && seenByPlatform.has(column));
  const known = [...put.map(({ text }) => text)];
  const foreign: string[] = [];
  for (const { value, column, tenants } of scene.rows.marks) (isSeen(column, tenants) ? known : foreign).push(value);
  const said = [body, JSON.stringify(headers)].join("\n");
  let text = [said, ...decodedIn(said)].join("\n").toLowerCase();
  const words = tenantNames.filter((name) => !entitled.includes(scene.hub.tenants[name].id)).map(wordOf);
  const hasForeign = () => [...foreign, ...words].find((value) => text.includes(value.toLowerCase()));
  if (hasForeign() === undefined) return undefined;
  // The longest first, so that no part of one is left.
  for (const each of known.sort((a, b) => b.length - a.length)) text = text.replaceAll(each.toLowerCase(), "");
  const found = hasForeign();
  return found === undefined ? undefined : `the answer has something of another tenant: ${found}`;
}

/** What stands in cursors, tokens and links. */
function decodedIn(text: string): string[] {
  const encoded = text.match(/[\w-]{16,}/g) ?? [];
  return [text.replaceAll("%40", "@"), ...encoded.map((each) => Buffer.from(each, "base64url").toString("latin1"))];
}

function changeIn({ identity, route, answer, entitled }: Asked): string | undefined {
  const may = [...Object.keys(identity.mayChange ?? {}), ...(addedByAnybody[route.name] ?? [])];
  const found = answer.changed.find(
    ({ table, owners }) => owners.length > 0 && !owners.some((id) => entitled.includes(id)) && !may.includes(table),
  );
  return found === undefined ? undefined : `rows of another tenant were changed, in ${found.table}`;
}

/** Of a proof that does not hold: no route lets it in that needs one. */
function letIn({ identity, route, answer }: Asked): string | undefined {
  if (identity.isValid || route.needs === "nobody") return undefined;
  // An id that is too long is refused before anybody is looked at.
  if ([...(identity.refusedWith ?? [401, 403]), 414].includes(answer.status)) return undefined;
  return "a proof that does not hold was taken";
}

/** Where a list goes on for somebody by a cursor of another tenant, or by one that nobody was shown. */
function goesOnIn({ answer, entitled, tenant, isMissing }: Asked): string | undefined {
  const isOthers = isMissing || !entitled.includes(tenant);
  const isTaken = isOthers && answer.status < 400 && answer.put.some(({ column }) => column.startsWith("cursor:"));
  return isTaken ? "a cursor of another tenant, or a forged one, was taken" : undefined;
}

/** Where the answer for an id of another tenant is not the one for an id of nobody. */
function hintIn(foreign: Asked, missing: Asked): string | undefined {
  const [a, b] = [comparable(foreign.answer), comparable(missing.answer)];
  if (a !== b) return `an id of another tenant is answered otherwise than one of nobody:\n${a}\n${b}`;
  if (foreign.route.name in goesOnBehind) return undefined;
  const [some, others] = [foreign, missing].map(({ answer }) => answer.statements.join("\n"));
  return some === others
    ? undefined
    : `an id of another tenant takes other statements:\n${some}\n-- nobody's:\n${others}`;
}

/** An answer without the ids that were asked for, and without what is random: new ids and secrets. */
function comparable({ status, headers, body, put }: FuzzAnswer): string {
  const { date: _date, "content-length": _length, ...rest } = headers;
  let text = JSON.stringify([status, rest, body]);
  for (const each of put) text = text.replaceAll(each.text, "ID");
  return text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\w-]{43,}/gi, "RANDOM");
}
