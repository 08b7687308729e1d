insert into declared_steps (from_state, to_state)
values ($from_state, $to_state);
