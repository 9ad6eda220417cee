"""Find the members that an entry names, and refuse their homonyms.

Precision first: « on parle de vous » that is about somebody else costs the trust in all the rest. How much a spelling
must be supported by its context depends on how far it is a name at all (see `spellings`); whatever its trust, it is
refused where annotation or the words beside it make it a person, a place or a longer name of another body.
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
_SHOUTED = 0.8  # share of capitalised words from which a line is a headline in title case
_BRANCH = 5  # letters of the initials by which a body calls its institutes and divisions
_MANY = 3  # supporting words told in a reason

_FIRM_BEFORE = re.compile(
    r"\b(?:groupe|société|entreprise|start-?up|jeune pousse|PME|ETI|fabricant|constructeur|opérateur|équipementier|"
    r"éditeur|industriel|fournisseur|laboratoire|institut|(?:PDG|patron|président|directeur général|filiale) d[e’']|"
    r"company|firm|maker|manufacturer|developer|operator|supplier|utility|specialist|lab|group|"
    r"(?:CEO|boss|subsidiary) of)(?:\s[a-zà-ÿ-]{3,20}){0,2}\s?$",
    re.IGNORECASE,
)
_FIRM_AFTER = re.compile(
    r"-(?:led|owned|backed|built)\b|(?:[’']s)?,?\s(?:(?:SAS|SASU|SARL|SA|S\.A\.|GmbH|Ltd|Limited|Inc|plc|LLC|AG|BV|SE|Group|Groupe|CEO|PDG)\b|"
    r"(?:a (?:annoncé|levé|signé|remporté|dévoilé|présenté|lancé|inauguré)|annonce|lève|signe|rachète|acquiert|"
    r"remporte|dévoile|recrute|inaugure|lance|vient de|investit|fournit|livre|commercialise|développe|"
    r"announce[sd]|launche[sd]|sign(?:s|ed)|raise[sd]|acquire[sd]|unveil(?:s|ed)|wins|won|shares|subsidiary|eyes|inks|"
    r"buys|sells|backs|joins|scores|hires|invests|takes (?:a |majority )?stake|"
    r"has (?:signed|launched|acquired|raised|won|unveiled))\b)"
)
_PERSON_BEFORE = re.compile(r"(?:^|[\s(«“\"])(?:M|MM|Mme|Mlle|Mr|Mrs|Ms|Dr|Pr|Prof|Sir|Me)\.?\s$")
_PART_OF_WORD = re.compile(r"\w[-‐–/]$")
_NUMBER_AFTER = re.compile(r"\s?\d|-(?!led|owned|backed|built)\w")
_LIST_GAP = re.compile(r"\s?(?:,|/|&|and|et|with|avec)\s?(?:and |et )?")
_EXTRA = frozenset(
    ["france", "uk", "us", "usa", "deutschland", "germany", "italia", "spain", "europe", "international", "the"]
)
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
        """Return the words that support a place (a distinct name needs none), or None to refuse it."""
        if _contradicts(place, mentions):
            return None
        support = self._support(place)
        if place.spelling.trust == "distinct":
            return support
        if place.spelling.trust == "weak":
            is_known = not mentions and place.written.isupper()
            stands = support or is_known or _is_firm(place, mentions) or any(_names(one, place) for one in mentions)
            return support if stands else None
        return support if _is_commonly_meant(place, mentions, is_supported=bool(support)) else None

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
    if place.spelling.trust != "distinct":
        is_typed_so = len(wanted[0]) > 4 and wanted[0].isupper()  # registers are often typed in capitals
        return written == wanted or (is_typed_so and written[0] == wanted[0].capitalize())
    return _has_capital(wanted, written)


def _has_capital(wanted: tuple[str, ...], written: tuple[str, ...]) -> bool:
    """Say whether capitals agree; a long single word is rare enough to be met in any case."""
    if len(wanted) == 1:
        return len(wanted[0]) > 4 or not wanted[0][0].isupper() or written[0][0].isupper()
    return all(two[0].isupper() for one, two in zip(wanted, written, strict=True) if one[0].isupper())


def _is_firm(place: _Place, mentions: tuple[Mention, ...]) -> bool:
    """Say whether words of firms stand beside a place, or another organisation in one list with it."""
    before = place.text[max(0, place.start - _BESIDE) : place.start]
    if _FIRM_BEFORE.search(before) or _FIRM_AFTER.match(place.text[place.end : place.end + _BESIDE]):
        return True
    others = [one for one in mentions if one.kind == "ORG" and not _names(one, place)]
    gaps = [place.text[one.end : place.start] for one in others if one.end <= place.start]
    gaps += [place.text[place.end : one.start] for one in others if one.start >= place.end]
    return any(_LIST_GAP.fullmatch(gap) for gap in gaps)


def _is_commonly_meant(place: _Place, mentions: tuple[Mention, ...], *, is_supported: bool) -> bool:
    """Say whether a common word is the member's name here: no compound, and supported by more than a capital."""
    before, after = place.text[max(0, place.start - _BESIDE) : place.start], place.text[place.end :][:_BESIDE]
    if _PART_OF_WORD.search(before) or _NUMBER_AFTER.match(after) or _PLACE_BEFORE.search(before):
        return False
    return _is_firm(place, mentions) or (is_supported and not _is_shouted(place))


def _is_shouted(place: _Place) -> bool:
    """Say whether a line capitalises all its words, so that a capital tells nothing."""
    start = place.text.rfind("\n", 0, place.start) + 1
    line = place.text[start:].split("\n", 1)[0]
    long = [word.text for word in words(line) if len(word.text) > 3]
    return len(long) > 3 and sum(word[0].isupper() for word in long) / len(long) > _SHOUTED


def _names(mention: Mention, place: _Place) -> bool:
    """Say whether annotation calls a place a body, or a product that its name begins."""
    return (mention.kind == "ORG" and mention.start <= place.start and place.end <= mention.end) or (
        mention.kind == "PRODUCT" and mention.start == place.start
    )


def _contradicts(place: _Place, mentions: tuple[Mention, ...]) -> bool:
    """Say whether the context calls it something else: a person, a place, or a longer name of another body."""
    if _PERSON_BEFORE.search(place.text[: place.start][-_BESIDE:]):
        return True
    over = [mention for mention in mentions if mention.start < place.end and place.start < mention.end]
    return any(_is_other(mention, place) for mention in over)


def _is_other(mention: Mention, place: _Place) -> bool:
    if mention.kind in {"PERSON", "PLACE"}:
        return True
    is_common = place.spelling.trust == "common"
    if mention.start == place.start and mention.end == place.end:
        return mention.kind != "ORG" and is_common
    extra = place.text[mention.start : place.start] + " " + place.text[place.end : mention.end]
    rest = [word.text for word in words(extra)]
    if mention.kind == "ORG":
        return not all(_is_branch(word) for word in rest)
    return is_common and bool(rest)


def _is_branch(word: str) -> bool:
    """Say whether a word beside a name leaves it the same body: SA, Group, France, an institute's initials."""
    return fold(word) in LEGAL | GROUP | _EXTRA or (word.isupper() and len(word) <= _BRANCH)
