from reports.models.final_report import FinalReport

__all__ = ["FinalReport"]
