import { expect, test } from "vitest";
import { withHeldRows } from "#test/support/hub/held-rows.ts";
import { hubOfPeople, newPerson, password, signedInBrowser } from "#test/support/hub/people.ts";
import { newTenant } from "#test/support/hub/tenants.ts";

const hub = await hubOfPeople();
let tenants = 0;

/** A tenant whose administrator is the only one. */
async function tenantWithAdmin() {
  tenants += 1;
  const tenant = await newTenant(hub.ownerUrl, `Tenant ${tenants}`);
  await hub.asOwner("delete from memberships where tenant_id = $1", [tenant.id]);
  const admin = await newPerson(hub, [{ tenant: tenant.id, role: "admin" }]);
  return { tenant, admin, browser: await signedInBrowser(hub, admin.email) };
}

async function platformAdmin() {
  const { id, email } = await newPerson(hub);
  await hub.asOwner("update users set is_platform_admin = true where id = $1", [id]);
  return signedInBrowser(hub, email);
}

test("an administrator lists members, and another role holds with the next request", async () => {
  const { tenant, admin, browser } = await tenantWithAdmin();
  const member = await newPerson(hub, [{ tenant: tenant.id, role: "admin" }]);
  const theirs = await signedInBrowser(hub, member.email, hub.another());
  const { body } = await browser.get("/api/v1/members");
  expect(body).toMatchObject({ next: null });
  expect((body as { items: { id: string; role: string }[] }).items.map(({ id, role }) => [id, role]).sort()).toEqual(
    [
      [admin.id, "admin"],
      [member.id, "admin"],
    ].sort(),
  );
  expect((await theirs.get("/api/v1/members")).status).toBe(200);
  expect((await browser.send("PATCH", `/api/v1/members/${member.id}`, { role: "viewer" })).status).toBe(200);
  expect((await theirs.get("/api/v1/members")).status).toBe(403);
  expect((await browser.send("DELETE", `/api/v1/members/${member.id}`)).status).toBe(204);
  expect((await theirs.get("/api/v1/members")).status).toBe(409);
  expect((await theirs.get("/api/v1/me")).body).toMatchObject({ tenant: null, tenants: [] });
});

test("the last administrator stays, also where two remove each other at the same moment", async () => {
  const { tenant, admin, browser } = await tenantWithAdmin();
  expect((await browser.send("DELETE", `/api/v1/members/${admin.id}`)).status).toBe(409);
  expect((await browser.send("PATCH", `/api/v1/members/${admin.id}`, { role: "viewer" })).status).toBe(409);
  const second = await newPerson(hub, [{ tenant: tenant.id, role: "admin" }]);
  const theirs = await signedInBrowser(hub, second.email, hub.another());
  const rows = {
    select: "select from memberships where tenant_id = $1 for update",
    values: [tenant.id],
    waiting: 2,
  };
  const answers = await withHeldRows(hub.ownerUrl, rows, () =>
    Promise.all([
      browser.send("DELETE", `/api/v1/members/${second.id}`),
      theirs.send("DELETE", `/api/v1/members/${admin.id}`),
    ]),
  );
  const left = await hub.asOwner("select role from memberships where tenant_id = $1", [tenant.id]);
  expect(left).toEqual([{ role: "admin" }]);
  expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
});

test("members of another organization are not there, in the same words as those who do not exist", async () => {
  const [{ browser }, { admin }] = [await tenantWithAdmin(), await tenantWithAdmin()];
  const nobody = "00000000-0000-4000-8000-000000000000";
  for (const ask of [
    (id: string) => browser.send("DELETE", `/api/v1/members/${id}`),
    (id: string) => browser.send("PATCH", `/api/v1/members/${id}`, { role: "admin" }),
  ]) {
    const [foreign, nowhere] = [await ask(admin.id), await ask(nobody)];
    expect([foreign.status, foreign.body]).toEqual([404, nowhere.body]);
  }
  expect(await hub.asOwner("select role from memberships where user_id = $1", [admin.id])).toEqual([{ role: "admin" }]);
});

