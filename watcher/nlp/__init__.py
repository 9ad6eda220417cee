"""Who and what a text names, in French and English, on a CPU.

The only room that imports spaCy, and only once there is something to annotate. Public: ``Annotator``
(annotator), ``detect_language`` (language), ``normalise_name`` (names), ``explain_key`` (entities).
"""
