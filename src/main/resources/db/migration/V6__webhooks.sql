-- Who is in which room, written with the events that webhooks tell of it; nothing of this is there
-- where no webhook is configured. Infos are messages of the LiveKit protocol as JSON.

-- A room in which somebody is: from room_started to room_finished.
create table gathering (
  room     varchar(64)                 not null,
  node     varchar(64)                 not null,
  info     varchar(200000)             not null,
  began_at timestamp(6) with time zone not null,
  constraint gathering_pk primary key (room)
);

create table presence (
  participant varchar(64)                 not null,
  room        varchar(64)                 not null,
  info        varchar(400000)             not null,
  place       bigint                      not null,
  came_at     timestamp(6) with time zone not null,
  constraint presence_pk primary key (participant)
);

create index presence_by_room on presence (room, place);

create table publication (
  track       varchar(64)     not null,
  participant varchar(64)     not null,
  info        varchar(200000) not null,
  place       bigint          not null,
  constraint publication_pk primary key (track)
);

create index publication_by_participant on publication (participant, place);

-- The last batch each node has written.
create table webhook_mark (
  node  varchar(64) not null,
  batch bigint      not null,
  constraint webhook_mark_pk primary key (node)
);

-- The last place in each room's order of events. Its row is what writers of a room wait for.
create table webhook_room (
  room varchar(64) not null,
  last bigint      not null,
  constraint webhook_room_pk primary key (room)
);

create table webhook_event (
  room  varchar(64)                 not null,
  place bigint                      not null,
  id    varchar(32)                 not null,
  kind  varchar(32)                 not null,
  at    timestamp(6) with time zone not null,
  body  varchar(1000000)            not null,
  constraint webhook_event_pk primary key (room, place),
  constraint webhook_event_id_unique unique (id)
);

create index webhook_event_by_age on webhook_event (at);

-- How far a room's events have got to a URL. Whoever holds the lease delivers, nobody else.
create table webhook_lane (
  url         varchar(500)                not null,
  room        varchar(64)                 not null,
  done        bigint                      not null,
  pending     boolean                     not null,
  tries       integer                     not null,
  next_at     timestamp(6) with time zone not null,
  failing_at  timestamp(6) with time zone,
  cause       varchar(200),
  holder      varchar(64),
  held_until  timestamp(6) with time zone not null,
  constraint webhook_lane_pk primary key (url, room)
);

create index webhook_lane_due on webhook_lane (url, pending, next_at);

-- What was given up, until somebody looks at it.
create table webhook_dead_letter (
  id         uuid                        not null,
  url        varchar(500)                not null,
  room       varchar(64)                 not null,
  place      bigint                      not null,
  event      varchar(32)                 not null,
  kind       varchar(32)                 not null,
  at         timestamp(6) with time zone not null,
  died_at    timestamp(6) with time zone not null,
  tries      integer                     not null,
  cause      varchar(200)                not null,
  again      boolean                     not null,
  holder     varchar(64),
  held_until timestamp(6) with time zone not null,
  constraint webhook_dead_letter_pk primary key (id),
  constraint webhook_dead_letter_event foreign key (room, place) references webhook_event (room, place)
);

create index webhook_dead_letter_by_url on webhook_dead_letter (url, again);
