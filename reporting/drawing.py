"""What every drawing of bars has in common: where the words of a bar stand."""

from __future__ import annotations

from typing import ClassVar


class Drawn:
    """A bar with the word before it and its number behind it. A subclass says where bars begin, and how far below its
    upper edge the words stand."""

    begins: ClassVar[int]
    words_below: ClassVar[int] = 18
    width: int
    y: int

    @property
    def text_y(self) -> int:
        return self.y + self.words_below

    @property
    def label_x(self) -> int:
        return self.begins + self.width + 9
