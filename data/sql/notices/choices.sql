-- grain: one row per person who has chosen what reaches them; all of them where none is named
select
    person_id,
    channels,
    calendar_id,
from notice_choices
where $person_id = '' or person_id = $person_id;
