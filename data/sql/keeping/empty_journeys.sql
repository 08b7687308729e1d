delete from kept_journeys;
