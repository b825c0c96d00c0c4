-- Up Migration

-- What homes' days cost, as the last report of each has it. A month is a partition.
create table home_costs (
  tenant_id int not null,
  device_id int not null references devices,
  date date not null,
  currency text not null,
  cost numeric(16, 4),
  known_cost numeric(16, 4),
  standing_charge numeric(16, 4) not null,
  total_cost numeric(16, 4),
  known_total_cost numeric(16, 4),
  primary key (device_id, date)
) partition by range (date);

create table home_costs_on_hold (like home_costs including defaults, primary key (device_id, date));

alter table home_costs enable row level security;
alter table home_costs force row level security;
alter table home_costs_on_hold enable row level security;
alter table home_costs_on_hold force row level security;

create policy of_tenant on home_costs
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
create policy of_tenant on home_costs_on_hold
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));

grant select, insert, update, delete on home_costs to heatloop_hub_app;
grant select on home_costs_on_hold to heatloop_hub_app;

-- They are a class of their own, kept for two years. How long rows are kept, the database's owner says.
create policy changed on retention to current_user using (true) with check (true);
alter table retention drop constraint retention_class_check;
insert into retention values ('cost', 730);

-- For logins of programs such as Grafana.
create policy by_reader on home_costs for select to heatloop_hub_reader using (tenant_id = (select reader_tenant()));
create policy bound on home_costs as restrictive for select to heatloop_hub_reader using (tenant_id = (select reader_tenant()));
grant select on home_costs to heatloop_hub_reader;
create view hub_read.costs with (security_invoker = true) as
  select heat_pumps.home, heat_pumps.heat_pump, heat_pumps.heat_pump_id, home_costs.*
  from home_costs join hub_read.heat_pumps on heat_pumps.device_id = home_costs.device_id;
grant select on hub_read.costs to heatloop_hub_reader;
