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

-- What tells a heat pump from others wherever it is logged, where its home knows it; and the one that its history was moved on to.
alter table devices add column identity text check (length(identity) between 8 and 100);
alter table devices add column continued_as int references devices;
create index devices_identity on devices (tenant_id, identity) where identity is not null;

-- Names that heat pumps of a node had before.
create table former_names (
  tenant_id int not null,
  node_id uuid not null references nodes,
  home_id text not null check (length(home_id) between 1 and 100),
  device_id int not null references devices,
  primary key (node_id, home_id)
);
alter table former_names enable row level security;
alter table former_names force row level security;
create policy of_tenant on former_names
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
grant select, insert, update on former_names to heatloop_hub_app;
grant update (device_id) on events to heatloop_hub_app;

-- Copies what one heat pump has to another, where that has nothing of the same time; with the rights of who calls it.
create function copy_history(from_device int, to_device int) returns void language plpgsql as $$
declare
  copied text;
  columns text;
begin
  foreach copied in array array['minutes', 'transitions', 'days', 'hours', 'quarters', 'months', 'home_days'] loop
    select string_agg(quote_ident(attname), ', ' order by attnum) into columns from pg_attribute
      where attrelid = format('hub.%I', copied)::regclass and attnum > 0 and not attisdropped and attname <> 'device_id';
    execute format('insert into hub.%I (device_id, %s) select $2, %s from hub.%I where device_id = $1 on conflict do nothing',
      copied, columns, columns, copied) using from_device, to_device;
  end loop;
end $$;
