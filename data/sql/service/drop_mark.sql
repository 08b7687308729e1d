delete from settings
where key = 'targets_kept_up_to';
