"""Pages about children and the people around them. Each finds its record in what the person may see."""
