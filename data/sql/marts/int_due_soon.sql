-- grain: one row per call of the expression: whether a ticket is late, will soon be, or was written to by the buyer
create or replace macro int_due_soon(is_open, is_overdue, is_written_to, nearest_due_at, soon_at) as
is_overdue or is_written_to or is_open and coalesce(nearest_due_at < soon_at, false);
