-- grain: one row per case of the file: the ticket that it is here, or the one that it becomes
create or replace temp table plan_cases as
with

fields as (
    select
        case_no,
        case_ref,
        coalesce(category, '') as category,
        coalesce(channel, '') as channel,
        coalesce(priority, '') as priority,
        coalesce(language, '') as language,
        coalesce(seller_id, '') as seller,
        coalesce(team_id, '') as team,
        coalesce(buyer, '') as buyer,
        coalesce(order_id, '') as order_id,
        coalesce(posting_number, '') as posting_number,
        coalesce(product_id, '') as product_id,
        coalesce(assignee_id, '') as assignee_id,
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
    known.opened_at as known_opened_at,
from fields
left join known on fields.case_ref = known.external_ref
left join importing.translations as categories
    on fields.category = categories.word and categories.role = 'category'
left join importing.translations as channels on fields.channel = channels.word and channels.role = 'channel'
left join importing.translations as priorities
    on fields.priority = priorities.word and priorities.role = 'priority'
left join importing.translations as languages on fields.language = languages.word and languages.role = 'language';
