-- Up Migration

-- People remove their own accounts; what belongs to nobody but them goes with it.
create policy removed on users for delete using (id = (select known_user()));
grant delete on users to heatloop_hub_app;
