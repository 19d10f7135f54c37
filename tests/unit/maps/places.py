"""Sites with places whose county has a polygon: real ones, since polygons are of real counties."""

from __future__ import annotations

from collections.abc import Mapping

PLACES: Mapping[str, str] = {
    "records/counties/list.yml":
        "- {id: yiyuan, name: 沂源县, province: 山东省, prefecture: 淄博市,"
        " codes: [{system: nbs-2023, value: '370323'}],"
        " coordinates: {longitude: 118.17, latitude: 36.18, precision: 5000}}\n"
        "- {id: nowhere, name: 无码县, province: 某省, prefecture: 某市}\n",
    "records/townships/list.yml":
        "- {id: town, name: 示例镇, county: yiyuan, type: town}\n",
    "records/villages/list.yml":
        "- {id: bare, name: 只有名字的村, township: town}\n"
        "- {id: village, name: 示例村, township: town,"
        " coordinates: {longitude: 118.2, latitude: 36.1, precision: 200}}\n",
    "records/categories/list.yml": "- {id: industry, name: 产业基地}\n",
    "records/teaching-points/list.yml":
        "- {id: gps, name: 示例园<甲>, county: yiyuan, township: town, category: industry,"
        " coordinates: {longitude: 118.2, latitude: 36.2, precision: 30}}\n"
        "- {id: amap, name: 取自高德, county: yiyuan, category: industry,"
        " coordinates: {longitude: 118.166001, latitude: 36.185001, precision: 30, system: gcj-02}}\n"
        "- {id: baidu, name: 取自百度, county: yiyuan, category: industry,"
        " coordinates: {longitude: 118.172501, latitude: 36.190001, precision: 30, system: bd-09}}\n"
        "- {id: unknown, name: =没有坐标, county: yiyuan, category: industry}\n"
        "- {id: secret, name: SECRET-point, audience: internal, county: yiyuan,"
        " category: industry, coordinates: {longitude: 118.123456, latitude: 36.123456,"
        " precision: 30}}\n"
        "- {id: hidden, name: SECRET-unplaced, audience: internal, county: yiyuan,"
        " category: industry}\n",
}  # fmt: skip

REVIEW = {
    "review_number": "鲁SG（2024）001号",
    "review_source": "天地图",
    "review_date": "2024-05-01",
}
