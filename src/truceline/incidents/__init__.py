"""From claims of many documents to incidents with every party's version: pure, incremental, in any order of arrival."""

from truceline.incidents.bearing import Bearing, Bearings
from truceline.incidents.build import Index, build, days_touched, reach

__all__ = ["Bearing", "Bearings", "Index", "build", "days_touched", "reach"]
