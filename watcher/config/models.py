"""``feeds.yaml`` as pydantic models: the one place that says what may stand in it.

The JSON Schema that editors use is generated from here, so a field's description is what a
watch officer reads while typing. Unknown keys are refused; a key with nothing after it counts
as not written (and is warned about elsewhere).
"""

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from watcher.config.fields import (
    TOPIC_KEY,
    Contact,
    Language,
    Line,
    MailAddress,
    NameText,
    Range,
    Slug,
    Term,
    Timezone,
    Url,
    WhenText,
    wrong,
)
from watcher.model.mention import Kind

EditionLanguage = Literal["fr", "en"]
DEFAULT_EXCERPT = 240


class Strict(BaseModel):
    """No unknown key, no silent conversion; ``key:`` with nothing after it is left out."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_nothing(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {key: value for key, value in data.items() if value is not None or key not in cls.model_fields}


class ShortForm(Strict):
    """A mapping that may also be written as one text, which is its first field."""

    @model_validator(mode="before")
    @classmethod
    def _expand(cls, data: Any) -> Any:
        return {next(iter(cls.model_fields)): data} if isinstance(data, str) else data

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Allow the short form beside the mapping."""
        mapping = handler.resolve_ref_schema(handler(schema))
        short = mapping["properties"][next(iter(cls.model_fields))]
        return {"anyOf": [{**short}, mapping], "description": mapping.pop("description", "")}


class ClusterModel(Strict):
    """The cluster (pôle, filière, association) that keeps the watch."""

    name: Line = Field(default="watcher", description="Printed on every digest.")
    url: Url | None = Field(default=None, description="The cluster's web site.")
    contact: Contact | None = Field(
        default=None, description="Mail address or URL told to the sites that are asked, so that they can complain."
    )


class ScheduleModel(Strict):
    """When `watcher run` fetches and publishes: an interval, a weekday and time, or five crontab fields."""

    fetch: WhenText = Field(default="every 2 hours", description="How often to look for feeds that are due.")
    digest: WhenText = Field(default="monday 07:00", description="When the digest of the week that ended is written.")


class NetworkModel(Strict):
    """Bounds of every request."""

    allow: list[Range] = Field(default=[], description="Private ranges, addresses or host:port that feeds may live on.")
    timeout: float = Field(default=20.0, gt=0, le=300, allow_inf_nan=False, description="Seconds, the whole exchange.")
    gap: float = Field(
        default=1.0, ge=0, le=3600, allow_inf_nan=False, description="Seconds between requests to one host."
    )
    max_bytes: int = Field(
        default=10_000_000, ge=1_000, le=100_000_000, description="Largest feed, after decompression."
    )


def _read_excerpt(value: Any) -> Any:
    is_length = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 2_000
    if is_length or (isinstance(value, str) and value in {"title-only", "full"}):
        return value
    raise wrong("An excerpt is a number of characters (0 to 2000), title-only or full.", "write excerpt: 240")


Excerpt = Annotated[
    int | str,
    BeforeValidator(_read_excerpt),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0, "maximum": 2000}, {"enum": ["title-only", "full"]}]}),
]


class FeedModel(ShortForm):
    """A feed: its address, alone or with options."""

    url: Url = Field(description="Address of the feed (RSS, Atom or JSON Feed).")
    name: Line | None = Field(default=None, description="What readers are told as the source.")
    language: Language | None = Field(default=None, description="Language of its articles, as a code of two letters.")
    weight: float = Field(
        default=1.0, ge=0, le=100, allow_inf_nan=False, description="How much its articles count in ranking."
    )
    keep: Literal["all", "matching"] | None = Field(
        default=None,
        description="all: every article is on the topic. matching: only those that meet the topic's rules.",
    )
    excerpt: Excerpt = Field(
        default=DEFAULT_EXCERPT, description="What a digest may quote: a number of characters, title-only or full."
    )


