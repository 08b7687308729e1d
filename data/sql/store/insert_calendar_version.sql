-- a new version of a business calendar
insert into calendar_versions (calendar_id, version, valid_from, document, published_at, published_by, note)
values ($calendar_id, $version, $valid_from, $document, $published_at, $published_by, $note);
