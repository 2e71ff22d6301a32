-- Trials, their sites and who is enrolled. Codes and random ids; titles are public protocol text.
create table read.trial (
  trial               uuid primary key,
  code                text not null,
  title               text not null,
  sponsor             text not null,
  protocol_id         text not null,
  protocol_version    text not null,
  phase               text,
  status              text not null check (status in ('open', 'closed')),
  closing_reason      text,
  enrolled            integer not null default 0,
  withdrawn           integer not null default 0,
  -- Of the last event applied.
  revision            integer not null,
  position            bigint not null,
  -- Orders the list: it never changes, so a page boundary stays where it is.
  registered_position bigint not null unique,
  registered_at       timestamptz not null,
  closed_at           timestamptz
);
create index trial_sponsor on read.trial (sponsor, registered_position);
alter table read.trial owner to twin_ledger_service;

create table read.trial_site (
  trial     uuid not null,
  site      text not null,
  country   text not null,
  status    text not null check (status in ('open', 'closed')),
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (trial, site)
);
create index trial_site_site on read.trial_site (site);
alter table read.trial_site owner to twin_ledger_service;

create table read.enrolment (
  trial             uuid not null,
  code              text not null,
  subject           uuid not null,
  site              text not null,
  status            text not null check (status in ('enrolled', 'withdrawn')),
  enrolled_at       timestamptz not null,
  withdrawn_at      timestamptz,
  withdrawal_reason text,
  position          bigint not null,
  primary key (trial, code)
);
create unique index enrolment_subject on read.enrolment (subject, trial);
create index enrolment_order on read.enrolment (trial, position);
alter table read.enrolment owner to twin_ledger_service;