class MatchModel(Strict):
    """Words and phrases that decide what is on the topic; * at the end of a term stands for any ending."""

    any: list[Term] = Field(default=[], description="One of these must stand in the article.")
    all: list[Term] = Field(default=[], description="Every one of these must stand in it.")
    none: list[Term] = Field(default=[], description="None of these may stand in it.")


class WatchModel(ShortForm):
    """A name to recognise and never to miss."""

    name: NameText = Field(description="The name as it is printed.")
    kind: Kind = Field(default="ORG", description="What the name is of.")
    aliases: list[NameText] = Field(default=[], description="Other spellings, former names, subsidiaries.")


class TopicName(Strict):
    """The printed name in the languages of the digests."""

    fr: Line | None = None
    en: Line | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_for_all(cls, data: Any) -> Any:
        return {"fr": data, "en": data} if isinstance(data, str) else data

    @model_validator(mode="after")
    def _has_one(self) -> "TopicName":
        if self.fr is None and self.en is None:
            raise wrong("The name is empty.", "write name: {fr: …, en: …}, or delete the line")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Allow one text for all languages."""
        return {"anyOf": [{"type": "string", "minLength": 1}, handler.resolve_ref_schema(handler(schema))]}


class TopicModel(Strict):
    """What is watched: feeds, rules and names."""

    name: TopicName | None = Field(default=None, description="Printed name; the key in words when left out.")
    match: MatchModel = Field(
        default=MatchModel(), description="Rules for shared feeds and for feeds with keep: matching."
    )
    feeds: list[FeedModel] = Field(default=[], description="Feeds on this topic.")
    watch: list[WatchModel] = Field(default=[], description="Names to recognise and never to miss.")


class MailModel(Strict):
    """How digests are mailed. Credentials come from the environment and never stand here."""

    sender: MailAddress | None = Field(default=None, description="The address that mails come from.")
    host: Line = Field(default="localhost", description="SMTP server.")
    port: int = Field(default=587, ge=1, le=65_535, description="Port of the SMTP server.")
    security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="How the connection is protected."
    )
    unsubscribe: Url | None = Field(
        default=None, description="Web address for unsubscribing with one click (RFC 8058)."
    )


class ChannelModel(Strict):
    """A chat channel, whose address is read from an environment variable because it is a secret."""

    env: Annotated[str, Field(pattern=r"^[A-Z_][A-Z0-9_]{0,99}$")] = Field(
        description="Name of the environment variable that holds the Apprise URL."
    )
    topics: list[Slug] = Field(default=[], description="Topics to tell; all when left out.")
    language: EditionLanguage = Field(default="fr", description="Language of the messages.")


class CatalogueModel(Strict):
    """The whole of feeds.yaml."""

    cluster: ClusterModel = ClusterModel()
    timezone: Timezone = Field(default="Europe/Paris", description="Weeks and schedules are counted in this time zone.")
    languages: list[EditionLanguage] = Field(
        default=["fr", "en"], min_length=1, description="One edition per language."
    )
    schedule: ScheduleModel = ScheduleModel()
    network: NetworkModel = NetworkModel()
    feeds: list[FeedModel] = Field(
        default=[], description="Shared feeds: their articles go to the topics whose rules they meet."
    )
    topics: dict[Slug, TopicModel] = Field(
        description="What is watched, by key.", json_schema_extra={"propertyNames": {"pattern": TOPIC_KEY}}
    )
    review: Literal["none", "required"] = Field(
        default="none", description="required: nothing is mailed before it is approved."
    )
    mail: MailModel | None = None
    channels: list[ChannelModel] = Field(default=[], description="Chat channels that are told of a new digest.")

    @model_validator(mode="before")
    @classmethod
    def _empty_topics(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("topics"), dict):
            topics = {key: {} if value is None else value for key, value in data["topics"].items()}
            return {**data, "topics": topics}
        return data
