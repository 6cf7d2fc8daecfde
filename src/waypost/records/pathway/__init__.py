"""What happened to a child, step by step: contact to plan, with the visits, meetings and clocks of each step."""
