-- Up Migration

-- What devices of other systems are at a node: which heat pump, and which columns of a minute their numbers become.
create table dialect_sources (
  tenant_id int not null,
  node_id uuid not null references nodes,
  dialect text not null,
  -- The device's part of its topic.
  source text not null check (length(source) <= 200),
  -- devices.home_id
  device text not null check (length(device) <= 100),
  time_zone text not null check (length(time_zone) <= 64),
  -- [{path, point, factor?, offset?}]
  points jsonb not null,
  -- Its place in the table, as the tenant has written it.
  place smallint not null,
  primary key (node_id, dialect, source),
  unique (node_id, device)
);

-- The devices that speak a dialect, and as which source.
create table dialect_devices (
  device_id int primary key references devices,
  tenant_id int not null,
  node_id uuid not null references nodes,
  dialect text not null,
  source text not null
);
create index dialect_devices_node on dialect_devices (node_id);

-- Numbers by their paths, also those that nothing is mapped to. A day (UTC) is a partition, as of the minutes.
create table readings (
  at timestamptz not null,
  tenant_id int not null,
  device_id int not null,
  content jsonb not null,
  primary key (device_id, at)
) partition by range (at);
create table readings_on_hold (like readings including defaults, primary key (device_id, at));

-- Minutes of which readings have come, and that are to become rows.
create table dirty_minutes (
  tenant_id int not null,
  device_id int not null references devices,
  at timestamptz not null,
  due_at timestamptz not null,
  primary key (device_id, at)
);
create index dirty_minutes_due on dirty_minutes (due_at);

-- How many messages of a dialect were no readings.
create table dialect_counts (
  tenant_id int not null,
  node_id uuid not null references nodes,
  -- 'unknown': the topic is one of none.
  dialect text not null,
  kind text not null check (kind in ('malformed', 'status', 'alert')),
  messages bigint not null,
  last_at timestamptz not null,
  primary key (node_id, dialect, kind)
);

-- The last of them, each text of a topic once.
create table dialect_messages (
  tenant_id int not null,
  node_id uuid not null references nodes,
  dialect text not null,
  kind text not null check (kind in ('malformed', 'status', 'alert')),
  digest bytea not null check (length(digest) = 16),
  topic text not null check (length(topic) <= 250),
  content text not null check (length(content) <= 2000),
  -- Of one that is malformed.
  why text,
  first_at timestamptz not null,
  last_at timestamptz not null,
  times bigint not null,
  primary key (node_id, dialect, kind, digest)
);

alter table dialect_sources enable row level security;
alter table dialect_sources force row level security;
alter table dialect_devices enable row level security;
alter table dialect_devices force row level security;
alter table readings enable row level security;
alter table readings force row level security;
alter table readings_on_hold enable row level security;
alter table readings_on_hold force row level security;
alter table dirty_minutes enable row level security;
alter table dirty_minutes force row level security;
alter table dialect_counts enable row level security;
alter table dialect_counts force row level security;
alter table dialect_messages enable row level security;
alter table dialect_messages force row level security;

create policy of_tenant on dialect_sources
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
create policy of_tenant on dialect_devices
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
create policy of_tenant on readings
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
create policy of_tenant on readings_on_hold
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
create policy of_tenant on dirty_minutes
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
-- Which devices have minutes that are due is asked for all tenants at once; what is in them is not.
create policy of_jobs on dirty_minutes for select to heatloop_hub_jobs using (true);
create policy of_tenant on dialect_counts
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
create policy of_tenant on dialect_messages
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));

grant select, insert, delete on dialect_sources to heatloop_hub_app;
grant select, insert, update (dialect, source) on dialect_devices to heatloop_hub_app;
grant select, insert on readings to heatloop_hub_app;
grant select on readings_on_hold to heatloop_hub_app;
-- `for update` needs it; nothing of it is ever changed.
grant select, insert, delete, update (due_at) on dirty_minutes to heatloop_hub_app;
grant select on dirty_minutes to heatloop_hub_jobs;
grant select, insert, update (messages, last_at) on dialect_counts to heatloop_hub_app;
grant select, insert, delete, update (last_at, times) on dialect_messages to heatloop_hub_app;
