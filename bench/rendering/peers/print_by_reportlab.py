"""ReportLab's own layout, as its manual has it: print_by_reportlab.py NEUTRAL OUT ARIMO ARIMO_BOLD COUSINE WIDTHS."""

import json
import sys
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

neutral, out, regular, bold, mono, widths = sys.argv[1:7]
pdfmetrics.registerFont(TTFont("Arimo", regular))
pdfmetrics.registerFont(TTFont("Arimo-Bold", bold))
pdfmetrics.registerFont(TTFont("Cousine", mono))
pdfmetrics.registerFontFamily("Arimo", normal="Arimo", bold="Arimo-Bold", italic="Arimo", boldItalic="Arimo-Bold")

cell = ParagraphStyle("cell", fontName="Arimo", fontSize=8.5, leading=11, splitLongWords=1)
head = ParagraphStyle("head", parent=cell, fontName="Arimo-Bold")
body = ParagraphStyle("body", fontName="Arimo", fontSize=9.5, leading=12.5, spaceAfter=5, splitLongWords=1)
code = ParagraphStyle("code", parent=body, fontName="Cousine", fontSize=8.5, leading=11)
title = ParagraphStyle("title", parent=head, fontSize=12, leading=15, spaceBefore=12, spaceAfter=4, keepWithNext=1)


class Numbered(Canvas):
    """Pages are numbered when their count is known: the recipe of the ReportLab mailing list."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.pages = []

    def showPage(self):
        self.pages.append(dict(self.__dict__))
        self._startPage()

    def save(self):
        for number, page in enumerate(self.pages, 1):
            self.__dict__.update(page)
            self.setFont("Arimo", 7.5)
            self.drawRightString(A4[0] - 48, 30, f"Page {number} of {len(self.pages)}")
            super().showPage()
        super().save()


def line(texts):
    first, *rest = texts
    return Paragraph(escape(first) + "".join(f'<br/><font color="#666666">{escape(t)}</font>' for t in rest), cell)


table, blocks = [[Paragraph(t, head) for t in ("Id", "Severity", "What happened", "Attack", "Trials", "Status")]], []
with open(neutral, encoding="utf-8") as lines:
    for finding in map(json.loads, lines):
        table.append([line(texts or [""]) for texts in finding["cells"]])
        if finding["rows"]:
            blocks.append(Paragraph(f'{finding["id"]} {escape(finding["title"])}', title))
        for row in finding["rows"]:
            for index, part in enumerate(row["texts"]):
                lead = f'<font name="Arimo-Bold">{row["label"]}</font> ' if index == 0 else ""
                blocks.append(Paragraph(lead + escape(part["text"]), code if part["mono"] else body))

style = [
    ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor("#cccccc")),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 5),
]
document = SimpleDocTemplate(out, pagesize=A4, leftMargin=42, rightMargin=42, topMargin=48, bottomMargin=48)
columns = [float(width) for width in widths.split(",")]
document.build([LongTable(table, colWidths=columns, repeatRows=1, style=style), *blocks], canvasmaker=Numbered)
