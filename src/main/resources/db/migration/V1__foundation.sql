-- One dialect for H2 2.2 and PostgreSQL 15. Identifiers are given by the application, times are
-- instants, enums are their names.

create table account (
  id            uuid                        not null,
  name          varchar(64)                 not null,
  display_name  varchar(100)                not null,
  password_hash varchar(255)                not null,
  role          varchar(16)                 not null,
  disabled      boolean                     not null,
  credential    integer                     not null,
  created_at    timestamp(6) with time zone not null,
  version       bigint                      not null,
  constraint account_pk primary key (id),
  constraint account_name_unique unique (name),
  constraint account_role_known check (role in ('ADMIN', 'HOST', 'MEMBER'))
);

create table api_key (
  id         varchar(64)                 not null,
  label      varchar(100)                not null,
  created_at timestamp(6) with time zone not null,
  revoked_at timestamp(6) with time zone,
  version    bigint                      not null,
  constraint api_key_pk primary key (id)
);

create table room (
  id               uuid                        not null,
  name             varchar(64)                 not null,
  title            varchar(200)                not null,
  max_participants integer                     not null,
  empty_seconds    bigint                      not null,
  topology         varchar(16)                 not null,
  access           varchar(16)                 not null,
  lobby            boolean                     not null,
  locked           boolean                     not null,
  ephemeral        boolean                     not null,
  created_at       timestamp(6) with time zone not null,
  version          bigint                      not null,
  constraint room_pk primary key (id),
  constraint room_name_unique unique (name),
  constraint room_size check (max_participants between 1 and 500),
  constraint room_empty check (empty_seconds between 0 and 604800)
);

-- An invite dies with its room, so that a later room of that name does not inherit it.
create table invite (
  id         uuid                        not null,
  code_hash  varchar(64)                 not null,
  room       varchar(64)                 not null,
  created_by varchar(128)                not null,
  created_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null,
  remaining  integer,
  moderator  boolean                     not null,
  revoked    boolean                     not null,
  version    bigint                      not null,
  constraint invite_pk primary key (id),
  constraint invite_code_unique unique (code_hash),
  constraint invite_room foreign key (room) references room (name) on delete cascade,
  constraint invite_remaining check (remaining >= 0)
);

create index invite_by_room on invite (room);
