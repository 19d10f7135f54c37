"""Files for programs: GeoJSON."""
