-- grain: one row per warning that is due and was not acted on; what fell due before its policy was published is history
select
    cast(kept_warnings.ticket_id as varchar) as ticket_id,
    kept_warnings.target_kind,
    kept_warnings.state,
    kept_warnings.started_at,
    kept_warnings.percent,
    kept_warnings.due_at,
    kept_warnings.effect,
    kept_warnings.argument,
from kept_warnings
inner join service_policy_versions on kept_warnings.policy_version = service_policy_versions.version
anti join service_warnings
    on
        kept_warnings.ticket_id = service_warnings.ticket_id
        and kept_warnings.target_kind = service_warnings.target_kind
        and kept_warnings.state = service_warnings.state
        and kept_warnings.started_at = service_warnings.started_at
        and kept_warnings.percent = service_warnings.percent
where kept_warnings.due_at <= $now and kept_warnings.due_at >= service_policy_versions.published_at
order by kept_warnings.due_at, kept_warnings.ticket_id, kept_warnings.target_kind, kept_warnings.percent
limit $row_limit;
