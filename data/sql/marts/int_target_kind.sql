-- grain: one row per call of the expression: the kind of target at a place among the kinds, empty for 0
create or replace macro int_target_kind(place) as
coalesce(['first_reply', 'next_reply', 'time_in_state', 'requester_wait', 'full_resolution'][place], '');
