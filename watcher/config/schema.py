"""The JSON Schema of ``feeds.yaml``, for completion and checks while typing.

Generated from the models, so that it cannot disagree with them: ``docs/feeds.schema.json`` is this
text, and a test compares the two. It is looser than the models where a rule is no JSON Schema rule.
"""

import json

from watcher.config.models import CatalogueModel


def render_schema() -> str:
    """Return the schema as indented JSON with a final line feed, the same bytes each time."""
    schema = CatalogueModel.model_json_schema()
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "feeds.yaml"}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
