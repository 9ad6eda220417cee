"""Find the members that an entry names, and refuse their homonyms.

Precision first: « on parle de vous » that is about somebody else costs the trust in all the rest. A distinctive
spelling counts where annotation does not call it a person, a place or a longer name. An ordinary one counts in
its exact case only, and with words of the member's trade, or of firms, beside it; annotation alone is no witness, since
the annotator was given the register's names too.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from watcher.members.spellings import GROUP, LEGAL, Spelling, list_spellings, read_trade, text_stems
from watcher.members.wording import say
from watcher.model.entry import Entry
from watcher.model.member import Member, MemberMention
from watcher.model.mention import Annotation, Mention
from watcher.words.folding import Word, fold, words
from watcher.words.phrases import Hit, PhraseIndex, longest

_NEAR = 300  # characters on either side in which a member's words support an ordinary name
_BESIDE = 50  # characters in which a word says what the name is
_MANY = 3  # supporting words told in a reason

_FIRM_BEFORE = re.compile(
    r"\b(?:groupe|société|entreprise|start-?up|jeune pousse|PME|ETI|fabricant|constructeur|opérateur|équipementier|"
    r"éditeur|industriel|fournisseur|laboratoire|institut|(?:PDG|patron|président|directeur général|filiale) d[e’']|"
    r"company|firm|maker|manufacturer|developer|operator|supplier|utility|specialist|lab|group|"
    r"(?:CEO|boss|subsidiary) of)(?:\s[a-zà-ÿ-]{3,20}){0,2}\s?$",
    re.IGNORECASE,
)
_FIRM_AFTER = re.compile(
    r"(?:[’']s)?,?\s(?:(?:SAS|SASU|SARL|SA|S\.A\.|GmbH|Ltd|Limited|Inc|plc|LLC|AG|BV|SE|Group|Groupe|CEO|PDG)\b|"
    r"(?:a (?:annoncé|levé|signé|remporté|dévoilé|présenté|lancé|inauguré)|annonce|lève|signe|rachète|acquiert|"
    r"remporte|dévoile|recrute|inaugure|lance|vient de|announce[sd]|launche[sd]|sign(?:s|ed)|raise[sd]|acquire[sd]|"
    r"unveil(?:s|ed)|wins|won|shares|subsidiary|has (?:signed|launched|acquired|raised|won|unveiled))\b)"
)
_PERSON_BEFORE = re.compile(r"(?:^|[\s(«“\"])(?:M|MM|Mme|Mlle|Mr|Mrs|Ms|Dr|Pr|Prof|Sir|Me)\.?\s$")
_PLACE_BEFORE = re.compile(
    r"(?:^|[\s(«“\"])(?:à|in|near|près d[e’']|(?:ville|maire|commune|gare) d[e’']|county of)\s?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A spelling found in a text: its words, and the text they stand in."""

    text: str
    spelling: Spelling
    words: tuple[Word, ...]

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end

    @property
    def written(self) -> str:
        return self.text[self.start : self.end]


class Recogniser:
    """Recognises the members of one register; build it once."""

    def __init__(self, members: tuple[Member, ...]) -> None:
        spellings = [spelling for member in members for spelling in list_spellings(member)]
        self._index = PhraseIndex((" ".join(spelling.words), spelling) for spelling in spellings)
        self._trades = {member.slug: read_trade(member).stems for member in members}
        self._languages = {member.slug: member.language for member in members}

    def find(self, entry: Entry, annotation: Annotation | None) -> tuple[MemberMention, ...]:
        """Return every place where ``entry`` names a member, in reading order; content counts where its text is silent.

        ``start`` and ``end`` count in ``entry.text``, or in ``entry.content`` where the name stands only there.
        """
        mentions = annotation.mentions if annotation else ()
        found = tuple(self._read(entry.id, entry.text, mentions))
        named = {mention.member for mention in found}
        more = self._read(entry.id, entry.content, ()) if entry.content else ()
        return (*found, *(mention for mention in more if mention.member not in named))

    def _read(self, entry_id: int, text: str, mentions: tuple[Mention, ...]) -> Iterator[MemberMention]:
        accepted: dict[tuple[int, int], list[tuple[_Place, tuple[str, ...]]]] = {}
        for place in self._places(text):
            support = self._judge(place, mentions)
            if support is not None:
                accepted.setdefault((place.start, place.end), []).append((place, support))
        for span in sorted(accepted):
            yield from (self._mention(entry_id, *one) for one in _owners(accepted[span]))

    def _places(self, text: str) -> Iterator[_Place]:
        read = words(text)
        hits: Iterable[Hit[Spelling]] = longest(self._index.find([word.key for word in read]))
        for hit in hits:
            place = _Place(text=text, spelling=hit.payload, words=read[hit.start : hit.end])
            if _is_spelled(place):
                yield place

    def _judge(self, place: _Place, mentions: tuple[Mention, ...]) -> tuple[str, ...] | None:
        """Return the words that support a place (none are needed by a distinctive name), or None to refuse it."""
        if _contradicts(place, mentions):
            return None
        support = self._support(place)
        if not place.spelling.is_ordinary:
            return support
        is_place = _PLACE_BEFORE.search(place.text[: place.start][-_BESIDE:])
        if is_place and not any(_covers(mention, place) for mention in mentions):
            return None
        return support if support or _is_firm(place) else None

    def _support(self, place: _Place) -> tuple[str, ...]:
        trade = self._trades[place.spelling.member]
        before = place.text[max(0, place.start - _NEAR) : place.start]
        after = place.text[place.end : place.end + _NEAR]
        near: dict[str, str] = {}
        for word in (*words(before), *words(after)):
            for stem in text_stems(word.text):
                if stem in trade:
                    near.setdefault(stem, word.text.lower())
        return tuple(near.values())[:_MANY]

    def _mention(self, entry_id: int, place: _Place, support: tuple[str, ...]) -> MemberMention:
        slug = place.spelling.member
        reason = say(place.spelling.origin, self._languages[slug], text=place.written)
        if support:
            reason = f"{reason}, {say('near', self._languages[slug], words=support)}"
        return MemberMention(
            member=slug, entry_id=entry_id, text=place.written, start=place.start, end=place.end, reason=reason
        )


