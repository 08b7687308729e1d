"""The composer: where an agent writes to buyer or desk, with templates, attachments, macros and a verdict."""
