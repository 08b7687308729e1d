-- grain: one row per position or ticket number that stands twice, or that the desk would give again
with

repeated_positions as (
    select
        position,
        count(*) as row_count,
    from events
    group by position
    having count(*) > 1
),

repeated_numbers as (
    select
        number,
        count(*) as row_count,
    from tickets
    group by number
    having count(*) > 1
),

sequences as (
    select
        sequence_name,
        coalesce(last_value, 0) as last_given,
    from duckdb_sequences()
),

given as (
    select
        'event_positions' as sequence_name,
        coalesce(max(position), 0) as highest,
    from events
    union all
    select
        'ticket_numbers' as sequence_name,
        coalesce(max(number), 0) as highest,
    from tickets
)

select
    null as number,
    'events.position' as place,
    concat(position, ' on ', row_count, ' events') as found,
    'one event' as expected,
from repeated_positions
union all
select
    number,
    'tickets.number' as place,
    concat(row_count, ' tickets') as found,
    'one ticket' as expected,
from repeated_numbers
union all
select
    null as number,
    sequences.sequence_name as place,
    cast(sequences.last_given as varchar) as found,
    concat('at least ', given.highest) as expected,
from given
inner join sequences on given.sequence_name = sequences.sequence_name
where sequences.last_given < given.highest
order by place, number, found;
