delete from saved_views
where id = $id;
