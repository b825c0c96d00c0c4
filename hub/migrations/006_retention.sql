-- Up Migration

-- For how many days rows of a class are kept; null: for ever. What is older is dropped by whole partitions.
create table retention (
  class text primary key check (class in ('raw', 'daily', 'monthly', 'events', 'reports')),
  days int check (days between 7 and 36525)
);
insert into retention values ('raw', 30), ('daily', 30), ('monthly', null), ('events', 365), ('reports', null);

alter table retention enable row level security;
alter table retention force row level security;
-- It is the same for every tenant.
create policy seen on retention for select using (true);

-- Since when nothing of a tenant may be deleted.
alter table tenants add column on_hold_since timestamptz;
grant update (on_hold_since) on tenants to heatloop_hub_app;

-- Where the rows of tenants on hold go when their partition is dropped.
create table minutes_on_hold (like minutes including defaults, primary key (device_id, at));
create table transitions_on_hold (
  like transitions including defaults,
  primary key (device_id, at, kind, zone, from_state, to_state, nth)
);
create table days_on_hold (like days including defaults, primary key (device_id, date));
create table hours_on_hold (like hours including defaults, primary key (device_id, date, at));
create table quarters_on_hold (like quarters including defaults, primary key (device_id, date, at));

alter table minutes_on_hold enable row level security;
alter table minutes_on_hold force row level security;
alter table transitions_on_hold enable row level security;
alter table transitions_on_hold force row level security;
alter table days_on_hold enable row level security;
alter table days_on_hold force row level security;
alter table hours_on_hold enable row level security;
alter table hours_on_hold force row level security;
alter table quarters_on_hold enable row level security;
alter table quarters_on_hold force row level security;

create policy of_tenant on minutes_on_hold
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
create policy of_tenant on transitions_on_hold
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
create policy of_tenant on days_on_hold
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
create policy of_tenant on hours_on_hold
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
create policy of_tenant on quarters_on_hold
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));

grant select on minutes_on_hold, transitions_on_hold, days_on_hold, hours_on_hold, quarters_on_hold to heatloop_hub_app;
grant select on retention to heatloop_hub_app;
