delete from kept_warnings;
