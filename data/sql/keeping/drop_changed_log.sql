drop table changed_log;
