import { expect, test } from "vitest";
import { hubOfPeople, newPerson, password, signedInBrowser } from "#test/support/hub/people.ts";
import { newTenant } from "#test/support/hub/tenants.ts";

const hub = await hubOfPeople({ oidc: { issuer: "http://127.0.0.1:9", clientId: "heatloop" } });
const north = await newTenant(hub.ownerUrl, "North");

type Operation = { readonly summary?: string; readonly tags?: readonly string[]; readonly responses: object };

test("every route is in the documentation, with what it is for and what it answers", async () => {
  await hub.app.ready();
  const { paths } = (
    hub.app as unknown as { swagger(): { paths: Record<string, Record<string, Operation>> } }
  ).swagger();
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
  );
  expect(operations.length).toBeGreaterThan(30);
  const bare = operations.filter(({ operation }) => !operation.summary || !operation.tags?.length);
  expect(bare.map(({ name }) => name)).toEqual([]);
});

test("a name that no database takes is refused as a mistake, wherever it is said", async () => {
  const { id, email } = await newPerson(hub, [{ tenant: north.id, role: "admin" }]);
  await hub.asOwner("update users set is_platform_admin = true where id = $1", [id]);
  const admin = await signedInBrowser(hub, email);
  const { body } = await admin.send("POST", "/api/v1/invitations", { email: "new@example.org", role: "viewer" });
  const secret = (body as { link: string }).link.split("=")[1];
  const name = "Nobody\u0000";
  const answers = [
    await admin.send("POST", "/api/v1/tenants", { name, admin_email: "a@example.org" }),
    await admin.send("POST", "/api/v1/api-tokens", { name, scope: "read" }),
    await hub.browser().send("POST", "/api/v1/invitation/accept", { secret, name, password }),
    await hub.browser().send("POST", "/api/v1/login", { email: "a\u0000@example.org", password }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
});

test("nobody who has not signed in gets anything but the ways in", async () => {
  const { paths } = (
    hub.app as unknown as { swagger(): { paths: Record<string, Record<string, Operation>> } }
  ).swagger();
  const open: string[] = [];
  for (const [path, methods] of Object.entries(paths)) {
    for (const method of Object.keys(methods)) {
      const url = path.replace("{id}", "00000000-0000-4000-8000-000000000000");
      const { statusCode } = await hub.app.inject({ method: method.toUpperCase() as "GET", url });
      if (statusCode !== 401) open.push(`${method} ${path}`);
    }
  }
  expect(open.sort()).toEqual([
    "get /.well-known/jwks.json",
    "get /api/v1/login",
    "get /api/v1/oidc/callback",
    "get /api/v1/oidc/login",
    "post /api/v1/invitation/accept",
    "post /api/v1/invitation/look",
    "post /api/v1/login",
    "post /api/v1/logout",
    "post /api/v1/password-reset",
    "post /api/v1/password-reset/confirm",
  ]);
});
