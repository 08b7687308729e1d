-- grain: one row per case of the file: the ticket that it is here, or the one that it becomes
create or replace temp table plan_cases as
with

fields as (
    select
        case_no,
        case_ref,
        row_id,
        opened_at,
        coalesce(json_extract_string(fields, '$.category'), '') as category,
        coalesce(json_extract_string(fields, '$.channel'), '') as channel,
        coalesce(json_extract_string(fields, '$.priority'), '') as priority,
        coalesce(json_extract_string(fields, '$.language'), '') as language,
        coalesce(json_extract_string(fields, '$.seller'), '') as seller,
        coalesce(json_extract_string(fields, '$.team'), '') as team,
        coalesce(json_extract_string(fields, '$.buyer'), '') as buyer,
        coalesce(json_extract_string(fields, '$.order'), '') as order_id,
        coalesce(json_extract_string(fields, '$.posting'), '') as posting_number,
        coalesce(json_extract_string(fields, '$.product'), '') as product_id,
        coalesce(json_extract_string(fields, '$.assignee'), '') as assignee_id,
    from importing.cases
),

known as (
    select *
    from tickets
    where source = $source
)

select
    fields.* exclude (category, channel, priority, language, seller, team),
    concat(
        $name::varchar,
        case when fields.category = '' then '' else '/' || coalesce(categories.meaning, fields.category) end
    ) as category,
    coalesce(channels.meaning, nullif(fields.channel, ''), $channel) as channel,
    coalesce(priorities.meaning, nullif(fields.priority, ''), $priority) as priority,
    coalesce(languages.meaning, nullif(fields.language, ''), $language) as language,
    coalesce(nullif(fields.seller, ''), $seller) as seller_id,
    coalesce(nullif(fields.team, ''), $team) as team_id,
    known.id is null as is_new,
    known.id as known_id,
    coalesce(known.version, 0) as version,
    known.category as known_category,
    known.state_entered_at as known_entered_at,
    known.opened_at as known_opened_at,
    known.last_event_at as known_last_at,
from fields
left join known on fields.case_ref = known.external_ref
left join importing.translations as categories
    on fields.category = categories.value and categories.role = 'category'
left join importing.translations as channels on fields.channel = channels.value and channels.role = 'channel'
left join importing.translations as priorities
    on fields.priority = priorities.value and priorities.role = 'priority'
left join importing.translations as languages on fields.language = languages.value and languages.role = 'language';
