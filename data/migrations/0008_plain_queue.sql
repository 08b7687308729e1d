-- The queue without a search: namesakes of its macros that leave out what only a search asks (`search_path`).
create schema plain;
