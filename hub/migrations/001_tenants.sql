-- Up Migration

-- What a transaction says of itself: for whom it works. Empty after a transaction that had set it, so nothing is seen then.
create function tenant() returns int stable language sql
  return nullif(current_setting('hub.tenant', true), '')::int;
create function known_user() returns uuid stable language sql
  return nullif(current_setting('hub.user', true), '')::uuid;
create function known_email() returns text stable language sql
  return nullif(current_setting('hub.email', true), '');
create function known_node() returns uuid stable language sql
  return nullif(current_setting('hub.node', true), '')::uuid;
-- SHA-256 of a secret that somebody has shown: of a session, an API token, an invitation or a claim code.
create function known_secret() returns bytea stable language sql
  return decode(nullif(current_setting('hub.secret', true), ''), 'hex');

create table tenants (
  id int generated always as identity primary key,
  public_id uuid not null unique default gen_random_uuid(),
  name text not null check (length(name) between 1 and 100),
  created_at timestamptz not null default now()
);

create table users (
  id uuid primary key default gen_random_uuid(),
  email text not null check (email = lower(email) and length(email) <= 254),
  name text not null default '' check (length(name) <= 100),
  password_hash text,
  is_platform_admin boolean not null default false,
  created_at timestamptz not null default now()
);
create unique index users_email on users (email);

create table memberships (
  tenant_id int not null references tenants,
  user_id uuid not null references users,
  role text not null check (role in ('admin', 'operator', 'viewer')),
  created_at timestamptz not null default now(),
  primary key (tenant_id, user_id)
);
create index memberships_user on memberships (user_id);

-- The homes' programs. Who a node is: node_keys. When it was heard: node_presence.
create table nodes (
  id uuid primary key default gen_random_uuid(),
  tenant_id int not null references tenants,
  name text not null check (length(name) between 1 and 100),
  created_at timestamptz not null default now(),
  claimed_at timestamptz,
  revoked_at timestamptz
);
create index nodes_tenant on nodes (tenant_id, name);

-- The heat pumps of a node. `id` stands in every row of telemetry; people and programs know `public_id`.
create table devices (
  id int generated always as identity primary key,
  public_id uuid not null unique default gen_random_uuid(),
  tenant_id int not null references tenants,
  node_id uuid not null references nodes,
  -- As the home names it: the last word of the topic prefix, and the folder of its archive.
  home_id text not null check (length(home_id) between 1 and 100),
  created_at timestamptz not null default now(),
  unique (node_id, home_id)
);
create index devices_tenant on devices (tenant_id);

alter table tenants enable row level security;
alter table tenants force row level security;
alter table users enable row level security;
alter table users force row level security;
alter table memberships enable row level security;
alter table memberships force row level security;
alter table nodes enable row level security;
alter table nodes force row level security;
alter table devices enable row level security;
alter table devices force row level security;

create policy of_tenant on memberships
  using (tenant_id = (select tenant()) or user_id = (select known_user()))
  with check (tenant_id = (select tenant()));

-- A person is seen by who knows the person, and by the tenants that the person works for.
create policy seen on users for select
  using (
    id = (select known_user())
    or email = (select known_email())
    or exists (select from memberships where memberships.user_id = users.id and memberships.tenant_id = (select tenant()))
  );
create policy added on users for insert with check (id = (select known_user()));
create policy changed on users for update using (id = (select known_user())) with check (id = (select known_user()));

create function is_platform_admin() returns boolean stable language sql
  return exists (select from users where users.id = known_user() and users.is_platform_admin);

create policy seen on tenants for select
  using (
    id = (select tenant())
    or exists (select from memberships where memberships.tenant_id = tenants.id and memberships.user_id = (select known_user()))
    or (select is_platform_admin())
  );
create policy added on tenants for insert with check ((select is_platform_admin()));
create policy changed on tenants for update
  using (id = (select tenant()) or (select is_platform_admin()))
  with check (id = (select tenant()) or (select is_platform_admin()));

create policy of_tenant on nodes
  using (tenant_id = (select tenant()) or id = (select known_node()))
  with check (tenant_id = (select tenant()));
create policy of_tenant on devices
  using (tenant_id = (select tenant()))
  with check (tenant_id = (select tenant()));

grant select, insert on tenants to heatloop_hub_app;
grant update (name) on tenants to heatloop_hub_app;
grant select, insert (id, email, name, password_hash), update (email, name, password_hash) on users to heatloop_hub_app;
grant select, insert, update, delete on memberships to heatloop_hub_app;
grant select, insert, update on nodes to heatloop_hub_app;
grant select, insert, update on devices to heatloop_hub_app;

-- A hub of fewer migrations can't work with these tables any more; a migration that takes something away raises it.
create table oldest_program (least_migrations int not null);
insert into oldest_program values (1);

-- Which key of HUB_SECRETS the hubs have.
create table hub_key (is_single boolean primary key default true check (is_single), fingerprint text not null);
