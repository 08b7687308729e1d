"""What agents write with, kept by the desk: templates, macros, drafts."""
