"""The control chart as SVG: colours from the page's tokens where there are any, dark ones in a file of its own."""

from __future__ import annotations

from html import escape

from renders.engine.drift.layout import Box, Chart, Dot, Line, Words

STYLE = """
.dc{font-family:"Source Sans 3",system-ui,sans-serif;font-size:12px;background:var(--page,#2e2e2e)}
.dc .over{fill:var(--bad,#ec8076);opacity:.07}
.dc .grid{stroke:var(--line,#4f4f4f);stroke-width:1}
.dc .scene{stroke:var(--line,#4f4f4f);stroke-width:1;stroke-dasharray:2 4}
.dc .code,.dc .code-alarm{font-family:inherit;font-size:11.5px}
.dc .axis,.dc .code,.dc .scene-words{fill:var(--quiet,#a6a6a6)}
.dc .limit{stroke:var(--bad,#ec8076);stroke-width:1.5;stroke-dasharray:7 5}
.dc .limit-words,.dc .code-alarm{fill:var(--bad,#ec8076);font-weight:600}
.dc .average{stroke:var(--accent,#e8a33d);stroke-width:2.5;fill:none;stroke-linejoin:round}
.dc .wander{stroke:var(--bad,#ec8076);stroke-width:2.5;fill:none;stroke-linejoin:round}
.dc .heading{fill:var(--text,#e6e6e6);font-size:14px;font-weight:600}
.dc .upper{stroke:var(--accent,#e8a33d);stroke-width:1;fill:none;stroke-dasharray:2 3}
.dc .stem-approved,.dc .stem-waiting{stroke:var(--line,#4f4f4f);stroke-width:1}
.dc .stem-alarm{stroke:var(--bad,#ec8076);stroke-width:1;opacity:.6}
.dc .approved{fill:var(--good,#7cc48a);stroke:var(--good,#7cc48a);stroke-width:1.5}
.dc .waiting{fill:var(--page,#2e2e2e);stroke:var(--wait,#c9c9c9);stroke-width:1.5}
.dc .alarm{fill:var(--bad,#ec8076);stroke:var(--bad,#ec8076);stroke-width:1.5}
.dc .alarm.waiting,.dc .alarm.superseded,.dc .alarm.rejected{fill:var(--page,#2e2e2e)}
.dc a:hover circle,.dc a:hover path,.dc a:focus circle,.dc a:focus path{stroke-width:4}
"""
RADIUS, DIAMOND = 4.5, 6.5


def svg_of(chart: Chart) -> str:
    """Return the chart as a whole SVG document that may also stand inside a page."""
    width, height = chart.width, chart.height
    drawn = "\n".join(_mark(mark) for mark in chart.marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="dc" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(chart.title)}">'
        f"<style>{STYLE}</style>"
        f'<rect width="{width:g}" height="{height:g}" style="fill:var(--page,#2e2e2e)"/>\n{drawn}\n</svg>\n'
    )


def _mark(mark: Line | Box | Dot | Words) -> str:
    if isinstance(mark, Line):
        points = " ".join(f"{x:g},{y:g}" for x, y in mark.points)
        return f'<polyline class="{mark.role}" points="{points}"/>'
    if isinstance(mark, Box):
        return (
            f'<rect class="{mark.role}" x="{mark.x:g}" y="{mark.y:g}" width="{mark.width:g}" '
            f'height="{max(0.0, mark.height):g}"/>'
        )
    if isinstance(mark, Words):
        turn = f' transform="rotate({mark.turn:g} {mark.x:g} {mark.y:g})"' if mark.turn else ""
        return (
            f'<text class="{mark.role}" x="{mark.x:g}" y="{mark.y:g}" '
            f'text-anchor="{mark.anchor}"{turn}>{escape(mark.text)}</text>'
        )
    return _dot(mark)


def _dot(dot: Dot) -> str:
    x, y, d = dot.x, dot.y, DIAMOND
    if dot.role.startswith("alarm"):
        shape = f'<path class="{dot.role}" d="M{x:g} {y - d:g}L{x + d:g} {y:g}L{x:g} {y + d:g}L{x - d:g} {y:g}Z">'
        shape += f"<title>{escape(dot.title)}</title></path>"
    else:
        shape = f'<circle class="{dot.role}" cx="{x:g}" cy="{y:g}" r="{RADIUS:g}">'
        shape += f"<title>{escape(dot.title)}</title></circle>"
    return f'<a href="{escape(dot.link)}">{shape}</a>' if dot.link else shape
