-- grain: one row per state of a lifecycle and one who may have to act in it
create or replace temp table known_balls as
select
    unnest($categories::varchar[]) as category,
    unnest($versions::integer[]) as version,
    unnest($states::varchar[]) as state,
    unnest($balls::varchar[]) as ball;
