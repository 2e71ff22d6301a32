-- Legal holds that a sponsor or a regulator asks for, until compliance places or refuses them. Codes and random ids only.
alter table read.legal_hold alter column placed_at drop not null;
alter table read.legal_hold add column requester uuid;
alter table read.legal_hold add column requested_at timestamptz;
alter table read.legal_hold add column refusal text;
alter table read.legal_hold drop constraint legal_hold_status_check;
alter table read.legal_hold add constraint legal_hold_status_check
  check (status in ('requested', 'refused', 'placed', 'approved', 'rejected', 'lifted'));
create index legal_hold_requester on read.legal_hold (requester, first_position) where requester is not null;
