"""The content store: once written, found by hash, and never outside its folder."""

from __future__ import annotations

import pytest

from apexsite.kit.documents import document_hash, stable_json, upgrade_document
from apexsite.kit.errors import InputError, NotFound
from apexsite.kit.registry import Registry
from apexsite.kit.seeds import seed_from_name
from apexsite.kit.store import ContentStore


def test_the_same_content_is_one_file(tmp_path):
    store = ContentStore(tmp_path)
    first, second = store.put_bytes(b"picture"), store.put_bytes(b"picture")
    assert first == second
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == 1
    assert store.open_path(first.sha256).read_bytes() == b"picture"


def test_a_file_is_kept_under_the_same_name_as_its_bytes(tmp_path):
    source = tmp_path / "a"
    source.write_bytes(b"x" * 3_000_000)
    store = ContentStore(tmp_path / "store")
    assert store.put_file(source) == store.put_bytes(b"x" * 3_000_000)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "a" * 63])
def test_a_name_that_is_no_hash_never_becomes_a_path(tmp_path, name):
    with pytest.raises(InputError):
        ContentStore(tmp_path).path(name)


def test_what_was_never_kept_is_not_found(tmp_path):
    with pytest.raises(NotFound):
        ContentStore(tmp_path).open_path("0" * 64)


def test_the_seed_of_a_character_is_the_documents():
    assert seed_from_name("judge_abc123") == 0xDE2BFB91
    assert 0 <= seed_from_name("judge_abc123") <= 4_294_967_295


def test_documents_hash_by_value_not_by_order():
    assert document_hash({"a": 1, "b": [2, 3]}) == document_hash({"b": [2, 3], "a": 1})
    assert stable_json({"b": 1, "a": "é"}) == '{"a":"é","b":1}'


def test_an_old_document_walks_its_upgrades():
    upgraded = upgrade_document(
        {"schema": "apex.thing/1", "old": 1},
        kind="thing",
        version=2,
        upgrades={1: lambda d: {**d, "new": d["old"]}},
    )
    assert upgraded == {"schema": "apex.thing/2", "old": 1, "new": 1}


def test_an_unknown_name_is_answered_with_the_known_ones():
    registry: Registry[int] = Registry("engine")
    registry.add("storyboard", 1)
    with pytest.raises(InputError, match="engine='dream' is not known; valid: storyboard"):
        registry.get("dream")
    with pytest.raises(ValueError):
        registry.add("storyboard", 2)
