-- Which store the log was begun with. With KurrentDB the tables of the ledger are an index over its stream, without payloads, and
-- a service started without EVENTSTORE_URL would go on where the payloads are not.
create table ledger.home (
  only_row boolean primary key default true check (only_row),
  store    text not null check (store in ('postgresql', 'kurrentdb'))
);
-- A log that has events and says nothing here lies in PostgreSQL. The service changes what it says while there is no event.
grant select, insert, update on ledger.home to twin_ledger_service;
