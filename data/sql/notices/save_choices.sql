-- what a person has chosen last
insert into notice_choices (person_id, channels, calendar_id, chosen_at)
values ($person_id, $channels, $calendar_id, $chosen_at)
on conflict (person_id) do update
    set
        channels = excluded.channels,
        calendar_id = excluded.calendar_id,
        chosen_at = excluded.chosen_at;
