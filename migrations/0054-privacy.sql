-- Requests of persons about their data, erasures and legal holds. Codes and random ids only.
create table read.privacy_request (
  request        uuid primary key,
  subject        uuid not null,
  kind           text not null,
  channel        text not null,
  status         text not null check (status in ('received', 'identified', 'prepared', 'held', 'decided', 'answered')),
  outcome        text check (outcome in ('granted', 'partial', 'refused')),
  ground         text,
  received_at    timestamptz not null,
  due_at         timestamptz not null,
  extended       boolean not null default false,
  -- When the missed deadline was noticed.
  overdue_at     timestamptz,
  decided_at     timestamptz,
  answered_at    timestamptz,
  -- Of the event that made it known; orders lists.
  first_position bigint not null unique,
  -- Of the last event applied.
  position       bigint not null
);
create index privacy_request_subject on read.privacy_request (subject, first_position);
create index privacy_request_due on read.privacy_request (due_at) where answered_at is null;
alter table read.privacy_request owner to twin_ledger_service;

create table read.erasure (
  erasure        uuid primary key,
  request        uuid not null,
  subject        uuid not null,
  status         text not null,
  ground         text not null,
  classes        text[] not null,
  decided_at     timestamptz not null,
  confirmed_at   timestamptz,
  started_at     timestamptz,
  completed_at   timestamptz,
  first_position bigint not null unique,
  position       bigint not null
);
create index erasure_subject on read.erasure (subject, first_position);
create index erasure_open on read.erasure (first_position) where status <> 'completed';
alter table read.erasure owner to twin_ledger_service;

create table read.legal_hold (
  hold           uuid primary key,
  subject        uuid not null,
  status         text not null check (status in ('placed', 'approved', 'rejected', 'lifted')),
  requested_by   text not null,
  ground         text not null,
  placed_at      timestamptz not null,
  ended_at       timestamptz,
  first_position bigint not null unique,
  position       bigint not null
);
create index legal_hold_subject on read.legal_hold (subject, first_position);
alter table read.legal_hold owner to twin_ledger_service;

-- What recipients of a person's data were told (GDPR Art 19).
create table read.recipient_notice (
  -- Event id.
  notice      uuid primary key,
  recipient   text collate "C" not null,
  erasure     uuid not null,
  subject     uuid not null,
  twins       uuid[] not null,
  classes     text[] not null,
  position    bigint not null unique,
  recorded_at timestamptz not null
);
create index recipient_notice_recipient on read.recipient_notice (recipient, position);
create index recipient_notice_subject on read.recipient_notice (subject);
alter table read.recipient_notice owner to twin_ledger_service;
