-- In which stream a file is spoken of, so that one that no event came to name, because the process died in between, can be found.
alter table vault.sealed_file add column stream text;
create index sealed_file_created_at on vault.sealed_file (created_at);
