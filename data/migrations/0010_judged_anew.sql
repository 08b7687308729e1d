-- Kept targets are made anew from the log: what counts as merging is judged otherwise than before.
delete from kept_targets;
delete from kept_warnings;
delete from settings
where key = 'targets_kept_up_to';
