delete from kept_targets;
