"""A published version and its elements never change; neither does a source once read.

Cases point at criteria for years, so this holds whatever the program may try. Only the
version's place in the row of versions moves on: published, then superseded or withdrawn.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION catalogue_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% never changes', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
END
$$;

CREATE FUNCTION catalogue_only_status_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (to_jsonb(NEW) - 'status') <> (to_jsonb(OLD) - 'status')
       OR NOT (NEW.status = OLD.status
               OR (OLD.status = 'published' AND NEW.status IN ('superseded', 'withdrawn'))
               OR (OLD.status = 'superseded' AND NEW.status = 'withdrawn'))
    THEN
        RAISE EXCEPTION 'version % is published', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END
$$;

-- the argument names the way from a row to its version
CREATE FUNCTION catalogue_refuse_in_published() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    each jsonb;
    version uuid;
BEGIN
    FOREACH each IN ARRAY ARRAY[to_jsonb(OLD), to_jsonb(NEW)] LOOP
        CONTINUE WHEN each IS NULL;
        IF TG_ARGV[0] = 'version' THEN
            version := (each ->> 'version_id')::uuid;
        ELSIF TG_ARGV[0] = 'set' THEN
            SELECT version_id INTO version FROM catalogue_outcomeset
                WHERE id = (each ->> 'outcome_set_id')::uuid;
        ELSE
            SELECT s.version_id INTO version FROM catalogue_outcome o
                JOIN catalogue_outcomeset s ON s.id = o.outcome_set_id
                WHERE o.id = (each ->> 'outcome_id')::uuid;
        END IF;
        IF EXISTS (SELECT FROM catalogue_qualificationversion v
                   WHERE v.id = version AND v.status <> 'draft') THEN
            RAISE EXCEPTION 'version % is published', version
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
        END IF;
    END LOOP;
    RETURN COALESCE(NEW, OLD);
END
$$;

CREATE TRIGGER published_version_is_final BEFORE UPDATE ON catalogue_qualificationversion
    FOR EACH ROW WHEN (OLD.status <> 'draft') EXECUTE FUNCTION catalogue_only_status_moves_on();
CREATE TRIGGER published_version_stays BEFORE DELETE ON catalogue_qualificationversion
    FOR EACH ROW WHEN (OLD.status <> 'draft') EXECUTE FUNCTION catalogue_refuse();
CREATE TRIGGER published_set_is_final BEFORE INSERT OR UPDATE OR DELETE ON catalogue_outcomeset
    FOR EACH ROW EXECUTE FUNCTION catalogue_refuse_in_published('version');
CREATE TRIGGER published_outcome_is_final BEFORE INSERT OR UPDATE OR DELETE ON catalogue_outcome
    FOR EACH ROW EXECUTE FUNCTION catalogue_refuse_in_published('set');
CREATE TRIGGER published_criterion_is_final BEFORE INSERT OR UPDATE OR DELETE ON catalogue_criterion
    FOR EACH ROW EXECUTE FUNCTION catalogue_refuse_in_published('outcome');
CREATE TRIGGER published_validation_is_final
    BEFORE INSERT OR UPDATE OR DELETE ON catalogue_validationrequirement
    FOR EACH ROW EXECUTE FUNCTION catalogue_refuse_in_published('version');

CREATE TRIGGER source_is_final BEFORE UPDATE OR DELETE ON catalogue_sourcedocument
    FOR EACH ROW EXECUTE FUNCTION catalogue_refuse();
CREATE TRIGGER source_line_stays BEFORE DELETE ON catalogue_sourceline
    FOR EACH ROW EXECUTE FUNCTION catalogue_refuse();
CREATE TRIGGER source_line_text_is_final BEFORE UPDATE ON catalogue_sourceline
    FOR EACH ROW WHEN (OLD.text <> NEW.text OR OLD.number <> NEW.number
                       OR OLD.document_id <> NEW.document_id)
    EXECUTE FUNCTION catalogue_refuse();
"""

BACKWARD = """
DROP TRIGGER source_line_text_is_final ON catalogue_sourceline;
DROP TRIGGER source_line_stays ON catalogue_sourceline;
DROP TRIGGER source_is_final ON catalogue_sourcedocument;
DROP TRIGGER published_validation_is_final ON catalogue_validationrequirement;
DROP TRIGGER published_criterion_is_final ON catalogue_criterion;
DROP TRIGGER published_outcome_is_final ON catalogue_outcome;
DROP TRIGGER published_set_is_final ON catalogue_outcomeset;
DROP TRIGGER published_version_stays ON catalogue_qualificationversion;
DROP TRIGGER published_version_is_final ON catalogue_qualificationversion;
DROP FUNCTION catalogue_refuse_in_published();
DROP FUNCTION catalogue_only_status_moves_on();
DROP FUNCTION catalogue_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_answers_and_workload")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
