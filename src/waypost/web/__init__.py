"""The kit that every screen is built from: layouts, components, form fields, error pages. It knows no record."""