test("the platform's administrator makes an organization with its first administrator, and sees names and counts alone", async () => {
  const platform = await platformAdmin();
  const { status, body } = await platform.send("POST", "/api/v1/tenants", {
    name: "Housing",
    admin_email: "boss@example.org",
  });
  expect([status, body]).toMatchObject([201, { name: "Housing", invitation: { email: "boss@example.org" } }]);
  const { id, invitation } = body as { id: string; invitation: { link: string } };
  const secret = invitation.link.split("=")[1];
  const boss = hub.browser();
  const joined = await boss.send("POST", "/api/v1/invitation/accept", { secret, name: "Boss", password });
  expect(joined.body).toMatchObject({ tenant: { id, name: "Housing", role: "admin" }, is_platform_admin: false });

  const { items: tenants } = (await platform.get("/api/v1/tenants")).body as { items: { id: string }[] };
  expect(tenants.find((each) => each.id === id)).toEqual({
    id,
    name: "Housing",
    created_at: expect.any(String),
    held_at: null,
    members: 1,
    nodes: 0,
  });
  expect((await platform.send("PUT", "/api/v1/session", { tenant_id: id })).status).toBe(404);
  expect((await platform.get("/api/v1/members")).status).toBe(409);

  const again = await platform.send("POST", `/api/v1/tenants/${id}/invitations`, { email: "next@example.org" });
  expect([again.status, again.body]).toMatchObject([201, { email: "next@example.org" }]);
  const nowhere = await platform.send("POST", "/api/v1/tenants/00000000-0000-4000-8000-000000000000/invitations", {
    email: "next@example.org",
  });
  expect(nowhere.status).toBe(404);
});

test("an organization is put on hold by the platform's administrator alone, once, and let go again", async () => {
  const platform = await platformAdmin();
  const hold = (id: string, on: boolean, by = platform) => by.send("PUT", `/api/v1/tenants/${id}/hold`, { on });
  const made = await platform.send("POST", "/api/v1/tenants", { name: "Held", admin_email: "held@example.org" });
  const { id } = made.body as { id: string };
  const first = await hold(id, true);
  expect(first).toMatchObject({ status: 200, body: { held_at: expect.any(String) } });
  expect((await hold(id, true)).body).toEqual(first.body);
  const { items: tenants } = (await platform.get("/api/v1/tenants")).body as { items: { id: string }[] };
  expect(tenants.find((each) => each.id === id)).toMatchObject(first.body as object);
  expect((await hold(id, false)).body).toEqual({ held_at: null });
  expect((await hold("00000000-0000-4000-8000-000000000000", true)).status).toBe(404);
  expect((await hold(id, true, hub.browser())).status).toBe(401);
});

test("one more administrator of the platform is invited by one of them alone", async () => {
  const platform = await platformAdmin();
  const { body } = await platform.send("POST", "/api/v1/platform/invitations", { email: "second@example.org" });
  const secret = (body as { link: string }).link.split("=")[1];
  const accepted = await hub.browser().send("POST", "/api/v1/invitation/accept", { secret, name: "Second", password });
  expect(accepted.body).toMatchObject({ is_platform_admin: true });
  const { browser } = await tenantWithAdmin();
  expect((await browser.send("POST", "/api/v1/platform/invitations", { email: "x@example.org" })).status).toBe(403);
});

test("the hub's own role makes nobody an administrator of the platform without an open invitation to that", async () => {
  const { admin, tenant } = await tenantWithAdmin();
  const promote = (secret: Buffer) =>
    hub.database.transaction({ user: admin.id, tenant: tenant.id, secret }, (queries) =>
      queries.first("select accept_platform_invitation(now()) as done"),
    );
  expect(await promote(Buffer.alloc(32))).toEqual({ done: false });
  const forge = hub.database.transaction({ user: admin.id, tenant: tenant.id }, (queries) =>
    queries.change(
      `insert into invitations (id, secret_hash, created_at, expires_at)
       values (gen_random_uuid(), sha256('x'), now(), now() + interval '1 day')`,
    ),
  );
  await expect(forge).rejects.toThrow(/row-level security/);
});

test("organizations are listed part by part", async () => {
  const platform = await platformAdmin();
  const ids: string[] = [];
  let after = "";
  do {
    const { body } = await platform.get(`/api/v1/tenants?limit=2${after && `&after=${after}`}`);
    const part = body as { items: { id: string }[]; next: string | null };
    ids.push(...part.items.map(({ id }) => id));
    after = part.next ?? "";
  } while (after !== "");
  expect(ids).toHaveLength((await hub.asOwner("select id from tenants")).length);
});
