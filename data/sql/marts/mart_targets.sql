-- grain: one row per target of a ticket as of as_of, with where it stands then
create or replace macro mart_targets(as_of) as table
    select
        *,
        case
            when due_at <= coalesce(ended_at, as_of) then 'missed'
            when ended_at is null then if(due_at is null, 'paused', 'running')
            when ending = 'reached' then 'met'
            else 'ended_otherwise'
        end as status,
        case
            when lenient_due_at <= coalesce(ended_at, as_of) then 'missed'
            when ended_at is null then if(lenient_due_at is null, 'paused', 'running')
            when ending = 'reached' then 'met'
            else 'ended_otherwise'
        end as lenient_status,
    from int_targets(as_of);
