-- a version of the policies is written once
insert into service_policy_versions (version, valid_from, document, published_at, published_by, note)
values ($version, $valid_from, $document, $published_at, $published_by, $note);
