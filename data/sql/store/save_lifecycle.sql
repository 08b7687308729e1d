insert into lifecycles (category, version, is_observed, label_en, label_ru, label_zh, source, added_at)
values ($category, $version, $is_observed, $label_en, $label_ru, $label_zh, $source, $added_at)
on conflict (category, version) do update
    set
        label_en = excluded.label_en,
        label_ru = excluded.label_ru,
        label_zh = excluded.label_zh,
        source = excluded.source;
