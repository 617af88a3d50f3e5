"""The one way the engine says no."""


class Refusal(Exception):
    """An act that is not allowed now.

    ``sentence`` tells the person what is wrong and what to do; ``citation`` names the clause where
    a rule of law refuses; ``field`` is the form field it belongs to, if any.
    ``lacks_paper`` says that a paper would help, by which somebody is given the desk.
    """

    def __init__(
        self, sentence: str, citation: str = "", field: str = "", *, lacks_paper: bool = False
    ) -> None:
        super().__init__(sentence)
        self.sentence = str(sentence)
        self.citation = str(citation)
        self.field = field
        self.lacks_paper = lacks_paper

    def __str__(self) -> str:
        return f"{self.sentence} ({self.citation})" if self.citation else self.sentence
