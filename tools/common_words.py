"""Write content/common/<language>.txt: the words of everyday language, most frequent first.

Made from the frequency lists of pyspellchecker (MIT licence; counted in film subtitles, OpenSubtitles 2018).
The speller leaves these words alone, so a right word is never "mended" into one of the pack's.

    pip install pyspellchecker && python tools/common_words.py
"""

import gzip
import json
from importlib.resources import files
from pathlib import Path

from responder.text import fold

COUNTS = {"en": 22_000, "es": 22_000}


def main() -> None:
    for language, count in COUNTS.items():
        raw = files("spellchecker").joinpath(f"resources/{language}.json.gz").read_bytes()
        frequency: dict[str, int] = json.loads(gzip.decompress(raw))
        ranked = sorted(frequency, key=lambda word: -frequency[word])
        words = dict.fromkeys(fold(word) for word in ranked[: count * 2] if word.isalpha())
        target = Path(__file__).parent.parent / "content" / "common" / f"{language}.txt"
        target.write_text("\n".join(list(words)[:count]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
