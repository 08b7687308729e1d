-- grain: one row per call of the expression: the clock that ran out on us while what it waits for has not happened
-- Spent is where its clock began, at the earliest with the taking over. A reply is owed until its clock ends or
-- begins anew, what else we owe while the ticket stays where it is.
create or replace macro int_overdue_trigger(flags, spent, clocks, ball, state_entered_at) as
case
    when cast(flags as varchar) = '[]' then ''
    when
        contains(cast(flags as varchar), '"first_reply_breached"')
        and spent ->> 'first_reply_breached' >= clocks ->> 'reply'
        then 'first_reply_breached'
    when
        contains(cast(flags as varchar), '"reply_overdue"')
        and spent ->> 'reply_overdue' >= clocks ->> 'reply'
        then 'reply_overdue'
    when ball <> 'seller' then ''
    when
        contains(cast(flags as varchar), '"seller_idle"')
        and cast(spent ->> 'seller_idle' as timestamp) >= state_entered_at
        then 'seller_idle'
    when
        contains(cast(flags as varchar), '"review_overdue"')
        and cast(spent ->> 'review_overdue' as timestamp) >= state_entered_at
        then 'review_overdue'
    when
        contains(cast(flags as varchar), '"refund_overdue"')
        and cast(spent ->> 'refund_overdue' as timestamp) >= state_entered_at
        then 'refund_overdue'
    else ''
end;
