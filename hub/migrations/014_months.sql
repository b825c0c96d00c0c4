-- Up Migration

-- What else the sums of a month show. A COP is that of the sums of its sides, in the time in which both were seen.
alter table months add column covered_s int not null default 0;
alter table months add column cop_heat_wh bigint;
alter table months add column cop_electricity_wh bigint;
alter table months add column starts int not null default 0;
alter table months add column defrosts int not null default 0;
create or replace view hub_read.months with (security_invoker = true) as
  select heat_pumps.home, heat_pumps.heat_pump, heat_pumps.heat_pump_id, months.*
  from months join hub_read.heat_pumps on heat_pumps.device_id = months.device_id;

alter table home_days add column cop_heat_wh int;
alter table home_days add column cop_electricity_wh int;
alter table home_days_on_hold add column cop_heat_wh int;
alter table home_days_on_hold add column cop_electricity_wh int;
