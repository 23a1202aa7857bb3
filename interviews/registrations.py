"""What this app adds to the case pages, the workflow, the drafts and the portal."""

from django.utils.translation import gettext_lazy as _

from clients.casepages import CaseTab, register_remedy, register_tab
from clients.drafting import register_form
from clients.permissions import CasePermission
from clients.portalpages import register_tasks
from clients.services import guard_repinning
from clients.workflow import CASE_WORKFLOW
from interviews.models import Interview, StarRecord, Statement
from interviews.portaltasks import statement_tasks
from interviews.selectors import guards
from interviews.services.rules import Drafted


def register_all() -> None:
    """Fill the registries of the floor below; called once, at start-up."""
    _register_pages()
    _register_drafts()
    CASE_WORKFLOW.require("synthesise", guards.has_statement_with_source)
    CASE_WORKFLOW.require("agree_results", guards.has_presented_statement)
    guard_repinning(guards.keep_pinned_criteria)


def _register_pages() -> None:
    register_tab(
        CaseTab(
            key="interviews",
            label=_("Interviews"),
            route="interviews:list",
            permission=CasePermission.VIEW_STATEMENTS,
            order=30,
        )
    )
    register_tab(
        CaseTab(
            key="statements",
            label=_("Statements"),
            route="interviews:statements",
            permission=CasePermission.VIEW_STATEMENTS,
            order=40,
        )
    )
    for code in ("statement_missing", "nothing_presented"):
        register_remedy(code, label=_("Go to the statements"), route="interviews:statements")
    register_tasks(statement_tasks)


def _register_drafts() -> None:
    recording, answering = CasePermission.RECORD_INTERVIEW, CasePermission.STATE_POSITION
    register_form(Drafted.NOTE, model=Interview, permission=recording)
    register_form(Drafted.STAR, model=StarRecord, permission=recording)
    register_form(
        Drafted.NEW_STATEMENT,
        model=Statement,
        permission=recording,
        fields=("stars", "criterion_ids"),
        texts=lambda row: {},
    )
    register_form(
        Drafted.STATEMENT,
        model=Statement,
        permission=recording,
        fields=("stars", "criterion_ids"),
        texts=lambda row: {"text": row.text},
    )
    for name, permission in ((Drafted.POSITION, answering), (Drafted.DESK_POSITION, recording)):
        register_form(
            name,
            model=Statement,
            permission=permission,
            fields=("stance", "words", "wording", "read_back"),
            texts=lambda row: {},
        )
