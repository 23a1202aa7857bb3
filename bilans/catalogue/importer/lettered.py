"""Read sets ``1)``, outcomes ``1.`` and criteria ``a.`` from a register print-out.

``Kryteria weryfikacji:`` and ``Poszczególne efekty …`` are the only lines that cannot
be anything else, so the reader hangs everything on them: each label has an outcome's
title above it and criteria below. Numbers and letters must run in sequence; whatever
does not fit makes the whole outcome uncertain instead of being forced into a shape.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from bilans.catalogue.importer.criteria import Criterion, Gatherer
from bilans.catalogue.importer.layout import RUNNING_HEADER
from bilans.catalogue.importer.ledger import Ledger
from bilans.catalogue.importer.questions import about_set, question
from bilans.catalogue.importer.reading import Line
from bilans.catalogue.importer.set_titles import SetHead, read_set_head
from bilans.catalogue.importer.tokens import Token, tokenise
from bilans.catalogue.importer.words import Vocabulary

_TITLE_LINES = 8


@dataclass(slots=True)
class Outcome:
    number: int
    title: str
    lines: list[Line]
    criteria: list[Criterion] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def holds(self, text: str) -> bool:
        """Whether the title or a criterion contains these words."""
        return text in self.title or any(text in each.text for each in self.criteria)

    @property
    def all_lines(self) -> list[Line]:
        return [*self.lines, *(line for each in self.criteria for line in each.lines)]


@dataclass(slots=True)
class OutcomeSet:
    number: int
    title: str
    lines: list[Line]
    outcomes: list[Outcome] = field(default_factory=list)
    prk_level: int | None = None
    workload_hours: float | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """Where an outcome begins, and where the set that it opens begins, if it does."""

    outcome: int
    set_at: int | None
    doubts: tuple[str, ...]


def read_sets(lines: Sequence[Line], ledger: Ledger, vocabulary: Vocabulary) -> list[OutcomeSet]:
    """The tree as read; every token ends in it or among the uncertain lines."""
    return _Reader(tokenise(lines), ledger, vocabulary).read()


class _Reader:
    def __init__(self, tokens: list[Token], ledger: Ledger, vocabulary: Vocabulary) -> None:
        self.ledger = ledger
        repeated = {id(token) for token in _repeated_labels(tokens)}
        for token in tokens:
            if id(token) in repeated:
                ledger.drop(token.line, "repeated label")
        self.tokens, self.unlabelled = _with_missing_labels(
            [token for token in tokens if id(token) not in repeated]
        )
        self.gatherer = Gatherer(self.tokens, vocabulary)
        self.anchored = any(token.kind == "anchor" for token in self.tokens)
        self.sets: list[OutcomeSet] = []

    def read(self) -> list[OutcomeSet]:
        labels = [i for i, token in enumerate(self.tokens) if token.kind == "label"]
        previous_end = 0
        opened: tuple[Outcome, int] | None = None
        for label in labels:
            start = self._start_of(previous_end, label)
            if start is None:
                self._lost(self.tokens[previous_end:label] if opened is None else [])
                if opened:
                    opened[0].doubts.append("label-without-title")
                continue
            cut = start.outcome if start.set_at is None else start.set_at
            if opened:
                self._close(opened[0], self.tokens[opened[1] : cut])
                if start.doubts:
                    opened[0].doubts.append("next-start-uncertain")
            else:
                self._lost(self.tokens[:cut])
            opened = self._open(start, label), label + 1
            previous_end = label + 1
        if opened:
            self._close(opened[0], self.tokens[opened[1] :])
        else:
            self._lost(self.tokens)
        self._doubt_dropped_headers()
        return self.sets

    def _doubt_dropped_headers(self) -> None:
        """A line taken for a page header in the middle of an outcome may be its text."""
        dropped = [
            line.no
            for line in self.ledger.lines
            if self.ledger.entries[line.no].note == RUNNING_HEADER
        ]
        owners = self._owners_of_lines()
        firsts = [first for first, _each, _owner in owners]
        for number in dropped:
            place = bisect_right(firsts, number) - 1
            if place >= 0:
                self._doubt_header(*owners[place][1:])
        texts = {self.ledger.lines[number - 1].text for number in dropped}
        for _first, each, owner in owners:
            if isinstance(owner, Outcome) and any(map(owner.holds, texts)):
                self._doubt_header(each, owner)

    def _owners_of_lines(self) -> list[tuple[int, OutcomeSet, OutcomeSet | Outcome]]:
        """Every set and outcome with the number of its first line, in order."""
        found: list[tuple[int, OutcomeSet, OutcomeSet | Outcome]] = []
        for each in self.sets:
            members: list[OutcomeSet | Outcome] = [each, *each.outcomes]
            found.extend((member.lines[0].no, each, member) for member in members if member.lines)
        return found

    def _doubt_header(self, each: OutcomeSet, owner: OutcomeSet | Outcome) -> None:
        if isinstance(owner, OutcomeSet):
            self._ask_set("set-header-dropped", owner.lines, each)
        elif "header-dropped" not in owner.doubts:
            owner.doubts.append("header-dropped")

    # -- where an outcome starts -------------------------------------------------

    def _start_of(self, begin: int, label: int) -> Start | None:
        anchors = [i for i in range(begin, label) if self.tokens[i].kind == "anchor"]
        if anchors:
            set_at, doubts = self._set_before(begin, anchors[0])
            outcome, more = self._outcome_in(anchors[-1] + 1, label, wanted=1)
            if outcome is None:
                return None
            return Start(outcome, set_at, (*doubts, *more))
        unanchored = self._unanchored_set(begin, label)
        if unanchored is not None:
            return unanchored
        wanted = self.sets[-1].outcomes[-1].number + 1 if self._has_outcome() else 1
        outcome, more = self._outcome_in(begin, label, wanted=wanted)
        if outcome is None:
            return None
        return Start(outcome, None if self.sets else outcome, more)

    def _has_outcome(self) -> bool:
        return bool(self.sets and self.sets[-1].outcomes)

    def _set_before(self, begin: int, anchor: int) -> tuple[int, tuple[str, ...]]:
        """The set header above an anchor: the next number, else any number, else a paragraph."""
        wanted = self.sets[-1].number + 1 if self.sets else 1
        found = [i for i in range(begin, anchor) if self.tokens[i].kind == "set"]
        right = [i for i in found if self.tokens[i].number == wanted]
        near = [i for i in right if anchor - i <= _TITLE_LINES]
        if near:
            best = [i for i in near if not self.tokens[i].weak] or near
            return best[-1], () if len(near) == 1 and len(best) == 1 else ("set-two-starts",)
        if found and anchor - found[-1] <= _TITLE_LINES:
            return found[-1], ("set-sequence",)
        return self._paragraph_before(begin, anchor), ("set-without-number",)

    def _unanchored_set(self, begin: int, label: int) -> Start | None:
        """A set header whose fixed line below is missing: next number, then an outcome 1."""
        wanted = self.sets[-1].number + 1 if self.sets else 1
        for i in range(label - 1, begin - 1, -1):
            token = self.tokens[i]
            if token.kind == "anchor" or (token.kind == "letter" and not token.weak):
                return None
            if token.kind == "set" and token.number == wanted and not token.weak:
                firsts = [j for j in self._outcomes(i + 1, label) if self.tokens[j].number == 1]
                if not firsts:
                    continue
                best = [j for j in firsts if not self.tokens[j].weak] or firsts
                doubts = ("set-without-anchor",) if self.anchored else ()
                if len(firsts) > 1 or self.tokens[best[-1]].weak:
                    doubts = (*doubts, "set-two-starts", "outcome-two-starts")
                return Start(best[-1], i, doubts)
        return None

    def _outcome_in(
        self, begin: int, label: int, *, wanted: int
    ) -> tuple[int | None, tuple[str, ...]]:
        after_letters = begin
        for i in range(begin, label):
            if self.tokens[i].kind == "letter" and not self.tokens[i].weak:
                after_letters = i + 1
        tail = self._outcomes(after_letters, label)
        right = [i for i in tail if self.tokens[i].number == wanted]
        if right:
            best = [i for i in right if not self.tokens[i].weak] or right
            sure = len(right) == 1 and not self.tokens[best[-1]].weak
            return best[-1], () if sure else ("outcome-two-starts",)
        other = [i for i in tail if not self.tokens[i].weak]
        if other:
            return other[-1], ("outcome-sequence",)
        anywhere = [i for i in self._outcomes(begin, label) if self.tokens[i].number == wanted]
        if anywhere and label - anywhere[-1] <= _TITLE_LINES:
            return anywhere[-1], ("letter-in-title",)
        if begin == label:
            return None, ()
        return self._paragraph_before(begin, label), ("outcome-without-number",)

    def _outcomes(self, begin: int, end: int) -> list[int]:
        return [i for i in range(begin, end) if self.tokens[i].kind == "outcome"]

    def _paragraph_before(self, begin: int, end: int) -> int:
        """Start of the last block of lines without a blank line inside."""
        start = end - 1
        while start > begin and self.tokens[start].gap == 0:
            start -= 1
        return max(start, begin)

    # -- building ---------------------------------------------------------------

    def _open(self, start: Start, label: int) -> Outcome:
        doubts = list(start.doubts)
        if start.set_at is not None and self._open_set(start):
            doubts.append("lines-left-out")
        current = self.sets[-1]
        token = self.tokens[start.outcome]
        if label in self.unlabelled:
            doubts.append("criteria-label-missing")
        title = self.gatherer.title(self.tokens[start.outcome : label])
        number = token.number if token.kind == "outcome" else len(current.outcomes) + 1
        if number != len(current.outcomes) + 1 and "outcome-sequence" not in doubts:
            doubts.append("outcome-sequence")
        doubts = [doubt for doubt in doubts if not doubt.startswith("set-")]
        outcome = Outcome(number, title.text, title.lines, doubts=[*doubts, *title.doubts])
        self._lost(title.left_out)
        self.ledger.use([self.tokens[label].line], "label")
        current.outcomes.append(outcome)
        return outcome

    def _open_set(self, start: Start) -> bool:
        """Begin a set; true when lines between its title and its outcomes were left out."""
        if start.set_at == start.outcome:
            self.sets.append(OutcomeSet(len(self.sets) + 1, "", []))
            self._ask_set("set-without-title", [self.tokens[start.outcome].line])
            return False
        head: SetHead = read_set_head(self.tokens[start.set_at : start.outcome], self.gatherer)
        wanted = len(self.sets) + 1
        current = OutcomeSet(
            head.number or wanted, head.title, head.lines, [], head.prk_level, head.workload_hours
        )
        doubts = [*head.doubts, *(d for d in start.doubts if d.startswith("set-"))]
        if current.number != wanted:
            doubts.append("set-sequence")
        self.sets.append(current)
        self._lost(head.left_out)
        self.ledger.use([*head.lines, *head.other_lines], f"sets[{wanted - 1}]")
        for doubt in dict.fromkeys(doubts):
            self._ask_set(doubt, head.lines)
        return bool(head.left_out)

    def _close(self, outcome: Outcome, tokens: list[Token]) -> None:
        gathered = self.gatherer.criteria(tokens)
        outcome.criteria = gathered.criteria
        outcome.doubts.extend(d for d in gathered.doubts if d not in outcome.doubts)
        self._lost(gathered.left_out)
        if gathered.left_out:
            outcome.doubts.append("lines-left-out")

    def _lost(self, tokens: Sequence[Token]) -> None:
        lines = [t.line for t in tokens if self.ledger.entries[t.line.no].state == "unused"]
        lines = [line for line in lines if not line.blank]
        if not lines:
            return
        self.ledger.doubt(lines, "", "fits nowhere among the outcomes")
        numbers = tuple(line.no for line in lines)
        self.ledger.ask(question("unmapped-lines", path="qualification.sets", lines=numbers))

    def _ask_set(self, code: str, lines: Sequence[Line], current: OutcomeSet | None = None) -> None:
        current = current or self.sets[-1]
        path = f"sets[{self.sets.index(current)}]"
        self.ledger.doubt(lines, path, code)
        self.ledger.ask(
            about_set(
                code if code in {"set-sequence", "set-without-title"} else "set-uncertain",
                number=current.number,
                doubt=code,
                path=f"qualification.{path}",
                lines=tuple(line.no for line in lines),
            )
        )


def _repeated_labels(tokens: Sequence[Token]) -> list[Token]:
    """Labels printed again at the top of a page, in the middle of a running list."""
    found = []
    last_letter: int | None = None
    titled = False
    for place, token in enumerate(tokens):
        if token.kind == "letter" and not token.weak:
            last_letter, titled = token.number, False
        elif token.kind in {"outcome", "set", "anchor"}:
            titled = True
        elif token.kind == "label" and last_letter is not None and not titled:
            following = next(
                (t for t in tokens[place + 1 : place + 12] if t.kind == "letter"), None
            )
            if following is not None and following.number == last_letter + 1:
                found.append(token)
    return found


def _with_missing_labels(tokens: list[Token]) -> tuple[list[Token], set[int]]:
    """Put a label where a list restarts at ``a`` under an outcome that has none.

    Returns the tokens and the places of the labels that were put in.
    """
    done: list[Token] = []
    added: set[int] = set()
    expecting = False
    for token in tokens:
        if token.kind == "label":
            expecting = True
        elif token.kind == "letter" and token.number == 0:
            if not expecting and _title_just_above(done):
                added.add(len(done))
                done.append(Token(token.line, "label", 0, "", token.gap))
            expecting = False
        done.append(token)
    return done, added


def _title_just_above(done: Sequence[Token]) -> bool:
    for token in reversed(done[-_TITLE_LINES:]):
        if token.kind == "outcome" and not token.weak:
            return True
        if token.kind != "text":
            return False
    return False
