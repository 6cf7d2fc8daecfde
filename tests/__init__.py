"""The tests of Waypost, in the order its figures are made: spec, unit, engines, oracle, journeys, architecture."""
