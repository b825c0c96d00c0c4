-- Up Migration

-- What the owner has set (HomeSetup), as the home last said it; null: nothing.
alter table devices add column setup jsonb;

-- Local days whose rows have changed since their energy was summed up.
create table dirty_days (
  tenant_id int not null,
  device_id int not null references devices,
  date date not null,
  -- A running day, of which a row comes each minute, is not summed up each minute.
  due_at timestamptz not null,
  primary key (device_id, date)
);
create index dirty_days_due on dirty_days (due_at);

-- The energy report of a local day (DayEnergy), and the figures of it that lists show. A month is a partition, of these and of
-- the slots.
create table days (
  tenant_id int not null,
  device_id int not null references devices,
  date date not null,
  heat_wh int,
  cooling_wh int,
  electricity_wh int,
  cop double precision,
  covered_s int not null,
  is_complete boolean not null,
  day jsonb not null,
  made_at timestamptz not null,
  primary key (device_id, date)
) partition by range (date);

-- Slots of local days: their quarters of hours, and their hours. Where a day begins at a half hour, two days share one.
create table quarters (
  tenant_id int not null,
  device_id int not null references devices,
  date date not null,
  at timestamptz not null,
  heating_wh int, hot_water_wh int, cooling_wh int, defrost_wh int, standby_wh int,
  heating_electricity_wh int, hot_water_electricity_wh int, cooling_electricity_wh int,
  defrost_electricity_wh int, standby_electricity_wh int, unknown_electricity_wh int,
  minutes smallint not null,
  outdoor_temperature_c real, flow_temperature_c real, return_temperature_c real,
  zone_1_room_temperature_c real, dhw_temperature_c real,
  primary key (device_id, date, at)
) partition by range (date);
create table hours (like quarters including all, foreign key (device_id) references devices) partition by range (date);

-- Sums of a month's days.
create table months (
  tenant_id int not null,
  device_id int not null references devices,
  -- Its first day.
  month date not null,
  heat_wh bigint,
  cooling_wh bigint,
  electricity_wh bigint,
  days smallint not null,
  complete_days smallint not null,
  primary key (device_id, month)
);

alter table dirty_days enable row level security;
alter table dirty_days force row level security;
alter table days enable row level security;
alter table days force row level security;
alter table quarters enable row level security;
alter table quarters force row level security;
alter table hours enable row level security;
alter table hours force row level security;
alter table months enable row level security;
alter table months force row level security;

create policy of_tenant on dirty_days
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
-- Which days are due is asked for all tenants at once; what is in them is not.
create policy of_jobs on dirty_days for select to heatloop_hub_jobs using (true);
create policy of_tenant on days
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
create policy of_tenant on quarters
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
create policy of_tenant on hours
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
create policy of_tenant on months
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));

grant select, insert, update, delete on dirty_days, days, quarters, hours, months to heatloop_hub_app;
grant select on dirty_days to heatloop_hub_jobs;
