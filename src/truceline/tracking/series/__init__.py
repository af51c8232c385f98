"""Monitors' bulletins as series: what each tells, read by the mission's template, and what the run of them shows."""

from truceline.tracking.series.build import Point, Series, SeriesFlag
from truceline.tracking.series.bulletin import BulletinReader, read_bulletin
from truceline.tracking.series.values import Bulletin, Period, Quoted, Row, Sector, Value, Weapon

__all__ = [
    "Bulletin",
    "BulletinReader",
    "Period",
    "Point",
    "Quoted",
    "Row",
    "Sector",
    "Series",
    "SeriesFlag",
    "Value",
    "Weapon",
    "read_bulletin",
]
