-- grain: one row: after which position, and up to which, events wrote texts whose words are not made yet
select
    coalesce((
        select max(cast(value as bigint)) from settings
        where key = 'search_words_up_to'
    ), 0) as after_position,
    coalesce((select max(position) from events), 0) as last_position;
