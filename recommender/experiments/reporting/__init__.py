"""What a run found, for people and for programs: JSON, tables, pictures, pages."""
