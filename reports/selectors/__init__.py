from reports.selectors.material import Obstacle, ReportMaterial, final_report_delivered, material_of

__all__ = ["Obstacle", "ReportMaterial", "final_report_delivered", "material_of"]
