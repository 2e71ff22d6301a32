-- Who is out of secondary use (EHDS Art 71): a line a person while the opt-out is in force. Random ids only.
create table read.opt_out (
  subject  uuid primary key,
  since    timestamptz not null,
  -- Of the event that records it.
  position bigint not null
);
alter table read.opt_out owner to twin_ledger_service;

-- Members of a cohort who opted out between its being asked for and their turn.
alter table read.cohort add column opted_out integer not null default 0;
