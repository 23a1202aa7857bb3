"""What a client said stays as it was said, whatever the program may try.

The trigger holds for the role that owns the table too. Erasing (which deletes rows) and
sealing under a new key are an owner's work and switch it off for their own length.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION interviews_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'position % stays as it was said', OLD.id
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER position_stays_as_said BEFORE UPDATE ON interviews_position
    FOR EACH ROW EXECUTE FUNCTION interviews_refuse_change();
"""

BACKWARD = """
DROP TRIGGER position_stays_as_said ON interviews_position;
DROP FUNCTION interviews_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("interviews", "0001_initial_interviews")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
