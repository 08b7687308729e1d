-- grain: one row per ticket, field and word between two words, both included; an empty list of fields is no limit
create or replace macro mart_tickets_by_word(low, high, fields) as table
    with found_records as (
        select
            record_id,
            field,
        from record_words
        where word between low and high and (len(fields) = 0 or list_contains(fields, field))
    )

    select number
    from ticket_words
    where word between low and high and (len(fields) = 0 or list_contains(fields, field))
    union all
    select tickets.number
    from tickets
    where
        tickets.order_id in (
            select found_records.record_id from found_records
            where found_records.field = 'order'
        )
    union all
    select tickets.number
    from tickets
    where
        tickets.posting_number in (
            select found_records.record_id from found_records
            where found_records.field = 'tracking'
        )
    union all
    select tickets.number
    from tickets
    where
        tickets.product_id in (
            select found_records.record_id from found_records
            where found_records.field = 'product'
        )
    union all
    select tickets.number
    from tickets
    where
        tickets.id in (
            select claims.ticket_id from claims
            where claims.id in (
                select try_cast(found_records.record_id as uuid) from found_records
                where found_records.field = 'claim'
            )
        )
    union all
    select tickets.number
    from tickets
    where tickets.buyer_key in (
        select found_records.record_id from found_records
        where found_records.field = 'buyer'
    );
