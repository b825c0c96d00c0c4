import { afterAll } from "vitest";
import { newTestKey } from "../test-node.ts";
import { cursorsOf } from "./fuzz-cursors.ts";
import type { BareRequest, FuzzIdentity } from "./fuzz-identity.ts";
import { type FuzzedHub, fuzzedHub, type MoreRoutes } from "./fuzzed-hub.ts";
import { identityKinds } from "./identity-kinds.ts";
import { markedPassword } from "./marked-tenants.ts";
import { tenantNames } from "./marked-words.ts";
import { filled, type PlacedValues, type PlaceFiller, type PutValue, placedValues } from "./places.ts";
import type { FuzzedRoute, RouteInput } from "./route-inputs.ts";
import { type ChangedRows, keptRows, type TenantRows } from "./tenant-rows.ts";

/** What a hub answered, and what it did meanwhile. */
export type FuzzAnswer = {
  readonly request: BareRequest;
  readonly put: readonly PutValue[];
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly statements: readonly string[];
  readonly changed: readonly ChangedRows[];
};

/** A hub and everybody who asks it. Each request finds it as it was in the beginning. */
export type FuzzScene = {
  readonly hub: FuzzedHub;
  readonly identities: readonly FuzzIdentity[];
  readonly rows: TenantRows;
  readonly values: PlacedValues;
  ask(identity: FuzzIdentity, route: FuzzedRoute, input: RouteInput, filler: PlaceFiller): Promise<FuzzAnswer>;
};

export async function openFuzzScene(more?: MoreRoutes): Promise<FuzzScene> {
  const hub = await fuzzedHub(more);
  const identities: FuzzIdentity[] = [];
  for (const make of Object.values(identityKinds)) identities.push(...(await make(hub)));
  const rows = await keptRows(hub.ownerUrl);
  afterAll(rows.close);
  const values = placedValues(
    rows.marks,
    new Map([...secretsOf(hub), ...(await cursorsOf(hub, identities, rows.marks))]),
  );
  const unknownKey = newTestKey().x;
  return {
    ...{ hub, identities, rows, values },
    async ask(identity, route, input, filler) {
      const fixed = { "public key": unknownKey, ...identity.fixed };
      const { value, put } = filled(input, values, { ...filler, fixed });
      const request = requestOf(route, value);
      const { method, url, payload } = request;
      const headers = {
        ...(await identity.headersFor(request)),
        ...(payload !== undefined && { "content-type": "application/json" }),
      };
      hub.statements.taken();
      const answer = await hub.web.inject({
        ...{ method: method as "GET", url, headers, remoteAddress: "198.51.100.7" },
        ...(payload !== undefined && { payload }),
      });
      const statements = hub.statements.taken();
      await hub.statements.settled();
      const { statusCode: status, body } = answer;
      const changed = await rows.changedAndRestored();
      return { request, put, status, headers: answer.headers, body, statements, changed };
    },
  };
}

/** What is a secret of each tenant, by its place. */
function secretsOf({ tenants }: FuzzedHub): ReadonlyMap<string, string> {
  return new Map(
    tenantNames.flatMap((name) => {
      const { id, secrets, factors } = tenants[name];
      return [
        [`secret:invitation ${id}`, secrets.invitation],
        [`secret:reset ${id}`, secrets.reset],
        [`secret:claim code ${id}`, secrets.claimCode],
        [`secret:password ${id}`, markedPassword],
        ...Object.entries(factors).map(([name, code]) => [`code:${name} ${id}`, code] as const),
      ] as const;
    }),
  );
}

function requestOf({ method, url }: FuzzedRoute, { params, query, body }: RouteInput): BareRequest {
  const path = url.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(textOf(params[name])));
  const asked = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((each) => `${encodeURIComponent(name)}=${encodeURIComponent(textOf(each))}`),
  );
  const { pathname, search } = new URL(`https://hub.example${path}${asked.length > 0 ? `?${asked.join("&")}` : ""}`);
  const hasBody = body !== undefined && method !== "GET" && method !== "HEAD";
  return { method, url: `${pathname}${search}`, ...(hasBody && { payload: JSON.stringify(body) }) };
}

function textOf(value: unknown): string {
  return (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).toWellFormed();
}
