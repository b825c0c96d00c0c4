import type { FuzzIdentity } from "./fuzz-identity.ts";
import type { FuzzedHub } from "./fuzzed-hub.ts";
import { tenantNames } from "./marked-words.ts";
import { cursorPlace } from "./places.ts";
import { routeSamples } from "./route-samples.ts";
import type { Mark } from "./tenant-rows.ts";

/**
 * Where the second part of each list begins, of each tenant that has an administrator among the identities, by its place and the
 * tenant. Of a list that has one item there is none.
 */
export async function cursorsOf(
  { web, routes, tenants }: FuzzedHub,
  identities: readonly FuzzIdentity[],
  marks: readonly Mark[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const lists = routes.filter(({ method, query }) => method === "GET" && query?.properties?.after !== undefined);
  for (const name of tenantNames) {
    const admin = identities.find((each) => each.name === `admin of ${name}`);
    if (admin === undefined) continue;
    const { id: tenant } = tenants[name];
    for (const route of lists) {
      for (const id of route.url.includes(":id") ? idsOf(marks, tenant) : ["none"]) {
        const query = new URLSearchParams({ ...routeSamples[route.name]?.query, limit: "1" });
        const url = `${route.url.replace(":id", id)}?${query}`;
        const answer = await web.inject({
          method: "GET",
          url,
          headers: await admin.headersFor({ method: "GET", url }),
        });
        const next = answer.statusCode === 200 ? answer.json<{ next?: string | null }>().next : null;
        if (typeof next !== "string") continue;
        found.set(`${cursorPlace(route.name)} ${tenant}`, next);
        break;
      }
    }
  }
  return found;
}

/** The ids that places of a tenant are filled with: the first of each column. */
function idsOf(marks: readonly Mark[], tenant: number): readonly string[] {
  const own = marks.filter(({ value, tenants }) => /^[0-9a-f]{8}-/.test(value) && tenants.join() === String(tenant));
  return [...new Map(own.toReversed().map(({ column, value }) => [column, value])).values()];
}
