"""The page Notices: everything that a person was told, what they want to be told, and what did not get through."""
