-- All keys of one person, destroyed ones included: what an erasure asks for must not take longer the more persons there are.
create index subject_key_subject on vault.subject_key (subject, class);
