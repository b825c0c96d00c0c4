import { expect, test } from "vitest";
import type { ApiDocument, ApiParameter } from "#test/support/hub/api-document.ts";
import { fuzzedHub } from "#test/support/hub/isolation/fuzzed-hub.ts";
import { newSession, withCookie } from "#test/support/hub/isolation/session-identities.ts";
import { hasSchemathesis, runSchemathesis } from "#test/support/schemathesis.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

/** What would end the session or the account that asks, and what needs a provider on the other side. */
const left = /\/(logout|me\/remove|oidc\/\w+)$/;

const checks = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_headers_conformance",
  "response_schema_conformance",
  "negative_data_rejection",
  "unsupported_method",
  "allow_header_conformance",
];

/** Of whom or what nothing may be changed, as what asks would be let in no more. */
const own = /\/(members|sessions)\/\{id\}$/;
const nobodys = ["00000000-0000-4000-8000-000000000000"];

/** Parameters with values that lead somewhere in place of some of those that lead nowhere. */
function withRealValues({ paths, ...rest }: ApiDocument, ids: readonly string[]): ApiDocument {
  const real: Readonly<Record<string, readonly string[]>> = {
    id: ids,
    from: ["2026-10-24", "2026-10-24T00:00:00Z"],
    to: ["2026-10-25", "2026-10-25T12:00:00+01:00"],
  };
  const known = (path: string, { name, schema, ...more }: ApiParameter): ApiParameter => {
    if (own.test(path)) return { ...more, name, schema: { type: "string", enum: nobodys } };
    return {
      ...more,
      name,
      schema: name in real ? { anyOf: [{ type: "string", enum: real[name] ?? [] }, schema] } : schema,
    };
  };
  const kept = Object.entries(paths).filter(([path]) => !left.test(path));
  const changed = kept.map(([path, methods]) => {
    const operations = Object.entries(methods).map(([method, { parameters = [], ...operation }]) => {
      return [method, { ...operation, parameters: parameters.map((each) => known(path, each)) }] as const;
    });
    return [path, Object.fromEntries(operations)] as const;
  });
  return { ...rest, paths: Object.fromEntries(changed) };
}

test.runIf(hasSchemathesis())(
  "whatever an administrator asks leads to no error of the hub, and to no answer that is undocumented",
  async () => {
    const hub = await fuzzedHub();
    const { admin } = hub.tenants.north.people;
    await hub.asOwner("update users set is_platform_admin = true where id = $1", [admin.id]);
    const headers = await withCookie(await newSession(hub, admin))({ method: "", url: "" });
    const url = await hub.web.listen({ host: "127.0.0.1", port: 0 });
    const ids = await hub.asOwner<{ id: string }>(
      "select id from nodes where tenant_id = $1 union all select public_id from devices where tenant_id = $1",
      [hub.tenants.north.id],
    );
    const document = hub.web.swagger() as object as ApiDocument;
    const { code, written } = await runSchemathesis({
      document: withRealValues(
        document,
        ids.map(({ id }) => id),
      ),
      url,
      folder: temporaryFolder(),
      words: [
        ...["--header", `Cookie: ${headers.cookie}`, "--checks", checks.join(",")],
        ...["--phases", "examples,coverage,fuzzing", "--max-time", "45", "-n", "10"],
      ],
    });
    expect(code, written).toBe(0);
  },
  180_000,
);
