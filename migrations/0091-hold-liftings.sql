-- A legal hold that was approved is lifted by two persons: since when somebody asks for it.
alter table read.legal_hold add column lifting_requested_at timestamptz;
