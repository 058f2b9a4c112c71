"""How the API acts on an episode: found by what the user may see, answered whole."""

from __future__ import annotations

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404

from accounts.api_actions import CreatingAction, RecordAction
from accounts.requests import SignedInApiRequest
from reablement.api.shapes import EpisodeDetail
from reablement.models import Episode


def find_episode(request: SignedInApiRequest, ref: str) -> Episode:
    """The episode, where the user may know of it. Raises Http404."""
    episodes = Episode.objects.visible_to(request.user).for_page().select_related("person")
    return get_object_or_404(episodes, ref=ref)


class EpisodeAction(RecordAction):
    """One action on one episode."""

    gives: ClassVar[Any] = EpisodeDetail

    def find(self, ref: str, **more: Any) -> Episode:
        return find_episode(self.request, ref)


class MakingInEpisode(CreatingAction):
    """Makes an episode, or something in one."""

    gives: ClassVar[Any] = EpisodeDetail

    def found(self, ref: str) -> Episode:
        return find_episode(self.request, ref)
