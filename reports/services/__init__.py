from reports.services.final_report import (
    ReportPage,
    issue_report,
    read_report_page,
    write_report,
)

__all__ = ["ReportPage", "issue_report", "read_report_page", "write_report"]
