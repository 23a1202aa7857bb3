from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "interviews"

    def ready(self) -> None:
        """Tell the case pages, the workflow, the drafts and the portal what this app adds."""
        from interviews import registrations  # noqa: PLC0415 -- models must be loaded first

        registrations.register_all()
