insert into activity_meanings (activity, actor_role, is_public_reply)
values ($activity, $actor_role, $is_public_reply);
