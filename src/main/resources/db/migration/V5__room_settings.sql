-- How long a room outlives its last participant (null: as long as it waits for the first), and free
-- text for applications.

alter table room add column departure_seconds bigint;
alter table room add column metadata varchar(64000);
alter table room add constraint room_departure check (departure_seconds between 0 and 604800);
