-- grain: one row per call of the expression: whether the buyer wrote on a settled ticket and nobody has answered
-- No clock brings it up again. An answer or a reopening takes the flag away, and what nobody touched since
-- `written_since` is history.
create or replace macro int_written_to(state_kind, flags, last_event_at, written_since) as
state_kind in ('done', 'final')
and last_event_at >= written_since
and contains(cast(flags as varchar), '"buyer_wrote_again"');
