-- grain: one row per event whose keys are looked up: the newest, and some from everywhere
with

newest as (
    select
        ticket_id,
        seq,
    from events
    order by position desc
    limit 100
),

spread as (
    select
        ticket_id,
        seq,
    from events
    using sample 100 rows (reservoir, 7)
)

select * from newest
union
select * from spread
order by ticket_id, seq;
