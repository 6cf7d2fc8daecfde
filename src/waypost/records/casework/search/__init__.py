"""To find a person by whatever is known of them, and to say why each was found."""
