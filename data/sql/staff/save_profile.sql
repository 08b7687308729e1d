insert or replace into agent_profiles (
    agent_id, most_open_count, categories, languages, schemes, absent_from_at, absent_until_at, stand_in_id,
    changed_at, changed_by
)
values (
    $agent_id, $most_open_count, $categories, $languages, $schemes, $absent_from_at, $absent_until_at, $stand_in_id,
    $changed_at, $changed_by
);
