-- Up Migration

-- What homes tell of beside the rows of their archives: alerts, how they are. A month (UTC) is a partition. The home made `id`,
-- by which an event that comes again is known.
create table events (
  at timestamptz not null,
  tenant_id int not null,
  -- null: it is of no heat pump.
  device_id int,
  node_id uuid not null,
  id uuid not null,
  kind text not null,
  context jsonb not null,
  primary key (node_id, at, id)
) partition by range (at);
create index events_device on events (device_id, at, id);

create table events_on_hold (like events including defaults, primary key (node_id, at, id));

alter table events enable row level security;
alter table events force row level security;
alter table events_on_hold enable row level security;
alter table events_on_hold force row level security;

create policy of_tenant on events
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
create policy of_tenant on events_on_hold
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));

grant select, insert on events to heatloop_hub_app;
grant select on events_on_hold to heatloop_hub_app;
