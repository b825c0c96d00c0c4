-- Up Migration

-- What nodes sign with. At most two live side by side, so that one can take the place of the other.
create table node_keys (
  id uuid primary key default gen_random_uuid(),
  tenant_id int not null references tenants,
  node_id uuid not null references nodes,
  slot smallint not null check (slot in (1, 2)),
  alg text not null check (alg in ('ed25519', 'hmac-sha256')),
  -- The 32 bytes of an Ed25519 key; of a shared secret, what HubSecrets.seal made of it.
  public_key bytea check (length(public_key) = 32),
  sealed_secret bytea,
  created_at timestamptz not null,
  unique (node_id, slot),
  check ((alg = 'ed25519') = (public_key is not null) and (alg = 'hmac-sha256') = (sealed_secret is not null))
);

-- One-time codes by which a home becomes a node of a tenant.
create table claim_codes (
  id uuid primary key default gen_random_uuid(),
  tenant_id int not null references tenants,
  name text not null check (length(name) between 1 and 100),
  code_hash bytea not null unique check (length(code_hash) = 32),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  node_id uuid references nodes
);
create index claim_codes_tenant on claim_codes (tenant_id, created_at, id);
create index claim_codes_expire on claim_codes (expires_at);

-- How often an address has tried codes that are none; source is the SHA-256 of it.
create table claim_attempts (
  source bytea primary key check (length(source) = 32),
  since timestamptz not null,
  attempts int not null
);
create index claim_attempts_since on claim_attempts (since);

-- What was signed once and must not be taken again. In the log of the database as all else, as a table that a crash empties
-- would open a minute for replays. No foreign key: it would lock the node's row at each request.
create table node_nonces (
  created_at timestamptz not null,
  node_id uuid not null,
  nonce text not null,
  primary key (created_at, node_id, nonce)
);

-- When a node was heard and what it said of itself; changed each minute. Room in each page keeps the new version beside the old.
create table node_presence (
  node_id uuid primary key references nodes,
  tenant_id int not null references tenants,
  status text not null default 'NEW' check (status in ('NEW', 'ONLINE', 'OFFLINE')),
  last_seen_at timestamptz,
  -- Since when it was heard without a pause that would make it OFFLINE.
  steady_since timestamptz,
  -- Since when it has been OFFLINE as it was silent. The row of that follows when it is heard again, as a thousand may fall silent at once.
  silent_since timestamptz,
  version text,
  os_version text,
  uptime_s bigint,
  last_reboot_at timestamptz,
  disk_free_bytes bigint,
  memory_bytes bigint,
  -- How far the node's clock is ahead of the hub's.
  clock_ahead_s real
) with (fillfactor = 70);
create index node_presence_online on node_presence (last_seen_at) where status = 'ONLINE';

-- No foreign key: a row follows from the node's row in node_presence, which has one.
create table node_statuses (
  id bigint generated always as identity,
  tenant_id int not null,
  node_id uuid not null,
  at timestamptz not null,
  status text not null check (status in ('ONLINE', 'OFFLINE')),
  why text not null check (why in ('heard', 'silent', 'revoked')),
  primary key (node_id, at, id)
);

create index node_statuses_at on node_statuses (at);

-- Every change of a node's status, the silence that still lasts too.
create view node_changes with (security_invoker = true) as
  select tenant_id, node_id, at, status, why, id from node_statuses
  union all
  select tenant_id, node_id, silent_since, 'OFFLINE', 'silent', null from node_presence where silent_since is not null;

-- By which the broker knows a node. Those of nodes that were revoked are in the list that the broker has of them.
create table node_certificates (
  serial text primary key check (serial ~ '^[0-9a-f]{32}$'),
  tenant_id int not null references tenants,
  node_id uuid not null references nodes,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index node_certificates_node on node_certificates (node_id);
create index node_certificates_revoked on node_certificates (revoked_at) where revoked_at is not null;
create index nodes_revoked on nodes (revoked_at) where revoked_at is not null;

-- Of the hubs together: when they last looked for silent nodes, and since when they can hear any.
create table node_sweep (
  is_single boolean primary key default true check (is_single),
  swept_at timestamptz not null default 'epoch',
  hearing_since timestamptz not null default 'epoch'
);
insert into node_sweep default values;

alter table node_keys enable row level security;
alter table node_keys force row level security;
alter table claim_codes enable row level security;
alter table claim_codes force row level security;
alter table claim_attempts enable row level security;
alter table claim_attempts force row level security;
alter table node_nonces enable row level security;
alter table node_nonces force row level security;
alter table node_presence enable row level security;
alter table node_presence force row level security;
alter table node_statuses enable row level security;
alter table node_statuses force row level security;

create policy of_tenant on node_keys
  using (tenant_id = (select tenant()) or node_id = (select known_node()))
  with check (tenant_id = (select tenant()));
alter table node_certificates enable row level security;
alter table node_certificates force row level security;
create policy of_tenant on node_certificates
  using (tenant_id = (select tenant()) or node_id = (select known_node()))
  with check (tenant_id = (select tenant()));
create policy all_tenants on node_certificates to heatloop_hub_jobs using (true);
create policy all_tenants on nodes for select to heatloop_hub_jobs using (true);
create policy of_tenant on claim_codes
  using (tenant_id = (select tenant()) or code_hash = (select known_secret()))
  with check (tenant_id = (select tenant()));
create policy of_source on claim_attempts
  using (source = (select known_secret())) with check (source = (select known_secret()));
create policy of_node on node_nonces
  using (node_id = (select known_node())) with check (node_id = (select known_node()));
create policy of_tenant on node_presence
  using (tenant_id = (select tenant()) or node_id = (select known_node()))
  with check (tenant_id = (select tenant()));
create policy of_tenant on node_statuses
  using (tenant_id = (select tenant()))
  with check (tenant_id = (select tenant()));

create policy all_tenants on claim_codes to heatloop_hub_jobs using (true);
create policy all_sources on claim_attempts to heatloop_hub_jobs using (true);
create policy all_nodes on node_nonces to heatloop_hub_jobs using (true);
create policy all_tenants on node_presence to heatloop_hub_jobs using (true) with check (true);
create policy all_tenants on node_statuses to heatloop_hub_jobs using (true) with check (true);

grant select, insert, delete on node_keys to heatloop_hub_app;
grant select, insert, update (revoked_at) on node_certificates to heatloop_hub_app;
grant select, insert, update (used_at, node_id), delete on claim_codes to heatloop_hub_app;
grant select, insert, update on claim_attempts to heatloop_hub_app;
grant select, insert on node_nonces to heatloop_hub_app;
grant select, insert, update on node_presence to heatloop_hub_app;
grant select, insert on node_statuses to heatloop_hub_app;
grant select on node_changes to heatloop_hub_app;

grant select, delete on claim_codes, claim_attempts, node_nonces to heatloop_hub_jobs;
grant select, update (status, silent_since) on node_presence to heatloop_hub_jobs;
grant select, delete on node_statuses to heatloop_hub_jobs;
grant select, delete on node_certificates to heatloop_hub_jobs;
grant select (id, tenant_id, revoked_at) on nodes to heatloop_hub_jobs;
grant select, update on node_sweep to heatloop_hub_jobs;
