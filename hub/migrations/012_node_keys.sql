-- Up Migration

-- Who gave the node a key: itself, when it was claimed or changed its key, or somebody by hand. null: it is not known any more. A
-- key of a node's own that it does not sign with may make room for its next one.
alter table node_keys add column added_by text check (added_by in ('node', 'person'));

-- The key that signed when it was asked for: it is of no use once that is removed. No foreign key, as it outlasts the key.
alter table node_certificates add column key_id uuid;
