delete from kept_decisions;
