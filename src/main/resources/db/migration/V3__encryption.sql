-- Whether media of a room is encrypted from end to end: OFF, ALLOWED or REQUIRED.

alter table room add column encryption varchar(16) default 'ALLOWED' not null;
