-- grain: one row per call of the expression: whether a ticket is late on us
-- By `if`, so that what `trigger` reads is read only of what is open and no clock has made late.
create or replace macro int_overdue(is_open, nearest_due_at, trigger, now_at) as
if(not is_open or nearest_due_at <= now_at, is_open, trigger <> '');
