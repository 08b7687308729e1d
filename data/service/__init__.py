"""Service levels of many tickets: policies and their versions, judging as columns, what is kept of it, back-tests."""
