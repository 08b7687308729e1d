insert into imports by name
select
    $import_id::uuid as id,
    $source as source,
    $file_name as file_name,
    $file_hash as file_hash,
    $category as category,
    coalesce(
        (
            select max(version) from plan_versions), (
            select max(version) from lifecycles
            where category = $category
        ), 0
    )
        as lifecycle_version,
    $now::timestamp as started_at,
    $now::timestamp as finished_at,
    $row_count as row_count,
    $added_count as added_count,
    $known_count as known_count,
    $repeat_count as repeat_count,
    $reject_count as reject_count,
    'import' as imported_by;
