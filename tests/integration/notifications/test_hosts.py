"""Who only texts is never silent when a call reaches it all the same: the call is ended, not answered with an error."""

import pytest

from backend.circles.services import duty_watch
from backend.events import clock
from backend.notifications.domain.prompts import Answered, End
from backend.notifications.models import Attempt, Way
from backend.notifications.services import conversation, incoming
from tests.integration.notifications.conftest import Post


@pytest.mark.parametrize("host", [incoming.HOST, duty_watch.HOST])
def test_a_call_of_a_host_that_only_texts_is_ended(post: Post, host: str) -> None:
    post.send(way=Way.CALL, host=host, subject_id=post.organisation.pk)
    post.look()
    attempt = Attempt.objects.get()

    _attempt, prompt = conversation.turn(attempt.pk, step=0, heard=Answered(), sid=attempt.sid, now=clock.now())

    assert prompt == End()
