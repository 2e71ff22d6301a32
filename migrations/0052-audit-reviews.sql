-- Reviews of the audit trail: where each stands and when it is due. Codes and random ids; what was found stays in the log.
create table read.audit_review (
  review           uuid primary key,
  status           text not null check (status in ('planned', 'under-way', 'concluded', 'closed')),
  trial            uuid,
  period_from      timestamptz not null,
  period_to        timestamptz not null,
  due_at           timestamptz not null,
  reviewer         text,
  findings         integer not null,
  planned_position bigint not null unique
);
create index audit_review_due on read.audit_review (due_at) where status <> 'closed';
alter table read.audit_review owner to twin_ledger_service;
