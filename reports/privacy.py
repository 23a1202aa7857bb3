"""Why each plain column of reports may be plain."""

PLAIN: dict[str, str] = {
    "reports.FinalReport.number": "a version number says nothing about the person",
    "reports.FinalReport.state": "needed to find the report being written",
}
