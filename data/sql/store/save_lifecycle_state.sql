insert into lifecycle_states (category, version, state, kind, ball, label_en, label_ru, label_zh, is_described)
values ($category, $version, $state, $kind, $ball, $label_en, $label_ru, $label_zh, $is_described)
on conflict (category, version, state) do update
    set
        label_en = excluded.label_en,
        label_ru = excluded.label_ru,
        label_zh = excluded.label_zh;
