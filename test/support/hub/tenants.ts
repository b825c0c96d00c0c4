import pg from "pg";

/** A tenant with one member and one node. */
export type TestTenant = {
  readonly id: number;
  readonly publicId: string;
  readonly user: string;
  readonly node: string;
};

/** Another node of a tenant, made as the database's owner does; the tenant with that one. */
export async function withAnotherNode(ownerUrl: string, of: TestTenant): Promise<TestTenant> {
  const owner = new pg.Client({ connectionString: ownerUrl, options: "-c search_path=hub" });
  await owner.connect();
  const made = await owner.query("insert into nodes (tenant_id, name) values ($1, 'another home') returning id", [
    of.id,
  ]);
  await owner.end();
  return { ...of, node: made.rows[0].id };
}

/** Makes a tenant with a member and a node, as the database's owner does. */
export async function newTenant(ownerUrl: string, name: string): Promise<TestTenant> {
  const owner = new pg.Client({ connectionString: ownerUrl, options: "-c search_path=hub" });
  await owner.connect();
  const one = async <T>(text: string, values: readonly unknown[]) =>
    (await owner.query(text, [...values])).rows[0] as T;
  try {
    const tenant = await one<{ id: number; public_id: string }>(
      "insert into tenants (name) values ($1) returning id, public_id",
      [name],
    );
    const user = await one<{ id: string }>("insert into users (email, name) values ($1, $2) returning id", [
      `${name.toLowerCase()}-${tenant.public_id}@example.org`,
      `Somebody of ${name}`,
    ]);
    await owner.query("insert into memberships (tenant_id, user_id, role) values ($1, $2, 'admin')", [
      tenant.id,
      user.id,
    ]);
    const node = await one<{ id: string }>("insert into nodes (tenant_id, name) values ($1, $2) returning id", [
      tenant.id,
      `home of ${name}`,
    ]);
    return { id: tenant.id, publicId: tenant.public_id, user: user.id, node: node.id };
  } finally {
    await owner.end();
  }
}
