"""Numbers people can say on the telephone: given out one by one, none twice."""

from uuid import UUID

from django.db import connection

from clients.models import NumberSeries


def next_number(organisation_id: UUID, series: str, form: str, year: int) -> str:
    """Give out the next number of a series and write it in its form.

    One statement both counts and reads, so two people at once never get the same; a
    rolled-back transaction gives its number back.
    """
    table = connection.ops.quote_name(NumberSeries._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS series (organisation_id, series, last)"  # noqa: S608 -- our own table's name
            " VALUES (%s, %s, 1)"
            " ON CONFLICT (organisation_id, series) DO UPDATE SET last = series.last + 1"
            " RETURNING last",
            [organisation_id, series],
        )
        (last,) = cursor.fetchone()
    return form.format(year=year, last=last)
