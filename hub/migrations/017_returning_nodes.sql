-- Up Migration

-- The node that the home which has the code comes back as, with a new key; null: it becomes a new node.
alter table claim_codes add column returns_as uuid references nodes;
create index claim_codes_returned on claim_codes (used_at) where returns_as is not null;
