-- Proposed versions of models and where each stands; and for each run, what its result may be used for.
create table read.model_version (
  id                 uuid primary key,
  model              text not null,
  version            text not null,
  title              text not null,
  nature             text not null,
  status             text not null check (status in ('proposed', 'under-assessment', 'inadequate', 'adequate', 'approved',
                                                     'superseded', 'retired')),
  risk_tier          text,
  ai_act_class       text,
  code_digest        text not null,
  coefficient_digest text not null,
  -- Whether the approval in force is an electronic signature; null without an approval.
  signed             boolean,
  superseded_by      text,
  proposed_at        timestamptz not null,
  approved_at        timestamptz,
  -- Of the last event applied.
  revision           integer not null,
  position           bigint not null,
  proposed_position  bigint not null,
  unique (model, version)
);
alter table read.model_version owner to twin_ledger_service;

alter table read.simulation_run add column stamp text not null default 'exploratory'
  check (stamp in ('decision', 'exploratory'));
