"""Monitors' bulletins as series: what each tells, read by the mission's template, and what the run of them shows."""

from truceline.tracking.series.build import Point, Series, SeriesFlag
from truceline.tracking.series.bulletin import BulletinReader, read_bulletin
from truceline.tracking.series.values import Bulletin, Period, Row, Sector, Value, Weapon, Where

__all__ = [
    "Bulletin",
    "BulletinReader",
    "Period",
    "Point",
    "Row",
    "Sector",
    "Series",
    "SeriesFlag",
    "Value",
    "Weapon",
    "Where",
    "read_bulletin",
]
