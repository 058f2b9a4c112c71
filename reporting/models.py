"""What the managers' page said on days that are past: counted at night, kept, and never counted again."""

from __future__ import annotations

from django.db import models

from audit.models import insert_only


class CountedDay(models.Model):
    """A day whose figures were counted, once, while it was today."""

    APPEND_ONLY = True

    day = models.DateField(unique=True)
    counted_at = models.DateTimeField()

    class Meta:
        triggers = insert_only()

    def __str__(self) -> str:
        return f"Figures of {self.day}"


class KeptFigure(models.Model):
    """One figure of one team on a counted day. Without a team: what stood with no team. Standard records alone are
    counted, so that a kept figure is the same for every reader."""

    APPEND_ONLY = True

    counted_day = models.ForeignKey(CountedDay, on_delete=models.PROTECT, related_name="figures")
    team = models.ForeignKey("accounts.Team", null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["counted_day", "team", "code"],
                nulls_distinct=False,
                name="reporting_one_figure_per_day_and_team",
            )
        ]
        triggers = insert_only()

    def __str__(self) -> str:
        return f"{self.code} {self.pk}"
