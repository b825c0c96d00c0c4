-- Up Migration

-- How much nodes may still send of other systems' messages, one row for all hubs: up to when what was taken of it is paid off by
-- time that passes, and how many messages the last hub that asked may take.
create table dialect_allowances (
  tenant_id int not null,
  node_id uuid primary key references nodes,
  spent_until timestamptz not null,
  granted int not null
);

alter table dialect_allowances enable row level security;
alter table dialect_allowances force row level security;

create policy of_tenant on dialect_allowances
  using (tenant_id = (select tenant())) with check (tenant_id = (select tenant()));

grant select, insert, update (spent_until, granted) on dialect_allowances to heatloop_hub_app;
