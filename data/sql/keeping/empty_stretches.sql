delete from kept_stretches;
