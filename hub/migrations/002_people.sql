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

-- When somebody has shown that mails to the address are read by whoever has the account.
alter table users add column email_proven_at timestamptz;
grant insert (email_proven_at), update (email_proven_at) on users to heatloop_hub_app;

-- What the first hub that starts has to do, and the others have not: one row, of nobody.
create table first_start (
  is_single boolean primary key default true check (is_single),
  nonce uuid not null default gen_random_uuid(),
  made_at timestamptz not null default 'epoch',
  first_person_at timestamptz
);
insert into first_start default values;
alter table first_start enable row level security;
alter table first_start force row level security;
create policy of_all on first_start using (true);
grant select, update (nonce, made_at, first_person_at) on first_start to heatloop_hub_app;

create function has_people() returns boolean stable language sql
  return (select first_person_at is not null from first_start);

create function note_first_person() returns trigger language plpgsql as $$
begin
  update first_start set first_person_at = new.created_at where first_person_at is null;
  return null;
end $$;
create trigger first_person after insert on users for each row execute function note_first_person();

-- Invitations by link. Without a tenant: of the platform's administrators.
create table invitations (
  id uuid primary key,
  tenant_id int references tenants,
  -- Null: of the first person of all, who says it.
  email text check (email = lower(email) and length(email) <= 254),
  role text check (role in ('admin', 'operator', 'viewer')),
  secret_hash bytea not null unique check (length(secret_hash) = 32),
  made_by uuid references users on delete set null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  -- Of the mail with the link, where one is sent.
  mail_id uuid,
  check ((tenant_id is null) = (role is null))
);
create index invitations_tenant on invitations (tenant_id, created_at, id);
create index invitations_email on invitations (email);
create index invitations_expires on invitations (expires_at);
alter table invitations enable row level security;
alter table invitations force row level security;
create policy known on invitations for select
  using (tenant_id = (select tenant()) or secret_hash = (select known_secret()) or email = (select known_email()));
create policy added on invitations for insert
  with check (
    tenant_id = (select tenant())
    or ((select is_platform_admin()) and (tenant_id is null or role = 'admin'))
    or (tenant_id is null and not (select has_people()))
  );
create policy changed on invitations for update
  using (tenant_id = (select tenant()) or secret_hash = (select known_secret()) or email = (select known_email()));
create policy is_over on invitations for delete using (expires_at < now() - interval '30 days');
grant select, insert, delete, update (accepted_at, revoked_at) on invitations to heatloop_hub_app;

create function invited_tenant() returns int stable language sql
  return (select tenant_id from invitations where secret_hash = known_secret());
create policy by_invitation on tenants for select using (id = (select invited_tenant()));

-- Makes the person in question an administrator of the platform, who has shown an open invitation to that; this alone can.
create function accept_platform_invitation(at timestamptz) returns boolean
  language plpgsql security definer set search_path = hub, pg_temp as $$
begin
  update invitations set accepted_at = at
    where secret_hash = known_secret() and tenant_id is null
      and accepted_at is null and revoked_at is null and expires_at > at;
  if not found then
    return false;
  end if;
  update users set is_platform_admin = true where id = known_user();
  return found;
end $$;
revoke all on function accept_platform_invitation(timestamptz) from public;
grant execute on function accept_platform_invitation(timestamptz) to heatloop_hub_app;

-- Mails that are to be sent. What is in them is encrypted, and gone when they are sent; hubs see them by the name of their queue.
create table mails (
  id uuid primary key,
  queue bytea not null check (length(queue) = 32),
  tenant_id int references tenants,
  sealed bytea,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  next_at timestamptz not null,
  tries int not null default 0,
  sent_at timestamptz,
  dead_at timestamptz,
  failure text
);
create index mails_waiting on mails (next_at) where sent_at is null and dead_at is null;
create index mails_created on mails (created_at);
alter table mails enable row level security;
alter table mails force row level security;
create policy seen on mails for select
  using (queue = (select known_secret()) or tenant_id = (select tenant()));
