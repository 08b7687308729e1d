drop view changed_log;