def _owners(claims: list[tuple[_Place, tuple[str, ...]]]) -> list[tuple[_Place, tuple[str, ...]]]:
    """Return who owns one span: of members that share a spelling, the one with most support, and nobody on a tie."""
    best: dict[str, tuple[_Place, tuple[str, ...]]] = {}
    for place, support in claims:
        best.setdefault(place.spelling.member, (place, support))
    ranked = sorted(best.values(), key=lambda claim: (-len(claim[1]), claim[0].spelling.origin != "name"))
    if len(ranked) > 1 and _strength(ranked[0]) == _strength(ranked[1]):
        return []
    return ranked[:1]


def _strength(claim: tuple[_Place, tuple[str, ...]]) -> tuple[int, bool]:
    return len(claim[1]), claim[0].spelling.origin == "name"


def _is_spelled(place: _Place) -> bool:
    """Say whether the words stand there letter for letter (accents and case apart), as one name on one line."""
    wanted, written = place.spelling.words, tuple(word.text for word in place.words)
    if [fold(word) for word in wanted] != [fold(word) for word in written]:
        return False
    gaps = (place.text[one.end : two.start] for one, two in zip(place.words, place.words[1:], strict=False))
    if not all(re.fullmatch(r"[ \u00a0\u202f’'&.-]{1,3}", gap) for gap in gaps):
        return False
    if place.spelling.is_ordinary:
        shouted = len(wanted[0]) > 4 and wanted[0].isupper()  # registers are often typed in capitals
        return written == wanted or (shouted and written[0] == wanted[0].capitalize())
    is_acronym = len(wanted) == 1 and len(wanted[0]) <= 5 and wanted[0].isupper()
    return written[0].isupper() if is_acronym else _has_capital(wanted, written)


def _has_capital(wanted: tuple[str, ...], written: tuple[str, ...]) -> bool:
    """Say whether capitals agree; a long single word is rare enough to be met in any case."""
    if len(wanted) == 1:
        return len(wanted[0]) > 4 or not wanted[0][0].isupper() or written[0][0].isupper()
    return all(two[0].isupper() for one, two in zip(wanted, written, strict=True) if one[0].isupper())


def _is_firm(place: _Place) -> bool:
    before = place.text[max(0, place.start - _BESIDE) : place.start]
    return bool(_FIRM_BEFORE.search(before) or _FIRM_AFTER.match(place.text[place.end : place.end + _BESIDE]))


def _covers(mention: Mention, place: _Place) -> bool:
    return mention.kind == "ORG" and mention.start <= place.start and place.end <= mention.end


def _contradicts(place: _Place, mentions: tuple[Mention, ...]) -> bool:
    """Say whether the context calls it something else: a person, a place, or a longer name of another body."""
    if _PERSON_BEFORE.search(place.text[: place.start][-_BESIDE:]):
        return True
    over = [mention for mention in mentions if mention.start < place.end and place.start < mention.end]
    return any(_is_other(mention, place) for mention in over)


def _is_other(mention: Mention, place: _Place) -> bool:
    if mention.kind in {"PERSON", "PLACE"}:
        return True
    if mention.start == place.start and mention.end == place.end:
        return mention.kind != "ORG" and place.spelling.is_ordinary
    extra = place.text[mention.start : place.start] + " " + place.text[place.end : mention.end]
    rest = [fold(word.text) for word in words(extra)]
    if mention.kind == "ORG":
        return any(word not in LEGAL | GROUP | {"france", "the", "le", "la"} for word in rest)
    return place.spelling.is_ordinary and bool(rest)
