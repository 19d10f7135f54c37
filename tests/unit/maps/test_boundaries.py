"""County polygons are taken out of their file one by one."""

from __future__ import annotations

import json

from casebook_site.maps import packages
from casebook_site.maps.boundaries import read_polygons


def test_each_county_is_read_as_it_stands_in_the_file() -> None:
    file = packages.polygons_file()
    assert file is not None
    whole = json.loads(file.read_bytes())["features"]
    counties = {
        feature["properties"]["gb"].removeprefix("156"): feature
        for feature in whole
        if feature["properties"]["gb"] and "Polygon" in feature["geometry"]["type"]
    }
    found = read_polygons(file)
    assert found.keys() == counties.keys()
    assert len(found) > 2_800
    assert all(json.loads(found[code]) == counties[code] for code in sorted(counties)[::97])
