-- Which store the log was begun with. With KurrentDB the tables of the ledger are an index over its stream, without payloads, and
-- a service started without EVENTSTORE_URL would go on where the payloads are not.
create table ledger.home (
  only_row boolean primary key default true check (only_row),
  store    text not null check (store in ('postgresql', 'kurrentdb'))
);
-- A log that was begun before this was asked lies in PostgreSQL.
insert into ledger.home (store) select 'postgresql' from ledger.head where size > 0;
grant select, insert on ledger.home to twin_ledger_service;
