import pg from "pg";

const groups = ["heatloop_hub_app", "heatloop_hub_jobs", "heatloop_hub_reader"] as const;

/** Makes the roles that the tables' grants are for. Throws with a sentence for a person where the owner may not make roles. */
export function prepareGroups(owner: pg.Client): Promise<void> {
  return allowed(async () => {
    for (const group of groups) await owner.query(unlessThere(`create role ${group} nologin`));
    await owner.query(unlessThere("grant heatloop_hub_jobs to current_user"));
  });
}

/**
 * Makes the role that the hub signs in as, with this password, and answers its name. It owns nothing, and no policy is waived
 * for it. Throws with a sentence for a person where that cannot be.
 */
export async function prepareAppRole(owner: pg.Client, password: string): Promise<string> {
  const { rows } = await owner.query<{ database: string }>("select current_database() as database");
  const role = `${rows[0]?.database}_app`.slice(0, 63);
  const name = pg.escapeIdentifier(role);
  await allowed(async () => {
    await owner.query(unlessThere(`create role ${name} login`));
    await owner.query(`alter role ${name} with password ${pg.escapeLiteral(password)}`);
    await owner.query(unlessThere(`grant heatloop_hub_app to ${name}`));
  });
  await refusePowerful(owner, role);
  return role;
}

async function allowed(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if ((error as pg.DatabaseError).code !== insufficientPrivilege) throw error;
    throw new Error(
      "HUB_DATABASE_URL: its user may not create roles, which the hub needs to keep tenants apart: let an administrator of " +
        'the database run "alter role <user> createrole"',
    );
  }
}

/** Somebody may have given the role what would let it see every tenant's rows. */
async function refusePowerful(owner: pg.Client, role: string): Promise<void> {
  const powers = "select rolsuper or rolbypassrls as powerful from pg_roles where rolname = $1";
  const { rows } = await owner.query<{ powerful: boolean }>(powers, [role]);
  if (rows[0]?.powerful === false) return;
  throw new Error(
    `the role ${role} would see the rows of every tenant: let an administrator of the database run ` +
      `"alter role ${role} nosuperuser nobypassrls"`,
  );
}

const insufficientPrivilege = "42501";

/** Another hub, or one of another database of this server, may make the same at this very moment. */
function unlessThere(statement: string): string {
  return `do $do$ begin ${statement}; exception when duplicate_object or unique_violation then null; end $do$`;
}
