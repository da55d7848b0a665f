"""What the sixth revision adds, as SQL; never changed once released."""

MEMBERS = """
ALTER TABLE members DROP CONSTRAINT members_status_check;
ALTER TABLE members ADD CONSTRAINT members_status_check
    CHECK (status IN ('planned', 'live', 'ended'));
ALTER TABLE members DROP CONSTRAINT never_ended_before_it_began;
-- What was given up before it began has a last day before its first.
ALTER TABLE members ADD CONSTRAINT never_ended_before_it_began
    CHECK (ends_on IS NULL OR ends_on >= starts_on OR status = 'ended');
-- What somebody has still to do about stakeholders, by day due.
CREATE INDEX stakeholder_actions_own ON stakeholder_actions (owner_id, due_on, id)
    WHERE done_on IS NULL;
"""

STAFFING = """
CREATE FUNCTION manages_for_client(wanted uuid) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public AS
$$ SELECT EXISTS (SELECT 1 FROM members WHERE engagement_id = wanted AND user_id = rapport_user()
   AND client_id = rapport_client() AND role = 'client_pm' AND status = 'live') $$;

-- Whom the client's project manager may give a place: the people of the own firm, by name.
CREATE FUNCTION client_candidates(wanted uuid) RETURNS TABLE
    (id uuid, name text, side text, client_id uuid, active boolean, language text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
$$ SELECT u.id, u.name, u.side, u.client_id, u.active, u.language FROM user_refs u
   JOIN engagements e ON e.id = wanted AND e.client_id = u.client_id
   WHERE u.side = 'client' AND u.active AND engagement_in_reach(wanted)
   AND (rapport_side() = 'firm' OR manages_for_client(wanted)) $$;
REVOKE ALL ON FUNCTION manages_for_client(uuid), client_candidates(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION manages_for_client(uuid), client_candidates(uuid)
    TO engagements_firm, engagements_client, engagements_worker;

GRANT INSERT ON members TO engagements_client;
GRANT UPDATE (domains, answers_to, ends_on, status, version) ON members TO engagements_client;
CREATE POLICY client_pm_adds ON members AS RESTRICTIVE FOR INSERT TO engagements_client
    WITH CHECK (side = 'client' AND role <> 'executive' AND manages_for_client(engagement_id));
CREATE POLICY client_pm_changes ON members AS RESTRICTIVE FOR UPDATE TO engagements_client
    USING (side = 'client' AND role <> 'executive' AND manages_for_client(engagement_id));

-- A change of the team takes back the other side's word; nobody gives it for the other side.
GRANT UPDATE (plan_confirmed_consulting_at) ON engagements TO engagements_client;
CREATE FUNCTION only_take_back() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF rapport_side() = 'client' AND NEW.plan_confirmed_consulting_at IS NOT NULL
       AND NEW.plan_confirmed_consulting_at IS DISTINCT FROM OLD.plan_confirmed_consulting_at THEN
        RAISE insufficient_privilege USING MESSAGE = 'the consulting side confirms for itself';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_take_back BEFORE UPDATE ON engagements
    FOR EACH ROW EXECUTE FUNCTION only_take_back();
"""


def statements() -> list[str]:
    """Every statement, in order; a function with statements of its own is one."""
    parts = (MEMBERS + STAFFING).split(";\n")
    whole: list[str] = []
    for part in parts:
        if whole and whole[-1].count("$$") % 2:
            whole[-1] += ";\n" + part
        else:
            whole.append(part)
    return [part for part in whole if part.strip()]
