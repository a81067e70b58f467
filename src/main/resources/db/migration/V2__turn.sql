-- TURN users with passwords that do not expire, and credentials that were taken back.

create table turn_user (
  id          uuid                        not null,
  realm       varchar(127)                not null,
  name        varchar(508)                not null,
  userhash    varchar(64)                 not null,
  sealed_keys varchar(255)                not null,
  enabled     boolean                     not null,
  created_at  timestamp(6) with time zone not null,
  version     bigint                      not null,
  constraint turn_user_pk primary key (id),
  -- Both are in it, and it is what clients may send instead of the name.
  constraint turn_user_userhash_unique unique (userhash)
);

create table turn_revocation (
  id        uuid                        not null,
  realm     varchar(127)                not null,
  turn_user varchar(508),
  username  varchar(508),
  until_at  timestamp(6) with time zone not null,
  constraint turn_revocation_pk primary key (id),
  constraint turn_revocation_of_one check ((turn_user is null) <> (username is null))
);

create index turn_revocation_by_end on turn_revocation (until_at);
