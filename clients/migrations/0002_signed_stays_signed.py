"""What was issued and signed never changes, whatever the program may try.

The triggers hold for the role that owns the tables too. Erasing (which deletes rows) and
sealing under a new key are an owner's work and switch them off for their own length.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION clients_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% % is final', TG_TABLE_NAME, OLD.id
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE FUNCTION clients_refuse_change_of_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- only its place in the row of contracts may change, and only onwards
    IF (to_jsonb(NEW) - 'state' - 'version') <> (to_jsonb(OLD) - 'state' - 'version')
       OR NOT (NEW.state = OLD.state OR (OLD.state = 'in_force' AND NEW.state = 'superseded'))
    THEN
        RAISE EXCEPTION 'contract % is signed', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER issued_document_is_final BEFORE UPDATE ON clients_issueddocument
    FOR EACH ROW EXECUTE FUNCTION clients_refuse_change();
CREATE TRIGGER signature_is_final BEFORE UPDATE ON clients_signature
    FOR EACH ROW EXECUTE FUNCTION clients_refuse_change();
CREATE TRIGGER signed_contract_is_final BEFORE UPDATE ON clients_contract
    FOR EACH ROW WHEN (OLD.state IN ('in_force', 'superseded'))
    EXECUTE FUNCTION clients_refuse_change_of_signed();
"""

BACKWARD = """
DROP TRIGGER signed_contract_is_final ON clients_contract;
DROP TRIGGER signature_is_final ON clients_signature;
DROP TRIGGER issued_document_is_final ON clients_issueddocument;
DROP FUNCTION clients_refuse_change_of_signed();
DROP FUNCTION clients_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_initial_cases")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
