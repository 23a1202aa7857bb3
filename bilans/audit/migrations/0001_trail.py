"""The trail's tables, its one way in, and the locks on everything else.

They belong to ``bilans_audit``, a role nobody logs in as; the application may read and
may call ``audit.append``. The triggers hold even for the role that owns the tables.
"""

from django.db import migrations

FORWARD = """
SET LOCAL ROLE bilans_audit;

CREATE TABLE audit.stream (
    kind text NOT NULL CHECK (kind IN ('case', 'client', 'user', 'organisation', 'service')),
    scope uuid NOT NULL,
    seq bigint NOT NULL DEFAULT 0,
    head bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
    PRIMARY KEY (kind, scope)
);

CREATE TABLE audit.entry (
    kind text NOT NULL,
    scope uuid NOT NULL,
    seq bigint NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL UNIQUE,
    body text NOT NULL,
    payload bytea,
    at timestamptz NOT NULL,
    actor uuid,
    action text NOT NULL,
    PRIMARY KEY (kind, scope, seq),
    FOREIGN KEY (kind, scope) REFERENCES audit.stream
);
CREATE INDEX entry_actor_at ON audit.entry (actor, at DESC);

CREATE FUNCTION audit.append(p_kind text, p_scope uuid, p_body text, p_payload bytea)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = audit, pg_temp AS $$
DECLARE
    number bigint;
    before bytea;
    link bytea;
    plain jsonb := p_body::jsonb;
BEGIN
    INSERT INTO audit.stream (kind, scope) VALUES (p_kind, p_scope) ON CONFLICT DO NOTHING;
    SELECT seq + 1, head INTO number, before
        FROM audit.stream WHERE kind = p_kind AND scope = p_scope FOR UPDATE;
    link := sha256(
        convert_to('bilans-audit/1', 'UTF8') || '\\x00'::bytea
        || convert_to(p_kind, 'UTF8') || '\\x00'::bytea || uuid_send(p_scope)
        || int8send(number)
        || sha256(convert_to(p_body, 'UTF8')) || sha256(coalesce(p_payload, ''::bytea))
        || before
    );
    INSERT INTO audit.entry (kind, scope, seq, previous, hash, body, payload, at, actor, action)
        VALUES (p_kind, p_scope, number, before, link, p_body, p_payload,
                (plain ->> 'at')::timestamptz, (plain ->> 'actor')::uuid, plain ->> 'action');
    UPDATE audit.stream SET seq = number, head = link WHERE kind = p_kind AND scope = p_scope;
    RETURN number;
END
$$;

CREATE FUNCTION audit.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE ON audit.entry
    FOR EACH ROW EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON audit.entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER stream_no_delete BEFORE DELETE ON audit.stream
    FOR EACH ROW EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER stream_no_truncate BEFORE TRUNCATE ON audit.stream
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();

REVOKE ALL ON FUNCTION audit.append(text, uuid, text, bytea) FROM PUBLIC;
REVOKE ALL ON FUNCTION audit.refuse() FROM PUBLIC;
REVOKE ALL ON audit.stream, audit.entry FROM PUBLIC, bilans_app;
GRANT SELECT ON audit.stream, audit.entry TO bilans_app;
GRANT EXECUTE ON FUNCTION audit.append(text, uuid, text, bytea) TO bilans_app;

RESET ROLE;
"""

BACKWARD = """
SET LOCAL ROLE bilans_audit;
DROP TABLE audit.entry;
DROP TABLE audit.stream;
DROP FUNCTION audit.append(text, uuid, text, bytea);
DROP FUNCTION audit.refuse();
RESET ROLE;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
