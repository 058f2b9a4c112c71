"""The calculators in the API: the inputs of a worked case in, its result with the working out. Nothing is kept."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from accounts.models import CASE_ROLES, MONEY_ROLES
from accounts.requests import SignedInApiRequest
from budgets.estimates.kinds import CHARGING, KINDS, Kind
from core.api import ApiView, Problem
from core.policy import Audience, Policy


class Estimate(ApiView):
    """One calculation. It creates nothing, so it takes no Idempotency-Key: the same body gets the same answer."""

    policy = Policy(Audience.STAFF, CASE_ROLES | MONEY_ROLES)
    operation: ClassVar[str]
    of: ClassVar[Kind]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)

        def post(self: Estimate, request: SignedInApiRequest) -> Response:
            return Response(self.of.printed(self.of.work_out(request.data)))

        post.__doc__ = cls.__doc__
        cls.post = extend_schema(  # type: ignore[attr-defined]
            operation_id=cls.operation,
            request=type(cls.of.asks),
            responses={200: type(cls.of.gives), 400: Problem, 403: Problem},
        )(post)


class EstimateTariff(Estimate):
    """The tariff income of one or more sums of capital, or that the whole cost is paid."""

    operation = "budgets_estimate_tariff"
    of = KINDS["tariff"]


class EstimateCharging(Estimate):
    """What an adult pays and what the council pays each week, in the community or in a care home."""

    operation = "budgets_estimate_charging"
    of = CHARGING


class EstimatePartWeek(Estimate):
    """The charge for a week in which a free period ends."""

    operation = "budgets_estimate_part_week"
    of = KINDS["part_week"]


class EstimateSurplus(Estimate):
    """What has gathered in a direct payment account above what may stay, and to whom it goes."""

    operation = "budgets_estimate_dp_surplus"
    of = KINDS["dp_surplus"]


class EstimateAllocation(Estimate):
    """From help needed to pounds a week, and who decides on a final figure that departs from them."""

    operation = "budgets_estimate_ras"
    of = KINDS["ras"]


class EstimateMixedBudget(Estimate):
    """From which ways of paying the contribution is taken, and what the council pays by each."""

    operation = "budgets_estimate_mixed_budget"
    of = KINDS["mixed_budget"]
