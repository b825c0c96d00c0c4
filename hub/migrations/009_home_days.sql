-- Up Migration

-- What homes report of their days themselves; each the last that was made. A month is a partition.
create table home_days (
  made_at timestamptz not null,
  cop double precision,
  tenant_id int not null,
  device_id int not null references devices,
  date date not null,
  seconds int not null,
  heat_wh int,
  cooling_wh int,
  electricity_wh int,
  covered_s int not null,
  starts int not null,
  defrosts int not null,
  complete boolean not null,
  primary key (device_id, date)
) partition by range (date);

create table home_days_on_hold (like home_days including defaults, primary key (device_id, date));

alter table home_days enable row level security;
alter table home_days force row level security;
alter table home_days_on_hold enable row level security;
alter table home_days_on_hold force row level security;

create policy of_tenant on home_days
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
create policy of_tenant on home_days_on_hold
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));

grant select, insert, update on home_days to heatloop_hub_app;
grant select on home_days_on_hold to heatloop_hub_app;
