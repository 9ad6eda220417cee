"""What a model's span must lose to be a name, and which spans name nothing.

General rules of the two languages only: articles, quotes, possessives and generic heads fall off; demonyms, topic
words, months and lower-case words are no names.
"""

import re
from dataclasses import replace

from watcher.nlp.names import fold
from watcher.nlp.spans import Span

_EDGE = " \t\u00a0\u202f\"'’‘“”«»`´()[]{}<>,;:!?…–—-*•|/\\#@&+=~_"
_ARTICLE = re.compile(
    r"^(?:[Ll]es?|[Ll]a|[Tt]he|THE|[Dd]es|[Dd]u|[Aa]n?|[Uu]ne?|[Cc]ette?|[Cc]es|[Ss]on|[Ss]a|[Ss]es|[Ii]ts|[Aa]ux?)\s+(?=\S)|^[LlDdQqNnSs][’'](?=\w)"
)
_POSSESSIVE = re.compile(r"[’']s?$")
_GENERIC_HEAD = re.compile(
    r"^(?:(?:le |la |les |l[’'])?(?:parcs?|champs?|fermes?|projets?|salons?(?= du parc)|programmes?|groupes?|sociétés?|entreprises?|start-?ups?|fabricants?|drones?|"
    r"éoliennes?|ministre|président|professeur|PDG|CEO|President|Professor|Prime Minister|Chief Executive|Mr|Mrs|Ms|Dr|Dr\.|Prof\.|M\.|Mme)"
    r"(?: éoliens?| en mer| offshore| flottants?| français| pilotes?)*(?: (?:de|du|des) | d[’']| )(?=[A-ZÀ-Ý0-9]))"
)
_GENERIC_TAIL = re.compile(
    r"(?<=\w) (?:offshore |floating |onshore )?(?:wind(?: ?farms?| parks?| projects?| arrays?)|offshore wind|projects?|drones?|CEO|chief|shares|turbines?|lasers?)$",
    re.IGNORECASE,
)
_CUT = re.compile(r"\n|[:;!?]\s|\s[-–—|]\s|\s?[«»“”\"()]|…|\.{3}|, ")
_DEMONYM_WORDS = frozenset(
    "francais francaise francaises french anglais anglaise english british britannique britanniques allemand allemande allemands allemandes german germans "
    "american americans americain americaine americains americaines chinois chinoise chinoises chinese danish danois danoise danes dane dutch neerlandais "
    "norwegian norvegien norvegienne swedish suedois suedoise spanish espagnol espagnole espagnols italian italien italienne italiens japanese japonais japonaise "
    "korean coreen coreenne sud-coreen indian indien indienne russian russe russes russians ukrainian ukrainien ukrainienne ukrainiens polish polonais polonaise "
    "portuguese portugais portugaise belgian belge belges swiss suisses irish irlandais scottish ecossais ecossaise welsh gallois european europeen europeenne "
    "europeens europeennes europeans asian asiatique african africain africaine canadian canadien canadienne australian australien taiwanese taiwanais israeli "
    "israelien israelienne turkish turc turque turcs greek grec grecque breton bretonne bretons normand normande parisien parisienne nantais nantaise lyonnais "
    "marseillais bordelais iberian nordic scandinavian scandinave maya mayan parisian iranian iranien iranienne arabe arab brazilian bresilien brazilien mexican "
    "mexicain finnish finlandais estonian estonien estonians lithuanian latvian baltic balte baltes vietnamese vietnamien californian texan londoner mosellan mosellane "
    "ligerien vendeen vendeenne basque catalan corse occitan alsacien toulousain provencal".split()
)
_PLAIN_WORDS = frozenset(
    "drone drones lidar laser lasers optique optiques optics photonique photonics eolien eolienne eoliennes offshore wind solar fibre fiber microled led oled laser "
    "uav uavs uas vtol evtol vr ar ai ia 3d 2d 5g 4g 6g covid covid-19 coronavirus internet web usb gps pdg ceo cto cfo dg rse pme pmes eti eur usd tva bepos ppe epr oem oems "
    "breaking report exclusive exclusif update video watch live podcast interview opinion analyse analysis news actu actualite actualites communique "
    "sante energie energies economie culture sport societe politique international industrie environnement renouvelables renewables tech technology technologie innovation "
    "january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday "
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche "
    "the a an this that these those it we he she they you i his her its our your how why what when where who new here there les le la des un une ce cette ces il elle ils nous "
    "vous on pour avec dans sur apres avant mais si plus voici comment pourquoi quand tout tous aussi enfin ainsi alors merci oui non etat government gouvernement region "
    "president ministre minister governor senate police army armee military marine navy group groupe company entreprise startup start-up universite university institute "
    "expected outcome scope project projects projet projets resultat drone-based e-mail email".split()
)
_CAPITAL = re.compile(r"[^\W\d_]")


def clean_span(text: str, span: Span) -> Span | None:
    """Return the span cut down to the name, or None when nothing in it is one."""
    start, end = _first_piece(text, span.start, span.end)
    start, end = _strip(text, start, end)
    if start >= end or is_plain(text[start:end]):
        return None
    return replace(span, start=start, end=end)


def _first_piece(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut at the first break that no name holds (colon, dash, quote, line end), keeping brackets that close within."""
    written = text[start:end].lstrip(_EDGE)
    start = end - len(written)
    cut = _CUT.search(written)
    return (start, start + cut.start()) if cut else (start, end)


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while True:
        before = (start, end)
        written = text[start:end]
        start += len(written) - len(written.lstrip(_EDGE))
        written = text[start:end]
        for pattern in (_ARTICLE, _GENERIC_HEAD):
            if match := pattern.match(text[start:end]):
                start += match.end()
        written = text[start:end].rstrip(_EDGE)
        for pattern in (_POSSESSIVE, _GENERIC_TAIL):
            if match := pattern.search(written):
                written = written[: match.start()]
        end = start + len(written)
        if (start, end) == before or start >= end:
            return start, end


def is_plain(written: str) -> bool:
    """Say whether a span names nothing: no capital, only numbers, a demonym, a topic word, a function word, a month."""
    if not any(char.isupper() for char in written) or not _CAPITAL.search(written):
        return True
    flat = fold(written).strip(" .")
    words = flat.split()
    return flat in _DEMONYM_WORDS or all(
        word in _PLAIN_WORDS or word in _DEMONYM_WORDS or not _CAPITAL.search(word) for word in words
    )


def is_title_case(text: str) -> bool:
    """Say whether a headline capitalises every word that matters, so that a capital proves nothing in it."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return len(words) >= 4 and sum(word[0].isupper() for word in words) >= 0.75 * len(words)
