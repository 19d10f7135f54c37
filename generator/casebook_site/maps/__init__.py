"""Places → drawings and layers: the schematic map, the geographic map, GeoJSON."""
