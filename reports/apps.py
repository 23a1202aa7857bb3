from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from clients.casepages import CaseTab, register_remedy, register_tab  # noqa: PLC0415 -- now ready
        from clients.drafting import register_form  # noqa: PLC0415 -- now ready
        from clients.permissions import CasePermission  # noqa: PLC0415 -- now ready
        from clients.workflow import CASE_WORKFLOW  # noqa: PLC0415 -- now ready
        from reports.models import FinalReport  # noqa: PLC0415 -- now ready
        from reports.selectors import final_report_delivered  # noqa: PLC0415 -- now ready
        from reports.services.final_report import DRAFT_FORM  # noqa: PLC0415 -- now ready

        CASE_WORKFLOW.require("plan", final_report_delivered)
        CASE_WORKFLOW.require("close", final_report_delivered)
        register_tab(
            CaseTab(
                key="report",
                label=_("Report"),
                route="reports:final",
                permission=CasePermission.WRITE_REPORT,
                order=60,
            )
        )
        register_remedy("report_not_delivered", label=_("Go to the report"), route="reports:final")
        register_form(DRAFT_FORM, model=FinalReport, permission=CasePermission.WRITE_REPORT)
