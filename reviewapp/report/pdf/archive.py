"""What makes a tagged PDF one for archives, PDF/A-2a, and PDF/UA-1: what it says of itself, its colours, its streams.

Both are claimed in the metadata, where whoever takes the file in looks for it. An encrypted copy is no PDF/A
(`encryption`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from reviewapp.report.pdf.file_date import xmp_date
from reviewapp.report.pdf.srgb import NAME, srgb_profile

VERSION = (1, 7)
"""The version of PDF that PDF/A-2 and PDF/UA-1 rest on."""


@dataclass(frozen=True)
class About:
    """What a file says of itself; `made` as `file_date.pdf_date` takes it."""

    title: str
    author: str
    subject: str
    language: str
    made: str


def make_archival(doc: Any, about: About) -> None:
    """Give the file of a canvas its metadata, the meaning of its colours, and streams that end as an archive asks.

    Called when all is drawn, as late as can be.
    """
    doc.Catalog.Metadata = _metadata(about, doc.info.producer)
    doc.Catalog.__NoDefault__ = [*doc.Catalog.__NoDefault__, "OutputIntents"]
    doc.Catalog.OutputIntents = _output_intents(doc)
    doc.encrypt = _stream_ends()()


def without_claim(metadata: bytes) -> bytes:
    """The metadata of a tagged PDF without what says that it is a PDF/A."""
    return re.sub(rb"<pdfaid:.*\n| xmlns:pdfaid=\"[^\"]*\"", b"", metadata)


def _metadata(about: About, producer: str) -> Any:
    """The XMP metadata stream; without a filter, so that a program that knows no PDF can read it too."""
    from reportlab.pdfbase import pdfdoc

    said = {
        "title": about.title,
        "author": about.author,
        "subject": about.subject,
        "language": about.language,
        "date": xmp_date(about.made),
        "producer": producer,
    }
    written = _XMP.format(**{name: escape(words, quote=False) for name, words in said.items()})
    content = re.sub(_EMPTY, "", written).encode()
    header = {"Type": pdfdoc.PDFName("Metadata"), "Subtype": pdfdoc.PDFName("XML")}
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(header), content)


def _output_intents(doc: Any) -> Any:
    """What red, green and blue mean in this file."""
    from reportlab.pdfbase import pdfdoc

    profile = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"N": 3}), srgb_profile())
    intent = {
        "Type": pdfdoc.PDFName("OutputIntent"),
        "S": pdfdoc.PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": pdfdoc.PDFString(NAME),
        "Info": pdfdoc.PDFString(NAME),
        "DestOutputProfile": doc.Reference(profile),
    }
    return pdfdoc.PDFArray([doc.Reference(pdfdoc.PDFDictionary(intent))])


@cache
def _stream_ends() -> Any:
    """The class that every stream of a file goes through on its way out, as it would to be encrypted.

    reportlab writes `endstream` right after the last byte (ISO 19005-2, 6.1.7.1 wants a line of its own), and has no
    other place to say so for the streams of pages and fonts, which it makes itself while it writes.
    """
    from reportlab.pdfbase.pdfdoc import NoEncryption, PDFObject, pdfdocEnc

    class EndedStream(PDFObject):  # type: ignore[misc]
        """The content of a stream with the end of line after it, which does not count as its length."""

        def __init__(self, content: bytes) -> None:
            self.content = content

        def __len__(self) -> int:
            return len(self.content)

        def format(self, _document: Any) -> bytes:
            """The bytes to write; called by reportlab."""
            # After a carriage return a line feed alone would be the second half of one line end.
            return self.content + (b"\r\n" if self.content.endswith(b"\r") else b"\n")

    class StreamEnds(NoEncryption):  # type: ignore[misc]
        """Encrypts nothing, and ends every stream with a line end."""

        def encode(self, content: Any) -> Any:
            """The content of a stream as it is written; called by reportlab."""
            return EndedStream(pdfdocEnc(content))

    return StreamEnds


_EMPTY = r"<dc:.*></rdf:li>.*\n"
"""What is said of a file without author or subject."""
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfuaid:part>1</pdfuaid:part>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<xmp:CreatorTool>Reviewapp</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
