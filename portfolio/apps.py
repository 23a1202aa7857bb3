from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortfolioConfig(AppConfig):
    name = "portfolio"

    def ready(self) -> None:
        from clients.casepages import CaseTab, register_tab  # noqa: PLC0415 -- models are ready now
        from clients.permissions import CasePermission  # noqa: PLC0415 -- now ready
        from clients.portalpages import register_tasks  # noqa: PLC0415 -- now ready
        from portfolio.tasks import evidence_tasks  # noqa: PLC0415 -- now ready

        register_tab(
            CaseTab(
                key="evidence",
                label=_("Evidence"),
                route="portfolio:evidence_list",
                permission=CasePermission.VIEW_EVIDENCE,
                order=50,
            )
        )
        register_tasks(evidence_tasks)
