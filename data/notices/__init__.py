"""Notices: kept with the acts that cause them, shown at the bell, sent outside from an outbox (DECISIONS: Notices)."""
