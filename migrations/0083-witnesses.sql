-- What witnesses cosigned. No events of the ledger: a cosignature is made after the event it covers, changes nothing, and a lost one is
-- asked for again. The newest are kept: those from the last checkpoint on that the policy was met for.
create table ledger.cosignature (
  witness     text   not null,                     -- its verifier key
  size        bigint not null check (size >= 0),   -- of the tree it cosigned
  checkpoint  text   not null,                     -- as the log signed it
  line        text   not null,                     -- signature line of the witness
  cosigned_at bigint not null,                     -- POSIX seconds, by the clock of the witness
  primary key (witness, size)
);
-- Of several processes one asks the witnesses: all of them for the same checkpoint, else none would find enough of them.
create table ledger.witness_feed (
  only_row   boolean     primary key default true check (only_row),
  holder     uuid        not null,
  held_until timestamptz not null,
  since      timestamptz not null default now()    -- since when there are witnesses to ask
);
grant select, insert, update, delete on ledger.cosignature to twin_ledger_service;
grant select, insert, update on ledger.witness_feed to twin_ledger_service;
