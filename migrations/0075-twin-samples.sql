-- Coded twins drawn for reviews of the audit trail: which quality assurance may read while the review is open.
create table read.audit_review_twin (
  review uuid not null,
  trial  uuid not null,
  -- The person's code in the trial.
  code   text not null,
  primary key (review, code)
);
create index audit_review_twin_code on read.audit_review_twin (trial, code);
alter table read.audit_review_twin owner to twin_ledger_service;
create index audit_review_reviewer on read.audit_review (reviewer) where status <> 'closed';