create policy added on mails for insert
  with check (tenant_id is null or tenant_id = (select tenant()) or (select is_platform_admin()));
create policy changed on mails for update using (queue = (select known_secret()));
create policy is_over on mails for delete using (created_at < now() - interval '30 days');
grant select, insert, delete, update (sealed, next_at, tries, sent_at, dead_at, failure) on mails to heatloop_hub_app;

create table password_resets (
  secret_hash bytea primary key check (length(secret_hash) = 32),
  user_id uuid not null references users on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index password_resets_user on password_resets (user_id);
create index password_resets_expires on password_resets (expires_at);
alter table password_resets enable row level security;
alter table password_resets force row level security;
create policy known on password_resets for select
  using (secret_hash = (select known_secret()) or user_id = (select known_user()));
create policy added on password_resets for insert with check (user_id = (select known_user()));
create policy used on password_resets for update using (user_id = (select known_user()));
create policy is_over on password_resets for delete using (expires_at < now());
grant select, insert, delete, update (used_at) on password_resets to heatloop_hub_app;

-- The second factor (RFC 6238), encrypted; it is asked for from when it was confirmed on. Each step of it is taken once.
create table second_factors (
  user_id uuid primary key references users on delete cascade,
  sealed bytea not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  last_step bigint not null default 0
);
-- Codes for who has lost the second factor.
create table recovery_codes (
  user_id uuid not null references users on delete cascade,
  code_hash bytea not null check (length(code_hash) = 32),
  used_at timestamptz,
  primary key (user_id, code_hash)
);
alter table second_factors enable row level security;
alter table second_factors force row level security;
alter table recovery_codes enable row level security;
alter table recovery_codes force row level security;
create policy of_person on second_factors using (user_id = (select known_user()));
create policy of_person on recovery_codes using (user_id = (select known_user()));
grant select, insert, delete, update (sealed, created_at, confirmed_at, last_step) on second_factors to heatloop_hub_app;
grant select, insert, delete, update (used_at) on recovery_codes to heatloop_hub_app;

-- API tokens of a tenant, for programs. A JWT that was made of one names it.
create function known_token() returns uuid stable language sql
  return nullif(current_setting('hub.token', true), '')::uuid;
create table api_tokens (
  id uuid primary key,
  tenant_id int not null references tenants,
  name text not null check (length(name) between 1 and 100),
  scope text not null check (scope in ('read', 'write', 'admin')),
  secret_hash bytea not null unique check (length(secret_hash) = 32),
  made_by uuid references users on delete set null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz
);
create index api_tokens_tenant on api_tokens (tenant_id, created_at, id);
alter table api_tokens enable row level security;
alter table api_tokens force row level security;
create policy known on api_tokens for select
  using (tenant_id = (select tenant()) or secret_hash = (select known_secret()) or id = (select known_token()));
create policy used on api_tokens for update using (secret_hash = (select known_secret()));
create policy added on api_tokens for insert with check (tenant_id = (select tenant()));
create policy revoked on api_tokens for delete using (tenant_id = (select tenant()));
grant select, insert, delete, update (last_used_at) on api_tokens to heatloop_hub_app;

-- By whom else people are known: SHA-256 of the issuer and its name of the person (OpenID Connect).
create table identities (
  key bytea primary key check (length(key) = 32),
  user_id uuid not null references users on delete cascade,
  issuer text not null check (length(issuer) <= 500),
  created_at timestamptz not null
);
create index identities_user on identities (user_id);
alter table identities enable row level security;
alter table identities force row level security;
create policy known on identities for select
  using (key = (select known_secret()) or user_id = (select known_user()));
create policy added on identities for insert
  with check (key = (select known_secret()) and user_id = (select known_user()));
grant select, insert on identities to heatloop_hub_app;
