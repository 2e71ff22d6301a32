-- Notices without their texts, for lists that anybody may ask for: a text has up to 60,000 characters.
alter table read.notice_register add column outline jsonb;
-- Until the read model is built anew.
update read.notice_register set outline = state;
alter table read.notice_register alter column outline set not null;
