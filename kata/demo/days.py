"""A team's days around the day on which the demo is loaded, so that its year of practice always ends yesterday."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kata import clock
from kata.teams.cadence import PracticeDays


class Days:
    """Practice days counted from today: -1 is the last one before it, 0 is today itself, 1 the next one after it."""

    def __init__(self, zone: str, practice: PracticeDays) -> None:
        self.zone, self.practice = zone, practice
        self.today = clock.today(zone)
        self._past = [self.today]

    def day(self, number: int) -> date:
        """The practice day of that number."""
        if number > 0:
            day = self.today
            for _ in range(number):
                day = self.practice.next_practice_day(day)
            return day
        while len(self._past) <= -number:
            self._past.append(self._one_earlier(self._past[-1]))
        return self._past[-number]

    def ahead(self, days: int) -> date:
        """So many calendar days from today."""
        return self.today + timedelta(days)

    def moment(self, number: int, at: str) -> datetime:
        """A time of day (``09:15``) on a practice day, where the team is."""
        return datetime.combine(self.day(number), time.fromisoformat(at), ZoneInfo(self.zone))

    def _one_earlier(self, day: date) -> date:
        day -= timedelta(1)
        while day not in self.practice:
            day -= timedelta(1)
        return day
