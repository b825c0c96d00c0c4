-- Up Migration

-- What a person shows after signing in. `ends_at` moves on with use, up to a limit.
create table sessions (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  -- The tenant that the person works in; null until one is chosen.
  tenant_id int references tenants on delete set null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  ends_at timestamptz not null,
  program text not null default '' check (length(program) <= 200)
);
create index sessions_user on sessions (user_id, seen_at);
create index sessions_ends on sessions (ends_at);

-- A session's secrets, one after the other. Those that were replaced are kept, so that whoever has copied one is noticed.
create table session_secrets (
  hash bytea primary key check (length(hash) = 32),
  session_id uuid not null references sessions on delete cascade,
  user_id uuid not null,
  made_at timestamptz not null,
  replaced_at timestamptz
);
create index session_secrets_session on session_secrets (session_id);

alter table sessions enable row level security;
alter table sessions force row level security;
alter table session_secrets enable row level security;
alter table session_secrets force row level security;

create policy of_person on session_secrets
  using (hash = (select known_secret()) or user_id = (select known_user()))
  with check (user_id = (select known_user()));

create function shown_session() returns uuid stable language sql
  return (select session_id from session_secrets where hash = known_secret());
-- The person whose session was shown; what a person sees by name, such a person sees too.
create function shown_user() returns uuid stable language sql
  return (select user_id from session_secrets where hash = known_secret());

create policy of_person on sessions
  using (user_id = (select known_user()) or id = (select shown_session()))
  with check (user_id in ((select known_user()), (select shown_user())));
-- Housekeeping: without any scope it can remove what is over, and nothing else.
create policy is_over on sessions for delete using (ends_at < now());
create policy by_session on users for select using (id = (select shown_user()));
create policy by_session on memberships for select using (user_id = (select shown_user()));

grant select, insert, delete, update (tenant_id, seen_at, ends_at) on sessions to heatloop_hub_app;
grant select, insert, update (replaced_at) on session_secrets to heatloop_hub_app;

-- How often somebody failed to sign in. The keys are HMACs of addresses under a key of the hub, so that the rows say nothing to
-- who does not know whom they are of.
create table login_tries (
  key bytea primary key check (length(key) = 32),
  failures int not null default 0,
  since timestamptz not null,
  -- Of an e-mail address at a network: somebody has signed in from there.
  is_known boolean not null default false,
  forget_at timestamptz not null
);
create index login_tries_forget on login_tries (forget_at);
alter table login_tries enable row level security;
alter table login_tries force row level security;
create policy by_key on login_tries for select using (true);
create policy counted on login_tries for insert with check (true);
create policy counted_on on login_tries for update using (true);
create policy is_over on login_tries for delete using (forget_at < now());
grant select, insert, update, delete on login_tries to heatloop_hub_app;
