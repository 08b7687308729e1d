-- what was given up since an instant is tried again: from when a person's hours say, or the usual ones
update outbox
set
    status = 'waiting',
    refused_count = 0,
    next_attempt_at = coalesce(
        list_extract($from_ats::timestamp[], list_position($person_ids::varchar[], outbox.person_id)),
        $usual_from_at
    ),
    ended_at = null
where status = 'failed' and ended_at >= $since;
