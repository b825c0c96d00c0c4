-- Up Migration

-- Logins of programs such as Grafana that read the database itself. Whose rows one sees is bound to the login: it stands here, and
-- nothing that a session can set changes it. The roles themselves have the rights of heatloop_hub_reader, and no others.
create table readers (
  role text primary key check (role ~ '^heatloop_reader_[0-9a-f]{16}$'),
  id uuid not null unique default gen_random_uuid(),
  tenant_id int not null references tenants,
  name text not null check (length(name) between 1 and 100),
  created_at timestamptz not null
);
create index readers_tenant on readers (tenant_id, created_at, id);
alter table readers enable row level security;
alter table readers force row level security;
create policy of_tenant on readers to heatloop_hub_app
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
-- The hub adds and removes them as the database's owner, who alone may make roles.
create policy made on readers to current_user
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
create policy own on readers for select to heatloop_hub_reader using (role = current_user);
grant select on readers to heatloop_hub_app;
grant select (role, tenant_id) on readers to heatloop_hub_reader;

-- The tenant of whoever asks; null for all but readers, so that they see nothing.
create function reader_tenant() returns int stable language sql
  return (select tenant_id from readers where role = current_user);

-- What everybody may see by policies of the tables, a reader may by these alone: both hold for it.
create policy by_reader on minutes for select to heatloop_hub_reader using (tenant_id = (select reader_tenant()));
create policy bound on minutes as restrictive for select to heatloop_hub_reader using (tenant_id = (select reader_tenant()));
create policy by_reader on held_values for select to heatloop_hub_reader using (tenant_id = (select reader_tenant()));
create policy bound on held_values as restrictive for select to heatloop_hub_reader using (tenant_id = (select reader_tenant()));
create policy by_reader on transitions for select to heatloop_hub_reader using (tenant_id = (select reader_tenant()));
create policy bound on transitions as restrictive for select to heatloop_hub_reader using (tenant_id = (select reader_tenant()));
create policy by_reader on days for select to heatloop_hub_reader using (tenant_id = (select reader_tenant()));
create policy bound on days as restrictive for select to heatloop_hub_reader using (tenant_id = (select reader_tenant()));
create policy by_reader on hours for select to heatloop_hub_reader using (tenant_id = (select reader_tenant()));
create policy bound on hours as restrictive for select to heatloop_hub_reader using (tenant_id = (select reader_tenant()));
create policy by_reader on quarters for select to heatloop_hub_reader using (tenant_id = (select reader_tenant()));
create policy bound on quarters as restrictive for select to heatloop_hub_reader using (tenant_id = (select reader_tenant()));
create policy by_reader on months for select to heatloop_hub_reader using (tenant_id = (select reader_tenant()));
create policy bound on months as restrictive for select to heatloop_hub_reader using (tenant_id = (select reader_tenant()));
create policy by_reader on devices for select to heatloop_hub_reader using (tenant_id = (select reader_tenant()));
create policy bound on devices as restrictive for select to heatloop_hub_reader using (tenant_id = (select reader_tenant()));
create policy by_reader on nodes for select to heatloop_hub_reader using (tenant_id = (select reader_tenant()));
create policy bound on nodes as restrictive for select to heatloop_hub_reader using (tenant_id = (select reader_tenant()));

grant select on minutes, held_values, transitions, days, hours, quarters, months to heatloop_hub_reader;
grant select (id, public_id, tenant_id, node_id, home_id, time_zone) on devices to heatloop_hub_reader;
grant select (id, tenant_id, name) on nodes to heatloop_hub_reader;

-- The only schema that readers may name. Its views show what the tables show to whoever asks.
create schema hub_read;
grant usage on schema hub_read to heatloop_hub_reader;
create view hub_read.heat_pumps with (security_invoker = true) as
  select devices.id as device_id, devices.public_id as heat_pump_id, nodes.name as home, devices.home_id as heat_pump, devices.time_zone
  from devices join nodes on nodes.id = devices.node_id;
create view hub_read.minutes with (security_invoker = true) as
  select heat_pumps.home, heat_pumps.heat_pump, heat_pumps.heat_pump_id, minutes.*, held_values.content as held
  from minutes
    join hub_read.heat_pumps on heat_pumps.device_id = minutes.device_id
    left join held_values on held_values.id = minutes.held_id and held_values.device_id = minutes.device_id;
create view hub_read.transitions with (security_invoker = true) as
  select heat_pumps.home, heat_pumps.heat_pump, heat_pumps.heat_pump_id, transitions.*
  from transitions join hub_read.heat_pumps on heat_pumps.device_id = transitions.device_id;
create view hub_read.days with (security_invoker = true) as
  select heat_pumps.home, heat_pumps.heat_pump, heat_pumps.heat_pump_id, days.*
  from days join hub_read.heat_pumps on heat_pumps.device_id = days.device_id;
create view hub_read.hours with (security_invoker = true) as
  select heat_pumps.home, heat_pumps.heat_pump, heat_pumps.heat_pump_id, hours.*
  from hours join hub_read.heat_pumps on heat_pumps.device_id = hours.device_id;
create view hub_read.quarters with (security_invoker = true) as
  select heat_pumps.home, heat_pumps.heat_pump, heat_pumps.heat_pump_id, quarters.*
  from quarters join hub_read.heat_pumps on heat_pumps.device_id = quarters.device_id;
create view hub_read.months with (security_invoker = true) as
  select heat_pumps.home, heat_pumps.heat_pump, heat_pumps.heat_pump_id, months.*
  from months join hub_read.heat_pumps on heat_pumps.device_id = months.device_id;
grant select on all tables in schema hub_read to heatloop_hub_reader;
