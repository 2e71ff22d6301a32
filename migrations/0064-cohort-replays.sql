-- Computing a cohort again is work of the queue; this names the replay that is under way, so that it can be taken up after a crash.
alter table read.cohort add column replaying uuid;
