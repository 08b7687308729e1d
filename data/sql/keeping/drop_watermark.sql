delete from settings
where key = 'kept_up_to';
