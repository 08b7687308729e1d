-- grain: one row, whether the desk has no ticket
select not exists (select 1 from tickets) as is_empty;
