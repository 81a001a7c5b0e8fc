"""The style sheet of the page: the house's colours in light and dark, and how it is printed."""

from __future__ import annotations

from reviewapp.report import house_style

NAMES = {
    house_style.INK: "ink",
    house_style.MUTED: "muted",
    house_style.RULE: "rule",
    house_style.ACCENT: "accent",
    house_style.TINT: "tint",
    house_style.MID: "mid",
    house_style.WARM: "warm",
    house_style.PAPER: "paper",
    house_style.AXIS: "axis",
    house_style.ALERT: "alert",
}
"""The name in the style sheet of each colour of the house."""

DARK = {
    "ink": "#E8EEF0",
    "muted": "#AAB8BE",
    "rule": "#3A474D",
    "accent": "#7FC8CC",
    "tint": "#1D3335",
    "mid": "#4F8A8E",
    "warm": "#33291A",
    "paper": "#12191C",
    "axis": "#7F8E96",
    "alert": "#F09A8F",
}
"""What each is where the reader's system is dark."""


def colour_value(colour: str) -> str:
    """A colour of the house as the style sheet names it; any other as it is."""
    name = NAMES.get(colour.upper())
    return f"var(--{name})" if name else colour


def style_sheet(*, large: bool) -> str:
    """The style sheet of the page; `large` sets everything in large type."""
    light = "".join(f"--{name}:{colour};" for colour, name in NAMES.items())
    dark = "".join(f"--{name}:{colour};" for name, colour in DARK.items())
    size = "137.5%" if large else "106.25%"
    return f":root{{color-scheme:light dark;font-size:{size};{light}}}@media screen and (prefers-color-scheme:dark)" + (
        f"{{:root{{{dark}}}}}{_RULES}"
    )


_RULES = """
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);line-height:1.55;
font-family:"Source Sans 3","Source Sans Pro","Segoe UI",Arial,sans-serif}
main,header.cover,nav,footer{max-width:46rem;margin:0 auto;padding:0 1.25rem}
a{color:var(--accent)}a:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-100vw;background:var(--paper);padding:.75rem}.skip:focus{left:0;top:0;z-index:1}
header.cover{padding-top:3rem;padding-bottom:1rem}
header.cover p{margin:.25rem 0}
.mark{display:inline-block;border:2px solid var(--alert);color:var(--alert);font-weight:700;padding:.1rem .6rem}
.kind,.subtitle{color:var(--muted);font-size:1.15rem}
h1{font-size:2.2rem;line-height:1.15;margin:.3rem 0;color:var(--accent);overflow-wrap:anywhere}
h2{font-size:1.65rem;line-height:1.2;margin:3.2rem 0 .8rem;color:var(--accent);border-top:2px solid var(--tint);
padding-top:1.2rem}
h3{font-size:1.2rem;margin:2rem 0 .4rem;color:var(--accent)}h3.entry,h4{font-size:1.05rem;color:var(--ink)}
h4{margin:1.6rem 0 .3rem}
h2,h3,h4,p,li,dd,td,th,figcaption{overflow-wrap:break-word}
p{margin:.5rem 0 .8rem;white-space:pre-line}.lead{font-size:1.2rem}.small,.muted{color:var(--muted)}
.met{color:var(--accent)}.not_met{color:var(--alert)}.na,.unrated{color:var(--muted)}
dl{margin:.6rem 0}dl>div{display:grid;grid-template-columns:minmax(8rem,12rem) 1fr;gap:0 1rem;margin:.35rem 0}
dl.dense>div{display:block}dl.dense dt,dl.dense dd{display:inline}
dt{font-weight:700;color:var(--muted)}dd{margin:0;white-space:pre-line}
nav ol{list-style:none;padding:0}nav li{margin:.3rem 0}nav li.second{padding-left:1.5rem}
nav li a{display:inline-block;padding:.15rem 0;min-height:1.5rem}
.wide{overflow-x:auto;margin:.8rem 0 1.4rem}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:700;padding:.4rem 0}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--rule);white-space:pre-line}
thead th{background:var(--tint);color:var(--accent);border-bottom:2px solid var(--accent)}
tbody th{font-weight:inherit}.right{text-align:right}.centre{text-align:center}
figure{margin:1rem 0 1.6rem}figure>figcaption:first-child{font-weight:700;margin-bottom:.4rem}
.lists{display:grid;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr));gap:0 1.5rem}
.lists li{white-space:pre-line}
svg{display:block;max-width:100%;height:auto;font-family:inherit}
.strip svg,.card svg{display:inline-block;vertical-align:middle}.strip .told{display:none}
.quote{border-left:4px solid var(--mid);padding-left:1rem;margin-left:0}
.quote blockquote{margin:0}.quote figcaption{color:var(--muted);font-weight:400}
.note{background:var(--warm);padding:.8rem 1rem;margin:1.2rem 0}.note p{margin:.2rem 0}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:1rem;margin:1rem 0 2rem}
.card{border:1px solid var(--axis);padding:.7rem .9rem}.card h4{margin:0 0 .3rem}.card p{margin:.25rem 0}
footer{margin-top:4rem;padding-bottom:3rem;border-top:2px solid var(--tint);color:var(--muted)}
footer h2{border:0;margin-top:1rem;font-size:1.3rem}
@media screen and (max-width:34rem){dl>div{display:block}h1{font-size:1.7rem}.picture svg{min-width:32rem}
.strip svg{display:none}.strip .told{display:block}}
@media print{@page{size:A4;margin:22mm 20mm}:root{font-size:11pt}:root.large{font-size:16pt}
main,header.cover,nav,footer{max-width:none;padding:0}.skip{display:none}a{color:inherit;text-decoration:none}
h2,h3,h4,caption,figcaption{break-after:avoid}figure,.note,.card,tr{break-inside:avoid}thead{display:table-header-group}
.page-break{break-after:page}.wide{overflow:visible}}
"""
