-- Up Migration

-- The rows of the homes' minute logs. Columns as in the CSV, those of 8 bytes first and those of 2 last, so that none is padded.
-- A day (UTC) is a partition, made by the hub before its first row and dropped when its rows are old enough.
create table minutes (
  at timestamptz not null,
  meter_kwh double precision,
  tenant_id int not null,
  device_id int not null,
  -- The values that stay for long, in held_values.
  held_id int not null,
  covered_s real,
  heat_wh real,
  electricity_wh real,
  cooling_wh real,
  heating_wh real,
  hot_water_wh real,
  defrost_wh real,
  standby_wh real,
  heating_s real,
  hot_water_s real,
  cooling_s real,
  defrost_s real,
  standby_s real,
  meter_wh real,
  meter_s real,
  heat_coefficient_kwh_m3_k real,
  operating_runtime_h real,
  compressor_frequency_hz real,
  output_power_kw real,
  estimated_output_power_kw real,
  outdoor_temperature_c real,
  flow_temperature_c real,
  return_temperature_c real,
  refrigerant_liquid_temperature_c real,
  refrigerant_condensing_temperature_c real,
  boiler_flow_temperature_c real,
  boiler_return_temperature_c real,
  mixing_tank_temperature_c real,
  dhw_temperature_c real,
  dhw_secondary_temperature_c real,
  flow_rate_l_min real,
  pump_power_w real,
  daily_electricity_kwh real,
  estimated_cop real,
  daily_estimated_heat_kwh real,
  discharge_temperature_c real,
  fan_speed_rpm real,
  room_feedback_zone_1_c real,
  room_feedback_zone_2_c real,
  zone_1_flow_setpoint_c real,
  zone_1_room_temperature_c real,
  zone_1_flow_temperature_c real,
  zone_1_return_temperature_c real,
  zone_2_flow_setpoint_c real,
  zone_2_room_temperature_c real,
  zone_2_flow_temperature_c real,
  zone_2_return_temperature_c real,
  wifi_signal_dbm real,
  ds18x20_flow_temperature_c real,
  ds18x20_return_temperature_c real,
  utc_offset_minutes smallint not null,
  -- Seconds on are in tenths.
  starts smallint,
  defrosts smallint,
  compressor_s smallint,
  water_pump_s smallint,
  three_way_valve_s smallint,
  in1_thermostat_s smallint,
  -- What a column can't hold exactly, and columns that the hub does not know.
  rare jsonb,
  primary key (device_id, at)
) partition by range (at);

-- Sets of values that stay for long (set-points, modes, totals of yesterday): each once, whichever minutes have it.
create table held_values (
  id int generated always as identity primary key,
  tenant_id int not null,
  device_id int not null references devices,
  digest bytea not null,
  content jsonb not null,
  unique (device_id, digest)
);

create table transitions (
  at timestamptz not null,
  tenant_id int not null,
  device_id int not null,
  -- Among those that are alike within a second.
  nth smallint not null,
  zone smallint not null,
  kind text not null,
  from_state text not null,
  to_state text not null,
  duration_s double precision,
  utc_offset_minutes smallint not null,
  context jsonb not null,
  primary key (device_id, at, kind, zone, from_state, to_state, nth)
) partition by range (at);

-- Rows that were not stored, or came again with other values: how many of each kind, and the last of each for inspection.
create table refused_rows (
  tenant_id int not null,
  node_id uuid not null references nodes,
  device text not null,
  stream text not null,
  why text not null,
  rows bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  sample text not null check (length(sample) <= 2000),
  primary key (node_id, device, stream, why)
);

alter table devices add column time_zone text not null default 'UTC' check (length(time_zone) <= 64);

alter table minutes enable row level security;
alter table minutes force row level security;
alter table held_values enable row level security;
alter table held_values force row level security;
alter table transitions enable row level security;
alter table transitions force row level security;
alter table refused_rows enable row level security;
alter table refused_rows force row level security;

create policy of_tenant on minutes
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
create policy of_tenant on held_values
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
create policy of_tenant on transitions
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
create policy of_tenant on refused_rows
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));

grant select, insert on minutes to heatloop_hub_app;
grant select, insert on held_values to heatloop_hub_app;
grant select, insert on transitions to heatloop_hub_app;
grant select, insert, update on refused_rows to heatloop_hub_app;

-- When a node last had nothing that it had not sent, of the dates since from_date.
create table node_uploads (
  node_id uuid primary key references nodes,
  tenant_id int not null,
  all_sent_at timestamptz not null,
  from_date date not null
);
alter table node_uploads enable row level security;
alter table node_uploads force row level security;
create policy of_tenant on node_uploads
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));
grant select, insert, update on node_uploads to heatloop_hub_app;
