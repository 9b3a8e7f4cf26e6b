"""`Idempotency-Key`: done once, answered alike."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from projects.models import ApiToken, KeptAnswer, Project

BODY = {"name": "Night Bus"}


def test_the_same_key_and_body_is_done_once_and_answered_alike(program, ada):
    ask = program(ada)
    first = ask.post("projects/", BODY, Idempotency_Key="k1")
    again = ask.post("projects/", BODY, Idempotency_Key="k1")
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"
    assert Project.objects.count() == 1


def test_the_same_key_with_another_body_is_a_mistake(program, ada):
    ask = program(ada)
    ask.post("projects/", BODY, Idempotency_Key="k1")
    answer = ask.post("projects/", {"name": "Other"}, Idempotency_Key="k1")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert Project.objects.count() == 1


def test_keys_of_two_tokens_do_not_meet(program, ada, ben):
    for ask in (program(ada), program(ada), program(ben)):
        assert ask.post("projects/", BODY, Idempotency_Key="k1").status_code == 201
    assert Project.objects.count() == 3


def test_while_one_is_under_way_the_other_is_told(program, ada):
    ask = program(ada)
    ask.post("projects/", BODY, Idempotency_Key="k1")
    KeptAnswer.objects.update(status=0)
    answer = ask.post("projects/", BODY, Idempotency_Key="k1")
    assert (answer.status_code, answer.json()["code"]) == (409, "state")


def test_what_failed_may_be_tried_again_with_its_key(program, ada):
    ask = program(ada)
    assert ask.post("projects/", {"name": " "}, Idempotency_Key="k1").status_code == 400
    assert ask.post("projects/", BODY, Idempotency_Key="k1").status_code == 201


def test_a_key_ends_with_its_day(program, ada):
    ask = program(ada)
    ask.post("projects/", BODY, Idempotency_Key="k1")
    KeptAnswer.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert ask.post("projects/", {"name": "Other"}, Idempotency_Key="k1").status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 256, "é"])
def test_a_key_that_is_none_is_refused(program, ada, key):
    assert program(ada).post("projects/", BODY, Idempotency_Key=key).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one(program, ada):
    ask = program(ada)
    ApiToken.objects.update(last_used_at=timezone.now())
    together, codes = Barrier(4), []

    def run() -> None:
        together.wait()
        codes.append(ask.post("projects/", BODY, Idempotency_Key="k1").status_code)
        connection.close()

    threads = [Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Project.objects.count() == 1
    assert set(codes) <= {201, 409} and 201 in codes
