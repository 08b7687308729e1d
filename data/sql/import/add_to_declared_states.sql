insert into declared_states (state, kind, ball)
values ($state, $kind, $ball);
