"""Read corpus and gazetteers as training does, and print counts and every faulty line (exit 1 when there is one)."""

import sys
from collections import Counter

from training.corpus import BadLineError, print_line, read_lines
from watcher.errors import ConfigError
from watcher.nlp.gazetteer import FOLDER, read_records


def check_gazetteers() -> int:
    """Print rows by file and kind; return the number of faults."""
    faults = 0
    kinds: Counter[str] = Counter()
    for path in sorted(FOLDER.glob("*.tsv")):
        try:
            records = read_records(path)
        except ConfigError as error:
            print(error)
            faults += len(error.problems)
            continue
        kinds.update(record.kind for record in records)
        print(f"{path.name}: {len(records)}")
    print("names:", dict(kinds))
    return faults


def check_corpus(language: str) -> int:
    """Print lines, sentences and marks by kind; return the number of faults."""
    faults, lines, marks = 0, 0, Counter[str]()
    for line in (*read_lines(language), *read_lines(language, test=True)):
        lines += 1
        try:
            marks.update(label for example in print_line(line, language) for _, _, label in example.spans)
        except (BadLineError, FileNotFoundError) as error:
            faults += 1
            print(f"{line.path.name}:{line.number}: {error}")
    print(f"{language}: {lines} lines, marks {dict(marks)}")
    return faults


if __name__ == "__main__":
    sys.exit(1 if check_gazetteers() + check_corpus("fr") + check_corpus("en") else 0)
