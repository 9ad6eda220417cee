"""Reasons in French and English, with French typography."""

_WORDS: dict[str, tuple[str, str]] = {
    "relevance": ("au sujet à {percent} %", "{percent}% on topic"),
    "publisher": ("un seul titre de presse", "one publisher"),
    "publishers": ("{count} titres de presse indépendants", "{count} independent publishers"),
    "new": ("nouvelle cette semaine", "new this week"),
    "seen": ("déjà parue dans une édition", "printed in an earlier edition"),
    "names": ("cite {names}", "names {names}"),
    "no_names": ("ne cite aucun nom suivi", "names nobody watched"),
    "opportunity_tender": ("annonce un appel d’offres", "announces a tender"),
    "opportunity_call": ("annonce un appel à projets", "announces a call"),
    "opportunity_grant": ("annonce une aide", "announces a grant"),
    "opportunity_event": ("annonce un événement", "announces an event"),
    "no_opportunity": ("n’annonce pas d’appel", "announces no call"),
    "recency": ("dernier article il y a {days} j", "last article {days} d ago"),
    "feed": ("poids du flux : {weight}", "feed weight {weight}"),
    "bargain": ("bon plan ou promotion", "bargain post"),
    "list": ("liste ou étude de marché générique", "listicle or generic market report"),
    "figures": ("nouveau chiffre : {facts}", "new figure: {facts}"),
    "figures_many": ("nouveaux chiffres : {facts}", "new figures: {facts}"),
    "actor": ("nouvel acteur : {facts}", "now involved: {facts}"),
    "actors": ("nouveaux acteurs : {facts}", "now involved: {facts}"),
    "sequel": ("suite de «\u00a0{headline}\u00a0»", "follows “{headline}”"),
    "action": ("nouveau titre : {facts}", "new headline: {facts}"),
}


def say(key: str, language: str, **values: object) -> str:
    """Return a reason in ``language`` (French, else English)."""
    return _WORDS[key][0 if language == "fr" else 1].format(**values)
