"""What an instrument rates is called one thing everywhere: items on a scored scale, else standards."""

from __future__ import annotations

from reviewapp.instruments.library import builtin
from reviewapp.instruments.nouns import english_nouns, nouns_of


def test_a_scored_scale_has_items_and_any_other_has_standards() -> None:
    for instrument in builtin():
        nouns, scored = nouns_of(instrument), instrument.scale.kind == "scored"
        assert nouns.titles == ("Items" if scored else "Standards")
        assert nouns.counted(1) == ("1 item" if scored else "1 standard")
        assert nouns.counted(3) == ("3 items" if scored else "3 standards")
        assert nouns.numbered("7a") == ("Item 7a" if scored else "Standard 7a")
        assert nouns.within("7a") == ("item 7a" if scored else "standard 7a")
        assert english_nouns(instrument) == nouns  # tests speak English
