"""What people are asked about children and families."""
