"""The drawing of a route on paper: black on white, so that any printer will do."""

from backend.common.paper import FAMILY, Paper
from backend.transport.domain.sketch import DESTINATION, GARAGE, Dot, Line, Sketch

INK, WHITE = 30, 255
HEAD = 7.0
"""Length of an arrow's head, in units of the drawing."""


def make_room(paper: Paper, drawn: Sketch, *, width: float) -> None:
    """Begin a new page if a drawing of this width (millimetres) does not fit on this one."""
    if paper.will_page_break(drawn.height * width / drawn.width):
        paper.add_page()


def draw(paper: Paper, drawn: Sketch, *, width: float) -> None:
    """Put a drawing, so many millimetres wide, where the page is being written; what follows stands beneath it."""
    unit = width / drawn.width
    make_room(paper, drawn, width=width)
    pen = _Pen(paper, paper.get_x(), paper.get_y(), unit)
    with paper.local_context(draw_color=INK, fill_color=WHITE, text_color=INK, line_width=0.4):
        for line in drawn.lines:
            pen.line(line)
        for dot in drawn.dots:
            pen.dot(dot, drawn.radius)
        pen.bar(drawn)
    paper.set_y(paper.get_y() + drawn.height * unit)


class _Pen:
    """Draws in the units of the drawing, from the upper left corner (`left`, `top`, in millimetres)."""

    def __init__(self, paper: Paper, left: float, top: float, unit: float) -> None:
        self.paper, self.left, self.top, self.unit = paper, left, top, unit

    def at(self, x: float, y: float) -> tuple[float, float]:
        return self.left + x * self.unit, self.top + y * self.unit

    def line(self, line: Line) -> None:
        paper = self.paper
        later = {"dash": 1.5, "gap": 1.2} if line.round else {}
        paper.set_dash_pattern(**later)
        paper.line(*self.at(line.x1, line.y1), *self.at(line.x2, line.y2))
        paper.set_dash_pattern()
        with paper.local_context(fill_color=INK):
            paper.polygon([self.at(x, y) for x, y in line.head(HEAD)], style="F")

    def dot(self, dot: Dot, radius: float) -> None:
        paper, unit = self.paper, self.unit
        x, y = self.at(dot.x - radius, dot.y - radius)
        size = 2 * radius * unit
        if dot.kind == GARAGE:
            paper.rect(x, y, size, size, style="DF")
        elif dot.kind == DESTINATION:
            corners = [
                (dot.x, dot.y - radius),
                (dot.x + radius, dot.y),
                (dot.x, dot.y + radius),
                (dot.x - radius, dot.y),
            ]
            paper.polygon([self.at(*corner) for corner in corners], style="DF")
        else:
            paper.ellipse(x, y, size, size, style="DF")
            self.write(dot, x, y, size)

    def write(self, dot: Dot, x: float, y: float, size: float) -> None:
        here = self.paper.get_x(), self.paper.get_y()
        self.paper.set_font(FAMILY, "B", 11 if len(dot.label) < 3 else 7)
        self.paper.set_xy(x, y)
        self.paper.cell(size, size, dot.label, align="C")
        self.paper.set_xy(*here)

    def bar(self, drawn: Sketch) -> None:
        paper, y = self.paper, drawn.bar_y
        x1, at = self.at(drawn.radius, y)
        x2, _at = self.at(drawn.radius + drawn.bar.length, y)
        paper.line(x1, at, x2, at)
        for x in (x1, x2):
            paper.line(x, at - 1, x, at + 1)
        here = paper.get_x(), paper.get_y()
        paper.set_font(FAMILY, "", 9)
        paper.set_xy(x2 + 2, at - 2)
        paper.cell(30, 4, drawn.bar.label)
        paper.set_xy(*here)
