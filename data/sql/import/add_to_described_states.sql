insert into described_states (state, kind, ball, label_en, label_ru, label_zh, target)
values ($state, $kind, $ball, $label_en, $label_ru, $label_zh, $target);
