"""The authored senses are well formed and bind only the topics they are about."""

from tests.make import make_topic
from watcher.topics.rules import compile_rules, guess_prior
from watcher.topics.senses import read_rows, senses_for, term_id


def test_every_row_is_well_formed() -> None:
    """Kinds are known, chances are chances, and what needs phrases has some."""
    for row in read_rows():
        assert row.kind in {"prior", "idiom", "refuse", "take", "weak"}
        assert row.words
        assert row.phrases or row.kind == "prior"
        assert 0 < row.weight < 1 or row.kind not in {"prior", "weak"}


def test_no_phrase_is_empty_once_folded() -> None:
    """A phrase of signs alone would find nothing, or everything."""
    assert all(term_id(phrase) for row in read_rows() for phrase in row.phrases)


def test_an_idiom_holds_its_word_or_stands_alone() -> None:
    """An idiom can only void a word that stands in it: each phrase holds one of its row's words."""
    for row in read_rows():
        if row.kind == "idiom":
            for phrase in row.phrases:
                assert any(word in term_id(phrase) or term_id(phrase) in word for word in row.words), phrase


def test_senses_hold_only_for_topics_that_name_the_word() -> None:
    """A topic on hydrogen has no senses."""
    senses = senses_for(("hydrogène", "électrolyseur"))
    assert [senses.priors, senses.further, senses.idioms, senses.cues] == [(), (), (), ()]


def test_one_shared_word_brings_no_further_terms() -> None:
    """*laser* alone may be laser cutting: the terms of photonics come with two of its words."""
    assert senses_for(("laser",)).further == ()
    assert dict(senses_for(("laser", "optique")).further)


def test_what_a_topic_names_never_counts_against_it() -> None:
    """A refused phrase that the topic itself names is dropped."""
    cues = senses_for(("fibre optique", "FTTH")).cues
    assert all(term_id(phrase) != "ftth" for phrase, _, _ in cues)


def test_common_words_are_believed_less() -> None:
    """A rare word or a phrase is believed; an everyday word needs company."""
    assert guess_prior("électrolyseur") > guess_prior("drone") > guess_prior("énergie")
    assert guess_prior("ville intelligente") > guess_prior("ville")
    assert guess_prior("*") == 0.0


def test_rules_are_compiled_for_any_terms() -> None:
    """Terms of signs, stars or one letter do no harm."""
    assert compile_rules(make_topic("x", "*", "-", "a", "é*"), None).has_terms
