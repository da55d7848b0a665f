/* Written by scripts/schema.mjs; do not edit. */
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AboutIn
         * @description The people of the firm the case is about; replaces the earlier list.
         */
        AboutIn: {
            /**
             * Instead Of
             * @description Whom the caller saw the case to be about: if it is about others by now, nothing is changed (409). Left out, whoever asks last is right.
             */
            instead_of?: string[] | null;
            /** User Ids */
            user_ids: string[];
        };
        /**
         * Acceptance
         * @description An accepted invitation: the person's name as they write it, and a password.
         */
        Acceptance: {
            /** Name */
            name?: string | null;
            /** Password */
            password: string;
            /** Token */
            token: string;
        };
        /**
         * ActionIn
         * @description What somebody of the firm will do, the acting person when not said.
         */
        ActionIn: {
            /**
             * Due On
             * Format: date
             */
            due_on: string;
            /** Owner Id */
            owner_id?: string | null;
            /** Text */
            text: string;
        };
        /**
         * AmendmentIn
         * @description What is added to a locked record, and why.
         */
        AmendmentIn: {
            /** Reason */
            reason: string;
            /** Summary */
            summary: string;
        };
        /**
         * AmendmentOut
         * @description An addition to a locked record.
         */
        AmendmentOut: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** By Name */
            by_name: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Reason */
            reason: string;
            /** Summary */
            summary: string;
        };
        /**
         * AnswersIn
         * @description Answers by question key; null takes one back.
         */
        AnswersIn: {
            /** Answers */
            answers: {
                [key: string]: number | string | null;
            };
        };
        ApiKey: {
            client_id: string;
            /** Format: date-time */
            created_at: string;
            expires_at: string | null;
            /** Format: uuid */
            id: string;
            last_used_at: string | null;
            name: string;
            revoked_at: string | null;
            scopes: string[];
            user: components["schemas"]["ReferenceRead"] | null;
        };
        ApiKeyDetail: {
            client_id: string;
            /** Format: date-time */
            created_at: string;
            expires_at: string | null;
            /** Format: uuid */
            id: string;
            last_used_at: string | null;
            name: string;
            revoked_at: string | null;
            scopes: string[];
            user: components["schemas"]["ReferenceRead"] | null;
        };
        /**
         * ApplyIn
         * @description How the checked rows go in.
         */
        ApplyIn: {
            /** @default credit_code */
            key: components["schemas"]["Key"];
            /** @default create */
            mode: components["schemas"]["Mode"];
            /** @default skip */
            similar: components["schemas"]["Similar"];
        };
        /**
         * AskedCase
         * @description The case that a survey asked about, for whoever may see it.
         */
        AskedCase: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Number */
            number: string;
        };
        /**
         * AssignIn
         * @description Who takes the case; null takes it back from dispatch.
         */
        AssignIn: {
            /** Assignee Id */
            assignee_id: string | null;
            /**
             * Instead Of
             * @description With whom the caller saw the case, null for nobody: if it is somebody else's by now, nothing is changed (409). Left out, whoever asks last has it.
             */
            instead_of?: string | null;
        };
        AuditEntry: {
            action: string;
            /** Format: uuid */
            actor_id: string;
            actor_name: string | null;
            actor_side: string;
            after: {
                [key: string]: unknown;
            } | null;
            /** Format: date-time */
            at: string;
            before: {
                [key: string]: unknown;
            } | null;
            /** Format: uuid */
            id: string;
            request_id: string;
            /** @description Its place in the service's seal */
            seq: number;
            service: string;
            /** Format: uuid */
            subject_id: string;
            subject_kind: string;
            /** @description The record's name as it is now, where the gateway knows it */
            subject_name: string | null;
        };
        /** Body_take_file */
        Body_take_file: {
            /** File */
            file: string;
        };
        /**
         * BulkChange
         * @description The same change for many clients.
         */
        BulkChange: {
            /** Add Tags */
            add_tags?: string[];
            /** Owner Id */
            owner_id?: string | null;
            /** Remove Tags */
            remove_tags?: string[];
        };
        /**
         * BulkIn
         * @description Which clients, by ids or by the filter of the list, and what to change.
         */
        BulkIn: {
            change: components["schemas"]["BulkChange"];
            /**
             * Filter
             * @description The list's query string: all that match.
             */
            filter?: string | null;
            /** Ids */
            ids?: string[] | null;
        };
        /**
         * By
         * @description What scores are told apart by.
         * @enum {string}
         */
        By: "client" | "engagement" | "phase" | "role" | "survey";
        Bypass: {
            /** Format: date-time */
            at: string;
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            by: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            contact_id: string | null;
            /** Format: uuid */
            engagement_id: string;
            /** Format: uuid */
            id: string;
            /**
             * Occasion
             * @description Why somebody is contacted.
             * @enum {string}
             */
            occasion: "routine" | "key_node";
            person_name: string;
            reason: string;
            /**
             * Rule
             * @description Which rule decides.
             * @enum {string}
             */
            rule: "own_counterpart" | "executive_in_survey" | "executive_at_key_node" | "executive_through_client_pm" | "peripheral_through_core" | "others_through_client_pm" | "nobody_between";
            user_id: string | null;
        };
        BypassDetail: {
            /** Format: date-time */
            at: string;
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            by: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            contact_id: string | null;
            /** Format: uuid */
            engagement_id: string;
            /** Format: uuid */
            id: string;
            /**
             * Occasion
             * @description Why somebody is contacted.
             * @enum {string}
             */
            occasion: "routine" | "key_node";
            person_name: string;
            reason: string;
            /**
             * Rule
             * @description Which rule decides.
             * @enum {string}
             */
            rule: "own_counterpart" | "executive_in_survey" | "executive_at_key_node" | "executive_through_client_pm" | "peripheral_through_core" | "others_through_client_pm" | "nobody_between";
            user_id: string | null;
        };
        /**
         * BypassIn
         * @description Who was contacted past the channel, and why.
         */
        BypassIn: {
            /** Contact Id */
            contact_id?: string | null;
            /** Name */
            name: string;
            /** @default routine */
            occasion: components["schemas"]["Occasion"];
            /** Reason */
            reason: string;
            /** User Id */
            user_id?: string | null;
        };
        Campaign: {
            active: boolean;
            anonymous: boolean;
            fatigue_days: number;
            /** Format: uuid */
            id: string;
            key: string;
            low_at_most: number;
            open_days: number;
            reminder_days: number;
            reminders: number;
            roles: components["schemas"]["ClientRole"][];
            survey_key: string;
            /**
             * Trigger
             * @description What a campaign waits for.
             * @enum {string}
             */
            trigger: "case_closed" | "phase_ended";
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        CampaignDetail: {
            active: boolean;
            anonymous: boolean;
            /** @description What the caller may do with it now. */
            can: "edit"[];
            fatigue_days: number;
            /** Format: uuid */
            id: string;
            key: string;
            low_at_most: number;
            open_days: number;
            reminder_days: number;
            reminders: number;
            roles: components["schemas"]["ClientRole"][];
            survey_key: string;
            /**
             * Trigger
             * @description What a campaign waits for.
             * @enum {string}
             */
            trigger: "case_closed" | "phase_ended";
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        /**
         * CampaignPatch
         * @description What to change; rounds already open keep whom they ask and when they close.
         */
        CampaignPatch: {
            /** Active */
            active?: boolean | null;
            /** Anonymous */
            anonymous?: boolean | null;
            /** Fatigue Days */
            fatigue_days?: number | null;
            /** Low At Most */
            low_at_most?: number | null;
            /** Open Days */
            open_days?: number | null;
            /** Reminder Days */
            reminder_days?: number | null;
            /** Reminders */
            reminders?: number | null;
            /** Roles */
            roles?: components["schemas"]["ClientRole"][] | null;
        };
        /**
         * Candidate
         * @description A person of the client who may be given a place.
         */
        Candidate: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
        };
        Case: {
            acknowledged_at: string | null;
            assignee: components["schemas"]["DeskReference"] | null;
            assignee_id: string | null;
            /**
             * Channel
             * @description How the case reached the firm.
             * @enum {string}
             */
            channel: "portal" | "phone" | "mail" | "api" | "survey";
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            client: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            client_id: string;
            closed_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            id: string;
            /**
             * CaseKind
             * @description What the client came with.
             * @enum {string}
             */
            kind: "request" | "complaint" | "praise" | "suggestion" | "inquiry";
            need_awaited: boolean;
            need_confirmed_at: string | null;
            next_due_at: string | null;
            next_promise: components["schemas"]["NextPromise"] | null;
            number: string;
            /** @description When a promise was broken that the client has heard nothing after. */
            overdue_since: string | null;
            /**
             * Priority
             * @description How soon the firm wants to deal with it; the firm's word, not shown to the client.
             * @enum {string}
             */
            priority?: "low" | "normal" | "high" | "urgent";
            remedy_sought: string | null;
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            requester: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            requester_id: string;
            resolved_at: string | null;
            severity?: components["schemas"]["Severity"] | null;
            /**
             * CaseStatus
             * @description Where a case stands.
             * @enum {string}
             */
            status: "open" | "assigned" | "in_progress" | "waiting_client" | "solution_offered" | "solution_accepted" | "resolved" | "closed" | "reopened" | "withdrawn";
            subject: string;
            /** @description The subject in both languages where Rapport itself wrote it. */
            subject_texts: components["schemas"]["StepText"] | null;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        CaseDetail: {
            /** @description Whom the case is about; they neither see, handle nor close it. */
            about_user_ids?: string[];
            acknowledged_at: string | null;
            /** @description The case whose survey opened this one. */
            asked_case: components["schemas"]["AskedCase"] | null;
            /** @description The engagement whose survey opened this case. */
            asked_engagement_id?: string | null;
            assignee: components["schemas"]["DeskReference"] | null;
            assignee_id: string | null;
            /** @description What the caller may do with it now. */
            can: ("edit" | "assign" | "about" | "start" | "wait" | "resume" | "restate" | "confirm-need" | "resolve" | "close" | "reopen" | "withdraw" | "reply" | "note" | "promise" | "offer" | "follow_up")[];
            /**
             * Channel
             * @description How the case reached the firm.
             * @enum {string}
             */
            channel: "portal" | "phone" | "mail" | "api" | "survey";
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            client: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            client_id: string;
            closed_at: string | null;
            /** Format: date-time */
            created_at: string;
            description: string;
            description_texts: components["schemas"]["StepText"] | null;
            historical: boolean;
            /** Format: uuid */
            id: string;
            /**
             * CaseKind
             * @description What the client came with.
             * @enum {string}
             */
            kind: "request" | "complaint" | "praise" | "suggestion" | "inquiry";
            need_awaited: boolean;
            need_comment: string | null;
            need_confirmed_at: string | null;
            next_due_at: string | null;
            next_promise: components["schemas"]["NextPromise"] | null;
            number: string;
            /** @description When a promise was broken that the client has heard nothing after. */
            overdue_since: string | null;
            /**
             * Priority
             * @description How soon the firm wants to deal with it; the firm's word, not shown to the client.
             * @enum {string}
             */
            priority?: "low" | "normal" | "high" | "urgent";
            remedy_sought: string | null;
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            requester: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            requester_id: string;
            resolution: string | null;
            resolved_at: string | null;
            restated_need: string | null;
            severity?: components["schemas"]["Severity"] | null;
            /**
             * CaseStatus
             * @description Where a case stands.
             * @enum {string}
             */
            status: "open" | "assigned" | "in_progress" | "waiting_client" | "solution_offered" | "solution_accepted" | "resolved" | "closed" | "reopened" | "withdrawn";
            subject: string;
            /** @description The subject in both languages where Rapport itself wrote it. */
            subject_texts: components["schemas"]["StepText"] | null;
            /** Format: date-time */
            updated_at: string;
            version: number;
            waiting_since: string | null;
        };
        /**
         * CaseIn
         * @description A new case. A client-side caller is client and requester; the firm names both.
         */
        CaseIn: {
            /** About User Ids */
            about_user_ids?: string[];
            channel?: components["schemas"]["DeskChannel"] | null;
            /** Client Id */
            client_id?: string | null;
            /** Description */
            description: string;
            kind: components["schemas"]["CaseKind"];
            /**
             * Occurred At
             * @description History import by an administrator: when it happened (UTC).
             */
            occurred_at?: string | null;
            /** @default normal */
            priority: components["schemas"]["Priority"];
            /** Remedy Sought */
            remedy_sought?: string | null;
            /** Requester Id */
            requester_id?: string | null;
            severity?: components["schemas"]["Severity"] | null;
            /** Subject */
            subject: string;
        };
        /**
         * CaseKind
         * @description What the client came with.
         * @enum {string}
         */
        CaseKind: "request" | "complaint" | "praise" | "suggestion" | "inquiry";
        /**
         * CasePatch
         * @description Fields the firm may correct on a live case.
         */
        CasePatch: {
            /** Description */
            description?: string | null;
            kind?: components["schemas"]["CaseKind"] | null;
            priority?: components["schemas"]["Priority"] | null;
            /** Remedy Sought */
            remedy_sought?: string | null;
            severity?: components["schemas"]["Severity"] | null;
            /** Subject */
            subject?: string | null;
        };
        /**
         * CaseStatus
         * @description Where a case stands.
         * @enum {string}
         */
        CaseStatus: "open" | "assigned" | "in_progress" | "waiting_client" | "solution_offered" | "solution_accepted" | "resolved" | "closed" | "reopened" | "withdrawn";
        CaseStep: {
            actor_name: string;
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            case_id: string;
            firm_only?: boolean;
            /** Format: uuid */
            id: string;
            kind: string;
            params: {
                [key: string]: string;
            };
            position: number;
            /**
             * StepText
             * @description A step's sentence in both languages.
             */
            text: {
                /** En */
                en: string;
                /** Zh */
                zh: string;
            };
        };
        /**
         * Chain
         * @description Working days for each step of a deliverable's review after its draft.
         */
        Chain: {
            /** Check */
            check: number;
            /** Comment */
            comment: number;
            /** Decide */
            decide: number;
            /** Rollout */
            rollout: number;
        };
        /**
         * Channel
         * @description How the person wants to be reached.
         * @enum {string}
         */
        Channel: "mobile" | "phone" | "email" | "wechat";
        /**
         * CheckIn
         * @description The first check's word on the version; a rejection has a reason.
         */
        CheckIn: {
            /** Passed */
            passed: boolean;
            /** Reason */
            reason?: string | null;
        };
        Client: {
            aliases: string[];
            archived_at: string | null;
            city: string | null;
            contacts_count: number;
            contract_total: components["schemas"]["Money"] | null;
            /** Format: date-time */
            created_at: string;
            credit_code: string | null;
            email_domain: string | null;
            employees: number | null;
            first_contact_on: string | null;
            grade: components["schemas"]["Grade"] | null;
            /** Format: uuid */
            id: string;
            industry: string | null;
            last_call_on: string | null;
            last_contact_at: string | null;
            last_visit_on: string | null;
            legal_name: string;
            likelihood: number | null;
            main_products: string[];
            /** @description The day the next call is due by the grade's cadence. */
            next_call_on: string | null;
            /** @description The earlier of the two. */
            next_due_on: string | null;
            /** @description The day the next visit is due. */
            next_visit_on: string | null;
            number: string;
            open_cases: number;
            owner: components["schemas"]["ClientsReference"] | null;
            owner_id: string | null;
            owner_name: string | null;
            phone: string | null;
            province: string | null;
            revenue: components["schemas"]["Money"] | null;
            short_name: string | null;
            source: string | null;
            /**
             * Stage
             * @description Where the relation with a client stands.
             * @enum {string}
             */
            stage: "prospect" | "qualified" | "negotiating" | "active" | "dormant" | "former" | "disqualified";
            strength: number | null;
            tags: string[];
            /** Format: date-time */
            updated_at: string;
            version: number;
            website: string | null;
        };
        ClientDetail: {
            aliases: string[];
            archived_at: string | null;
            call_days: number | null;
            /** @description What the caller may do with it now. */
            can: ("edit" | "stage" | "grade" | "archive" | "restore" | "merge" | "split" | "add_contact" | "add_interaction" | "add_opportunity")[];
            city: string | null;
            contacts_count: number;
            contract_total: components["schemas"]["Money"] | null;
            /** Format: date-time */
            created_at: string;
            credit_code: string | null;
            email_domain: string | null;
            employees: number | null;
            first_contact_on: string | null;
            grade: components["schemas"]["Grade"] | null;
            grade_reason: string | null;
            graded_on: string | null;
            /** Format: uuid */
            id: string;
            import_id: string | null;
            industry: string | null;
            last_call_on: string | null;
            last_contact_at: string | null;
            last_visit_on: string | null;
            legal_name: string;
            likelihood: number | null;
            main_products: string[];
            /** @description Clients that became part of this one, the last first; only that can be split. */
            merged_clients: components["schemas"]["MergedClient"][];
            /** @description The day the next call is due by the grade's cadence. */
            next_call_on: string | null;
            /** @description The earlier of the two. */
            next_due_on: string | null;
            /** @description The day the next visit is due. */
            next_visit_on: string | null;
            notes: string | null;
            number: string;
            open_cases: number;
            owner: components["schemas"]["ClientsReference"] | null;
            owner_id: string | null;
            owner_name: string | null;
            phone: string | null;
            province: string | null;
            revenue: components["schemas"]["Money"] | null;
            short_name: string | null;
            source: string | null;
            /**
             * Stage
             * @description Where the relation with a client stands.
             * @enum {string}
             */
            stage: "prospect" | "qualified" | "negotiating" | "active" | "dormant" | "former" | "disqualified";
            strength: number | null;
            tags: string[];
            /** Format: date-time */
            updated_at: string;
            version: number;
            visit_days: number | null;
            website: string | null;
        };
        ClientGrade: {
            /** Format: date-time */
            at: string;
            before: components["schemas"]["Grade"] | null;
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            by: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            grade: components["schemas"]["Grade"] | null;
            /** Format: uuid */
            id: string;
            reason: string;
        };
        /**
         * ClientIn
         * @description A new client.
         */
        ClientIn: {
            /** Aliases */
            aliases?: string[];
            /** City */
            city?: string | null;
            /**
             * Confirm Distinct From
             * @description Candidates of an earlier 409 that a person looked at and found different.
             */
            confirm_distinct_from?: string[];
            contract_total?: components["schemas"]["MoneyIn"] | null;
            /** Credit Code */
            credit_code?: string | null;
            /** Email Domain */
            email_domain?: string | null;
            /** Employees */
            employees?: number | null;
            /** First Contact On */
            first_contact_on?: string | null;
            /** Industry */
            industry?: string | null;
            /** Legal Name */
            legal_name: string;
            /** Likelihood */
            likelihood?: number | null;
            /** Main Products */
            main_products?: string[];
            /** Notes */
            notes?: string | null;
            /** Owner Id */
            owner_id?: string | null;
            /** Phone */
            phone?: string | null;
            /** Province */
            province?: string | null;
            revenue?: components["schemas"]["MoneyIn"] | null;
            /** Short Name */
            short_name?: string | null;
            /** Source */
            source?: string | null;
            /** @default prospect */
            stage: components["schemas"]["Stage"];
            /** Strength */
            strength?: number | null;
            /** Tags */
            tags?: string[];
            /** Website */
            website?: string | null;
        };
        /**
         * ClientPatch
         * @description What to change; absent fields stay.
         */
        ClientPatch: {
            /** Aliases */
            aliases?: string[];
            /** City */
            city?: string | null;
            contract_total?: components["schemas"]["MoneyIn"] | null;
            /** Credit Code */
            credit_code?: string | null;
            /** Email Domain */
            email_domain?: string | null;
            /** Employees */
            employees?: number | null;
            /** First Contact On */
            first_contact_on?: string | null;
            /** Industry */
            industry?: string | null;
            /** Legal Name */
            legal_name?: string | null;
            /** Likelihood */
            likelihood?: number | null;
            /** Main Products */
            main_products?: string[];
            /** Notes */
            notes?: string | null;
            /** Owner Id */
            owner_id?: string | null;
            /** Phone */
            phone?: string | null;
            /** Province */
            province?: string | null;
            revenue?: components["schemas"]["MoneyIn"] | null;
            /** Short Name */
            short_name?: string | null;
            /** Source */
            source?: string | null;
            /** Strength */
            strength?: number | null;
            /** Tags */
            tags?: string[];
            /** Website */
            website?: string | null;
        };
        /**
         * ClientRole
         * @description The client-side places in a joint team.
         * @enum {string}
         */
        ClientRole: "executive" | "client_pm" | "core" | "peripheral";
        /**
         * Reference
         * @description Another record by id and the label a reader knows it by.
         */
        ClientsReference: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string | null;
        };
        /**
         * CloseIn
         * @description `waive_reason` lets the firm close without the outstanding follow-up.
         */
        CloseIn: {
            /** Waive Reason */
            waive_reason?: string | null;
        };
        /**
         * ColumnOut
         * @description A column of the sheet: its letter, heading, first value, and the field it becomes.
         */
        ColumnOut: {
            /** Column */
            column: string;
            /** Field */
            field: string | null;
            /** Heading */
            heading: string;
            /** Sample */
            sample: string | null;
        };
        /**
         * CommentIn
         * @description What is said about the version in review.
         */
        CommentIn: {
            /** Body */
            body: string;
        };
        /**
         * ConfirmNeedIn
         * @description The requester's answer to the restated need; a correction needs a comment.
         */
        ConfirmNeedIn: {
            /** Comment */
            comment?: string | null;
            /** Confirmed */
            confirmed: boolean;
        };
        Contact: {
            archived_at: string | null;
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            client: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            client_id: string;
            /** Format: date-time */
            created_at: string;
            decision_role: components["schemas"]["DecisionRole"] | null;
            department: string | null;
            do_not_contact: boolean;
            do_not_contact_reason: string | null;
            email: string | null;
            /** Format: uuid */
            id: string;
            mobile: string | null;
            name: string;
            notes: string | null;
            phone: string | null;
            preferred_channel: components["schemas"]["Channel"] | null;
            title: string | null;
            /** Format: date-time */
            updated_at: string;
            version: number;
            wechat: string | null;
        };
        ContactDetail: {
            archived_at: string | null;
            /** @description What the caller may do with it now. */
            can: ("edit" | "archive")[];
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            client: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            client_id: string;
            /** Format: date-time */
            created_at: string;
            decision_role: components["schemas"]["DecisionRole"] | null;
            department: string | null;
            do_not_contact: boolean;
            do_not_contact_reason: string | null;
            email: string | null;
            /** Format: uuid */
            id: string;
            mobile: string | null;
            name: string;
            notes: string | null;
            phone: string | null;
            preferred_channel: components["schemas"]["Channel"] | null;
            title: string | null;
            /** Format: date-time */
            updated_at: string;
            version: number;
            wechat: string | null;
        };
        /**
         * ContactIn
         * @description A new contact person of a client.
         */
        ContactIn: {
            /**
             * Client Id
             * Format: uuid
             */
            client_id: string;
            decision_role?: components["schemas"]["DecisionRole"] | null;
            /** Department */
            department?: string | null;
            /**
             * Do Not Contact
             * @default false
             */
            do_not_contact: boolean;
            /** Do Not Contact Reason */
            do_not_contact_reason?: string | null;
            /** Email */
            email?: string | null;
            /** Mobile */
            mobile?: string | null;
            /** Name */
            name: string;
            /** Notes */
            notes?: string | null;
            /** Phone */
            phone?: string | null;
            preferred_channel?: components["schemas"]["Channel"] | null;
            /** Title */
            title?: string | null;
            /** Wechat */
            wechat?: string | null;
        };
        /**
         * ContactPatch
         * @description What to change; absent fields stay.
         */
        ContactPatch: {
            decision_role?: components["schemas"]["DecisionRole"] | null;
            /** Department */
            department?: string | null;
            /**
             * Do Not Contact
             * @default false
             */
            do_not_contact: boolean;
            /** Do Not Contact Reason */
            do_not_contact_reason?: string | null;
            /** Email */
            email?: string | null;
            /** Mobile */
            mobile?: string | null;
            /** Name */
            name?: string | null;
            /** Notes */
            notes?: string | null;
            /** Phone */
            phone?: string | null;
            preferred_channel?: components["schemas"]["Channel"] | null;
            /** Title */
            title?: string | null;
            /** Wechat */
            wechat?: string | null;
        };
        /**
         * Credentials
         * @description What a person types to sign in.
         */
        Credentials: {
            /** Email */
            email: string;
            /** Password */
            password: string;
        };
        /**
         * DayIn
         * @description The day it happened, today when not said.
         */
        DayIn: {
            /** On */
            on?: string | null;
        };
        /**
         * DaysIn
         * @description Working days for each step of the review after the draft.
         */
        DaysIn: {
            /**
             * Check
             * @default 2
             */
            check: number;
            /**
             * Comment
             * @default 3
             */
            comment: number;
            /**
             * Decide
             * @default 3
             */
            decide: number;
            /**
             * Rollout
             * @default 5
             */
            rollout: number;
        };
        /**
         * DeadLetterOut
         * @description A dead letter as an administrator reads it.
         *
         *     `data` holds what the event says, as far as the reader may see it: null where the person was
         *     erased, the record is not for the reader, or the message is no event that is known here.
         */
        DeadLetterOut: {
            /** Data */
            data: {
                [key: string]: unknown;
            } | null;
            /**
             * Died At
             * Format: date-time
             */
            died_at: string;
            /** Erased */
            erased: boolean;
            /** Error */
            error: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Publisher */
            publisher: string;
            /** Record Id */
            record_id: string | null;
            /** Service */
            service: string;
            /** Subscription */
            subscription: string | null;
            /** Type */
            type: string;
        };
        /**
         * DeadLetters
         * @description The letters that wait for a decision, newest first; `total` counts all of them.
         */
        DeadLetters: {
            /** Items */
            items: components["schemas"]["DeadLetterOut"][];
            /** Next Cursor */
            next_cursor: string | null;
            /** Total */
            total: number;
        };
        /**
         * DecideIn
         * @description The decision on the version; a rejection has a reason.
         */
        DecideIn: {
            /** Accepted */
            accepted: boolean;
            /** Reason */
            reason?: string | null;
        };
        /**
         * DecisionRole
         * @description What the person decides when the client buys.
         * @enum {string}
         */
        DecisionRole: "decider" | "influencer" | "user" | "gatekeeper" | "champion" | "other";
        /**
         * DeclineIn
         * @description Why the offer does not do.
         */
        DeclineIn: {
            /** Reason */
            reason: string;
        };
        Deliverable: {
            /**
             * Chain
             * @description Working days for each step of a deliverable's review after its draft.
             */
            chain: {
                /** Check */
                check: number;
                /** Comment */
                comment: number;
                /** Decide */
                decide: number;
                /** Rollout */
                rollout: number;
            };
            /** Format: date-time */
            created_at: string;
            domain: string | null;
            /** @description Silence decides nothing: a step that is not taken by its day stays where it is, and shows as overdue to whoever is to take it. */
            due_on: string | null;
            /**
             * EngagementReference
             * @description The engagement a record belongs to, as a reader knows it.
             */
            engagement: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Number */
                number: string;
                status: components["schemas"]["EngagementStatus"];
                /** Title */
                title: string;
            };
            /** Format: uuid */
            engagement_id: string;
            /** Format: uuid */
            id: string;
            key: string;
            /** Format: uuid */
            phase_id: string;
            /**
             * DeliverableStatus
             * @description Where a deliverable stands.
             * @enum {string}
             */
            status: "draft" | "commenting" | "checking" | "deciding" | "accepted" | "rolling_out" | "done";
            step: components["schemas"]["ReviewStep"] | null;
            /** Format: uuid */
            task_id: string;
            /**
             * Titled
             * @description A name in both languages.
             */
            title: {
                /** En */
                en: string;
                /** Zh */
                zh: string;
            };
            /** Format: date-time */
            updated_at: string;
            version: number;
            version_number: number;
            waits_for: components["schemas"]["MemberRole"] | null;
        };
        DeliverableComment: {
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            author: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            body: string;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            deliverable_id: string;
            /** Format: uuid */
            id: string;
            number: number;
        };
        DeliverableCommentDetail: {
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            author: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            body: string;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            deliverable_id: string;
            /** Format: uuid */
            id: string;
            number: number;
        };
        DeliverableDetail: {
            /** @description What the caller may do with it now. */
            can: ("submit" | "comment" | "take_back" | "request_check" | "check" | "decide" | "start_rollout" | "finish_rollout")[];
            /**
             * Chain
             * @description Working days for each step of a deliverable's review after its draft.
             */
            chain: {
                /** Check */
                check: number;
                /** Comment */
                comment: number;
                /** Decide */
                decide: number;
                /** Rollout */
                rollout: number;
            };
            /** Format: date-time */
            created_at: string;
            domain: string | null;
            /** @description Silence decides nothing: a step that is not taken by its day stays where it is, and shows as overdue to whoever is to take it. */
            due_on: string | null;
            /**
             * EngagementReference
             * @description The engagement a record belongs to, as a reader knows it.
             */
            engagement: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Number */
                number: string;
                status: components["schemas"]["EngagementStatus"];
                /** Title */
                title: string;
            };
            /** Format: uuid */
            engagement_id: string;
            /** Format: uuid */
            id: string;
            key: string;
            /** Format: uuid */
            phase_id: string;
            /**
             * DeliverableStatus
             * @description Where a deliverable stands.
             * @enum {string}
             */
            status: "draft" | "commenting" | "checking" | "deciding" | "accepted" | "rolling_out" | "done";
            step: components["schemas"]["ReviewStep"] | null;
            /** Format: uuid */
            task_id: string;
            /**
             * Titled
             * @description A name in both languages.
             */
            title: {
                /** En */
                en: string;
                /** Zh */
                zh: string;
            };
            /** Format: date-time */
            updated_at: string;
            version: number;
            version_number: number;
            waits_for: components["schemas"]["MemberRole"] | null;
        };
        /**
         * DeliverableIn
         * @description Another deliverable of the plan, drafted by the end of its task.
         */
        DeliverableIn: {
            /**
             * @default {
             *       "comment": 3,
             *       "check": 2,
             *       "decide": 3,
             *       "rollout": 5
             *     }
             */
            chain: components["schemas"]["DaysIn"];
            /** Domain */
            domain?: string | null;
            /**
             * Task Id
             * Format: uuid
             */
            task_id: string;
            title: components["schemas"]["TitleIn"];
        };
        DeliverableVerdict: {
            /** Format: date-time */
            at: string;
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            by: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            deliverable_id: string;
            /** Format: uuid */
            id: string;
            number: number;
            reason: string | null;
            /** @enum {string} */
            step: "check" | "decide";
            /**
             * VerdictKind
             * @description What a check or a decision says.
             * @enum {string}
             */
            verdict: "passed" | "rejected";
        };
        DeliverableVersion: {
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            author: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            deliverable_id: string;
            /** Format: uuid */
            id: string;
            number: number;
            reference: string | null;
            /** Format: date-time */
            submitted_at: string;
            text: string | null;
        };
        /**
         * Channel
         * @description How the case reached the firm.
         * @enum {string}
         */
        DeskChannel: "portal" | "phone" | "mail" | "api" | "survey";
        /**
         * Reference
         * @description Another record by id and the label a reader knows it by.
         */
        DeskReference: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string | null;
        };
        /**
         * EndIn
         * @description The last day, today when not said.
         */
        EndIn: {
            /** Ends On */
            ends_on?: string | null;
        };
        Engagement: {
            activated_at: string | null;
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            client: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            client_id: string;
            client_pm: components["schemas"]["EngagementsReference"] | null;
            closed_at: string | null;
            consulting_pm: components["schemas"]["EngagementsReference"] | null;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            id: string;
            my_roles: components["schemas"]["MemberRole"][];
            number: string;
            opportunity_id?: string | null;
            small: boolean;
            /** Format: date */
            starts_on: string;
            /**
             * EngagementStatus
             * @description Where an engagement stands.
             * @enum {string}
             */
            status: "draft" | "proposed" | "active" | "on_hold" | "closing" | "closed" | "cancelled";
            title: string;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        EngagementDetail: {
            activated_at: string | null;
            /** @description What the caller may do with it now. */
            can: ("edit" | "propose" | "activate" | "hold" | "resume" | "start_closing" | "close" | "cancel" | "staff" | "confirm_plan")[];
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            client: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            client_id: string;
            client_pm: components["schemas"]["EngagementsReference"] | null;
            closed_at: string | null;
            consulting_pm: components["schemas"]["EngagementsReference"] | null;
            /** Format: date-time */
            created_at: string;
            domains: string[];
            historical: boolean;
            /** Format: uuid */
            id: string;
            latest_phase_id: string | null;
            my_roles: components["schemas"]["MemberRole"][];
            number: string;
            objectives: string | null;
            opportunity_id?: string | null;
            plan_confirmed_client_at: string | null;
            plan_confirmed_consulting_at: string | null;
            reopened: components["schemas"]["Reopened"] | null;
            small: boolean;
            staffs: components["schemas"]["MemberRole"][];
            /** Format: date */
            starts_on: string;
            /**
             * EngagementStatus
             * @description Where an engagement stands.
             * @enum {string}
             */
            status: "draft" | "proposed" | "active" | "on_hold" | "closing" | "closed" | "cancelled";
            status_reason: string | null;
            template: string | null;
            title: string;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        /**
         * EngagementIn
         * @description A new draft. Without a consulting PM, a drafting consulting PM becomes it.
         */
        EngagementIn: {
            /**
             * Client Id
             * Format: uuid
             */
            client_id: string;
            /** Consulting Pm Id */
            consulting_pm_id?: string | null;
            /** Director Id */
            director_id?: string | null;
            /** Domains */
            domains?: string[];
            /** Objectives */
            objectives?: string | null;
            /**
             * Small
             * @default false
             */
            small: boolean;
            /**
             * Starts On
             * @description Without it the next working day.
             */
            starts_on?: string | null;
            /**
             * Template
             * @default process-consulting
             * @constant
             */
            template: "process-consulting";
            /** Title */
            title: string;
        };
        /**
         * EngagementPatch
         * @description Fields the firm may change while the engagement is live.
         */
        EngagementPatch: {
            /** Domains */
            domains?: string[] | null;
            /** Objectives */
            objectives?: string | null;
            /** Small */
            small?: boolean | null;
            /** Starts On */
            starts_on?: string | null;
            /** Title */
            title?: string | null;
        };
        /**
         * AssignIn
         * @description Who does the task; null leaves it with the role.
         */
        EngagementsAssignIn: {
            /** User Id */
            user_id: string | null;
        };
        /**
         * Channel
         * @description How to reach a person now: direct, or through whom, and by which rule.
         */
        EngagementsChannel: {
            /** Direct */
            direct: boolean;
            rule: components["schemas"]["Rule"];
            /** Text */
            text: {
                [key: string]: string;
            };
            through: components["schemas"]["Through"] | null;
        };
        /**
         * ReasonIn
         * @description Why a step is taken.
         */
        EngagementsReasonIn: {
            /** Reason */
            reason: string;
        };
        /**
         * Reference
         * @description Another record by id and the label a reader knows it by.
         */
        EngagementsReference: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string | null;
        };
        /**
         * EngagementStatus
         * @description Where an engagement stands.
         * @enum {string}
         */
        EngagementStatus: "draft" | "proposed" | "active" | "on_hold" | "closing" | "closed" | "cancelled";
        EngagementStep: {
            actor_name: string;
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            engagement_id: string;
            firm_only?: boolean;
            /** Format: uuid */
            id: string;
            kind: string;
            params: {
                [key: string]: string;
            };
            position: number;
            /**
             * StepText
             * @description A step's sentence in both languages.
             */
            text: {
                /** En */
                en: string;
                /** Zh */
                zh: string;
            };
        };
        /**
         * FieldOut
         * @description A field that a column can become.
         */
        FieldOut: {
            /** Name */
            name: string;
            /** Required */
            required: boolean;
        };
        Finding: {
            client: components["schemas"]["ReferenceRead"] | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "client" | "contact" | "case" | "engagement";
            /** @description The caller answers for it or its client, or is on a team there. */
            mine?: boolean;
            subtitle: string | null;
            title: string;
            /** @description The title in both languages where Rapport itself wrote it. */
            title_texts: components["schemas"]["StepText"] | null;
            /** Format: date-time */
            updated_at: string;
        };
        /**
         * FirmDefaults
         * @description The firm's defaults for dates and money.
         */
        FirmDefaults: {
            /** Currency */
            currency: string;
            /** Language */
            language: string;
            /** Name */
            name: string | null;
            /** Zone */
            zone: string;
        };
        /**
         * FirmRole
         * @description What a firm-side person does (product.md, "Who uses it").
         * @enum {string}
         */
        FirmRole: "admin" | "partner" | "client_manager" | "consulting_pm" | "consultant" | "agent" | "service_lead";
        FollowUp: {
            /**
             * CaseReference
             * @description The case a record belongs to, as a reader knows it.
             */
            case: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Number */
                number: string;
                status: components["schemas"]["CaseStatus"];
                /** Subject */
                subject: string;
                subject_texts: components["schemas"]["StepText"] | null;
            };
            /** Format: uuid */
            case_id: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date */
            due_on: string;
            /** Format: uuid */
            id: string;
            notes?: string | null;
            recorded_at: string | null;
            recorded_by_name: string | null;
            reopened: boolean;
            satisfied: boolean | null;
            score: number | null;
            /**
             * FollowUpStatus
             * @description What became of it.
             * @enum {string}
             */
            status: "scheduled" | "done" | "waived";
            version: number;
            waive_reason?: string | null;
        };
        FollowUpDetail: {
            /** @description What the caller may do with it now. */
            can: ("record" | "waive")[];
            /**
             * CaseReference
             * @description The case a record belongs to, as a reader knows it.
             */
            case: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Number */
                number: string;
                status: components["schemas"]["CaseStatus"];
                /** Subject */
                subject: string;
                subject_texts: components["schemas"]["StepText"] | null;
            };
            /** Format: uuid */
            case_id: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date */
            due_on: string;
            /** Format: uuid */
            id: string;
            notes?: string | null;
            recorded_at: string | null;
            recorded_by_name: string | null;
            reopened: boolean;
            satisfied: boolean | null;
            score: number | null;
            /**
             * FollowUpStatus
             * @description What became of it.
             * @enum {string}
             */
            status: "scheduled" | "done" | "waived";
            version: number;
            waive_reason?: string | null;
        };
        /**
         * FollowUpIn
         * @description A second follow-up, on a day in the firm's time zone.
         */
        FollowUpIn: {
            /**
             * Case Id
             * Format: uuid
             */
            case_id: string;
            /**
             * Due On
             * Format: date
             */
            due_on: string;
        };
        /**
         * Forecast
         * @description Rows without error that are not repeated in the file, by what applying would do with them.
         *
         *     `new` ones have no client yet; `similar` ones neither, but are like another organisation;
         *     `known` ones have exactly one; of `unclear` ones the client is there, but the key does not say
         *     which it is, so they are skipped.
         */
        Forecast: {
            /** Known */
            known: number;
            /** New */
            new: number;
            /** Similar */
            similar: number;
            /** Unclear */
            unclear: number;
        };
        /**
         * Forecasts
         * @description The forecast by each key that a row and a client may be matched by.
         */
        Forecasts: {
            credit_code: components["schemas"]["Forecast"];
            legal_name: components["schemas"]["Forecast"];
            number: components["schemas"]["Forecast"];
        };
        /**
         * GapOut
         * @description Something the team lacks; a phase that needs it cannot start.
         */
        GapOut: {
            /** Code */
            code: string;
            /** Domain */
            domain: string | null;
            /** Member Id */
            member_id: string | null;
            /** Text */
            text: {
                [key: string]: string;
            };
        };
        /**
         * Grade
         * @description How much attention a client gets (product.md, "Grading").
         * @enum {string}
         */
        Grade: "A" | "B" | "C";
        /**
         * GradeIn
         * @description A grade, or none (null), and why.
         */
        GradeIn: {
            grade: components["schemas"]["Grade"] | null;
            /**
             * Occurred At
             * @description History import by an administrator: when it happened (UTC).
             */
            occurred_at?: string | null;
            /** Reason */
            reason: string;
        };
        Import: {
            analysed_at: string | null;
            applied_at: string | null;
            columns: components["schemas"]["ColumnOut"][];
            /**
             * Counts
             * @description How many rows; `warnings` counts warnings. `problems` are rows that stay out.
             *
             *     `duplicates` repeat another row of the file; `known` ones are of clients in the registry.
             */
            counts: {
                /** Created */
                created: number;
                /** Duplicates */
                duplicates: number;
                /** Kept */
                kept: number;
                /** Known */
                known: number;
                /** Problems */
                problems: number;
                /** Ready */
                ready: number;
                /** Rows */
                rows: number;
                /** Similar */
                similar: number;
                /** Skipped */
                skipped: number;
                /** Undone */
                undone: number;
                /** Updated */
                updated: number;
                /** Warnings */
                warnings: number;
            };
            /** Format: date-time */
            created_at: string;
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            created_by: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            encoding: string | null;
            error: components["schemas"]["Sentence"] | null;
            file_name: string;
            /** Format: uuid */
            id: string;
            key: components["schemas"]["Key"] | null;
            mode: components["schemas"]["Mode"] | null;
            problem: {
                [key: string]: unknown;
            } | null;
            progress: components["schemas"]["Progress"] | null;
            similar: components["schemas"]["Similar"] | null;
            /**
             * Status
             * @description Where an import stands.
             * @enum {string}
             */
            status: "analysing" | "ready" | "applying" | "applied" | "undone" | "failed" | "discarded";
            /**
             * Task
             * @description What the import is being worked on for.
             * @enum {string}
             */
            task: "analyse" | "apply" | "undo";
            undone_at: string | null;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        ImportDetail: {
            analysed_at: string | null;
            applied_at: string | null;
            /** @description What the caller may do with it now. */
            can: ("map" | "apply" | "undo" | "discard")[];
            columns: components["schemas"]["ColumnOut"][];
            /**
             * Counts
             * @description How many rows; `warnings` counts warnings. `problems` are rows that stay out.
             *
             *     `duplicates` repeat another row of the file; `known` ones are of clients in the registry.
             */
            counts: {
                /** Created */
                created: number;
                /** Duplicates */
                duplicates: number;
                /** Kept */
                kept: number;
                /** Known */
                known: number;
                /** Problems */
                problems: number;
                /** Ready */
                ready: number;
                /** Rows */
                rows: number;
                /** Similar */
                similar: number;
                /** Skipped */
                skipped: number;
                /** Undone */
                undone: number;
                /** Updated */
                updated: number;
                /** Warnings */
                warnings: number;
            };
            /** Format: date-time */
            created_at: string;
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            created_by: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            encoding: string | null;
            error: components["schemas"]["Sentence"] | null;
            fields: components["schemas"]["FieldOut"][];
            file_name: string;
            /** @description What applying would do with the rows, while it may be. */
            forecast: components["schemas"]["Forecasts"] | null;
            /** Format: uuid */
            id: string;
            key: components["schemas"]["Key"] | null;
            mode: components["schemas"]["Mode"] | null;
            problem: {
                [key: string]: unknown;
            } | null;
            progress: components["schemas"]["Progress"] | null;
            similar: components["schemas"]["Similar"] | null;
            /**
             * Status
             * @description Where an import stands.
             * @enum {string}
             */
            status: "analysing" | "ready" | "applying" | "applied" | "undone" | "failed" | "discarded";
            /**
             * Task
             * @description What the import is being worked on for.
             * @enum {string}
             */
            task: "analyse" | "apply" | "undo";
            undone_at: string | null;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        ImportProblem: {
            /** @description The column's letter, as a spreadsheet shows it. */
            column: string | null;
            field: string | null;
            heading: string | null;
            id: number;
            reason: string;
            row: number;
            severity: string;
            /**
             * Task
             * @description What the import is being worked on for.
             * @enum {string}
             */
            task: "analyse" | "apply" | "undo";
            /**
             * Sentence
             * @description A sentence by language.
             */
            text: {
                /** En */
                en: string;
                /** Zh */
                zh: string;
            };
            value: string | null;
        };
        ImportRow: {
            cells: string[];
            client: {
                [key: string]: unknown;
            };
            client_id: string | null;
            contact_id: string | null;
            outcome: string | null;
            person: {
                [key: string]: unknown;
            };
            row: number;
            /**
             * RowStatus
             * @description What the dry run found about a row.
             * @enum {string}
             */
            status: "ok" | "known" | "similar" | "duplicate" | "error";
        };
        Interaction: {
            amendments: components["schemas"]["AmendmentOut"][];
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            author: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            author_id: string;
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            client: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            client_id: string;
            contact_ids: string[];
            contacts: components["schemas"]["ClientsReference"][];
            /** Format: date-time */
            created_at: string;
            historical: boolean;
            /** Format: uuid */
            id: string;
            intent: number | null;
            /**
             * InteractionKind
             * @description How the contact took place.
             * @enum {string}
             */
            kind: "call" | "visit" | "meeting" | "message" | "mail" | "event" | "greeting";
            /** Format: date-time */
            locked_at: string;
            next_step: string | null;
            next_step_on: string | null;
            /** Format: date-time */
            occurred_at: string;
            participant_ids: string[];
            participants: components["schemas"]["ClientsReference"][];
            summary: string;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        InteractionDetail: {
            amendments: components["schemas"]["AmendmentOut"][];
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            author: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            author_id: string;
            /** @description What the caller may do with it now. */
            can: ("edit" | "amend")[];
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            client: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            client_id: string;
            contact_ids: string[];
            contacts: components["schemas"]["ClientsReference"][];
            /** Format: date-time */
            created_at: string;
            historical: boolean;
            /** Format: uuid */
            id: string;
            intent: number | null;
            /**
             * InteractionKind
             * @description How the contact took place.
             * @enum {string}
             */
            kind: "call" | "visit" | "meeting" | "message" | "mail" | "event" | "greeting";
            /** Format: date-time */
            locked_at: string;
            next_step: string | null;
            next_step_on: string | null;
            /** Format: date-time */
            occurred_at: string;
            participant_ids: string[];
            participants: components["schemas"]["ClientsReference"][];
            summary: string;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        /**
         * InteractionIn
         * @description A contact that took place.
         */
        InteractionIn: {
            /**
             * Client Id
             * Format: uuid
             */
            client_id: string;
            /** Contact Ids */
            contact_ids?: string[];
            /**
             * Historical
             * @description Taken over from another system.
             * @default false
             */
            historical: boolean;
            /** Intent */
            intent?: number | null;
            kind: components["schemas"]["InteractionKind"];
            /** Next Step */
            next_step?: string | null;
            /** Next Step On */
            next_step_on?: string | null;
            /**
             * Occurred At
             * Format: date-time
             */
            occurred_at: string;
            /** Participant Ids */
            participant_ids?: string[];
            /** Summary */
            summary: string;
        };
        /**
         * InteractionKind
         * @description How the contact took place.
         * @enum {string}
         */
        InteractionKind: "call" | "visit" | "meeting" | "message" | "mail" | "event" | "greeting";
        /**
         * InteractionPatch
         * @description What to correct within the first day; absent fields stay.
         */
        InteractionPatch: {
            /** Contact Ids */
            contact_ids?: string[] | null;
            /** Intent */
            intent?: number | null;
            kind?: components["schemas"]["InteractionKind"] | null;
            /** Next Step */
            next_step?: string | null;
            /** Next Step On */
            next_step_on?: string | null;
            /** Occurred At */
            occurred_at?: string | null;
            /** Participant Ids */
            participant_ids?: string[] | null;
            /** Summary */
            summary?: string | null;
        };
        Invitation: {
            /** @description What the case was called; never kept with an anonymous invitation. */
            about: components["schemas"]["Words"] | null;
            anonymous: boolean;
            /** Format: uuid */
            client_id: string;
            /** Format: date-time */
            closes_at: string;
            /** Format: date-time */
            created_at: string;
            engagement_id: string | null;
            /** Format: uuid */
            id: string;
            /**
             * SurveyKind
             * @description What a form measures.
             * @enum {string}
             */
            kind: "csat" | "nps";
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            person?: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            person_id?: string;
            reminders_sent?: number;
            role?: components["schemas"]["ClientRole"] | null;
            /** Format: uuid */
            round_id?: string;
            spared_because?: components["schemas"]["SparedBecause"] | null;
            /**
             * InvitationStatus
             * @description An anonymous invitation stays open until its round is closed.
             * @enum {string}
             */
            status: "open" | "answered" | "closed" | "spared";
            /** @description The number of the case or engagement. */
            subject: string;
            /**
             * Words
             * @description A text in both languages.
             */
            title: {
                /** En */
                en: string;
                /** Zh */
                zh: string;
            };
        };
        InvitationDetail: {
            /** @description What the case was called; never kept with an anonymous invitation. */
            about: components["schemas"]["Words"] | null;
            anonymous: boolean;
            /** Format: uuid */
            client_id: string;
            /** Format: date-time */
            closes_at: string;
            /** Format: date-time */
            created_at: string;
            engagement_id: string | null;
            /** Format: uuid */
            id: string;
            /**
             * SurveyKind
             * @description What a form measures.
             * @enum {string}
             */
            kind: "csat" | "nps";
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            person?: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            person_id?: string;
            reminders_sent?: number;
            role?: components["schemas"]["ClientRole"] | null;
            /** Format: uuid */
            round_id?: string;
            spared_because?: components["schemas"]["SparedBecause"] | null;
            /**
             * InvitationStatus
             * @description An anonymous invitation stays open until its round is closed.
             * @enum {string}
             */
            status: "open" | "answered" | "closed" | "spared";
            /** @description The number of the case or engagement. */
            subject: string;
            /**
             * Words
             * @description A text in both languages.
             */
            title: {
                /** En */
                en: string;
                /** Zh */
                zh: string;
            };
        };
        /**
         * InvitationLink
         * @description Where an invitation is answered; the same address as in the mail.
         */
        InvitationLink: {
            /** Path */
            path: string;
        };
        /**
         * InvitationOut
         * @description What the invited person sees before accepting.
         */
        InvitationOut: {
            /** Email */
            email: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Language */
            language: string;
            /** Name */
            name: string;
            /**
             * Side
             * @enum {string}
             */
            side: "firm" | "client";
        };
        /**
         * JobStarted
         * @description A job that was queued; its progress is at `/jobs/{id}`.
         */
        JobStarted: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Total */
            total: number;
        };
        /**
         * JobStatus
         * @description A background job as its creator sees it; `done` of `total` in the job's own units.
         */
        JobStatus: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Done */
            done: number;
            /** Finished At */
            finished_at: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kind */
            kind: string;
            /** Problem */
            problem: {
                [key: string]: unknown;
            } | null;
            /** Result */
            result: {
                [key: string]: unknown;
            } | null;
            /**
             * Status
             * @enum {string}
             */
            status: "queued" | "running" | "done" | "failed" | "dead";
            /** Total */
            total: number | null;
        };
        /**
         * KeepIn
         * @description How it was kept.
         */
        KeepIn: {
            /** Note */
            note?: string | null;
        };
        /**
         * KeptRate
         * @description Kept promises as a share (0 to 1) of those kept or broken; null before the first.
         */
        KeptRate: {
            /** Broken */
            broken: number;
            /**
             * Imported
             * @description How many of these are of the imported history.
             */
            imported: number;
            /** Kept */
            kept: number;
            /** Rate */
            rate: number | null;
        };
        /**
         * Key
         * @description What makes a row and a client the same organisation.
         * @enum {string}
         */
        Key: "credit_code" | "legal_name" | "number";
        /**
         * KeyIn
         * @description A key to make. It acts for `user_id` (else for its maker), within `scopes`.
         */
        KeyIn: {
            /** Expires At */
            expires_at?: string | null;
            /** Name */
            name: string;
            /** Scopes */
            scopes: string[];
            /** User Id */
            user_id?: string | null;
        };
        /**
         * KeyMade
         * @description A new key; `client_secret` is shown this once.
         */
        KeyMade: {
            /** Client Id */
            client_id: string;
            /** Client Secret */
            client_secret: string | null;
            /** Expires At */
            expires_at: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Scopes */
            scopes: string[];
        };
        KeyNode: {
            /**
             * EngagementReference
             * @description The engagement a record belongs to, as a reader knows it.
             */
            engagement: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Number */
                number: string;
                status: components["schemas"]["EngagementStatus"];
                /** Title */
                title: string;
            };
            /** Format: uuid */
            engagement_id: string;
            held_on: string | null;
            /** Format: uuid */
            id: string;
            key: string;
            /**
             * NodeKind
             * @description What happens at a key node.
             * @enum {string}
             */
            kind: "workshop" | "report" | "decision" | "acceptance";
            /** Format: uuid */
            phase_id: string;
            /** Format: date */
            planned_on: string;
            /**
             * NodeStatus
             * @description Whether a key node was held.
             * @enum {string}
             */
            status: "planned" | "held";
            /**
             * Titled
             * @description A name in both languages.
             */
            title: {
                /** En */
                en: string;
                /** Zh */
                zh: string;
            };
            version: number;
        };
        KeyNodeDetail: {
            /** @description What the caller may do with it now. */
            can: "hold"[];
            /**
             * EngagementReference
             * @description The engagement a record belongs to, as a reader knows it.
             */
            engagement: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Number */
                number: string;
                status: components["schemas"]["EngagementStatus"];
                /** Title */
                title: string;
            };
            /** Format: uuid */
            engagement_id: string;
            held_on: string | null;
            /** Format: uuid */
            id: string;
            key: string;
            /**
             * NodeKind
             * @description What happens at a key node.
             * @enum {string}
             */
            kind: "workshop" | "report" | "decision" | "acceptance";
            /** Format: uuid */
            phase_id: string;
            /** Format: date */
            planned_on: string;
            /**
             * NodeStatus
             * @description Whether a key node was held.
             * @enum {string}
             */
            status: "planned" | "held";
            /**
             * Titled
             * @description A name in both languages.
             */
            title: {
                /** En */
                en: string;
                /** Zh */
                zh: string;
            };
            version: number;
        };
        /**
         * LinkKind
         * @description What of the earlier task holds what of the later one: finish or start.
         * @enum {string}
         */
        LinkKind: "FS" | "SS" | "FF" | "SF";
        Mail: {
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            id: string;
            sender: string;
            subject: string;
            text: string;
            to: string;
        };
        MailDetail: {
            /** Format: date-time */
            at: string;
            html: string | null;
            /** Format: uuid */
            id: string;
            sender: string;
            subject: string;
            text: string;
            to: string;
        };
        /**
         * MappingIn
         * @description The field of each heading; null leaves the column out, an absent heading stays.
         */
        MappingIn: {
            /** Mapping */
            mapping: {
                [key: string]: string | null;
            };
        };
        /**
         * Me
         * @description Who is signed in, and what they may do.
         */
        Me: {
            client: components["schemas"]["Reference"] | null;
            /** Csrf Token */
            csrf_token?: string | null;
            /** Demo */
            demo: boolean;
            firm: components["schemas"]["FirmDefaults"];
            /** Memberships */
            memberships: components["schemas"]["Place"][];
            /** Permissions */
            permissions: string[];
            /** Roles */
            roles: string[];
            /**
             * Side
             * @enum {string}
             */
            side: "firm" | "client";
            /** User */
            user: {
                [key: string]: unknown;
            };
        };
        Member: {
            answers_to: string | null;
            /** Format: date-time */
            created_at: string;
            domains: string[];
            ends_on: string | null;
            /**
             * EngagementReference
             * @description The engagement a record belongs to, as a reader knows it.
             */
            engagement: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Number */
                number: string;
                status: components["schemas"]["EngagementStatus"];
                /** Title */
                title: string;
            };
            /** Format: uuid */
            engagement_id: string;
            /** Format: uuid */
            id: string;
            /**
             * MemberRole
             * @description The four roles of each side.
             * @enum {string}
             */
            role: "executive" | "client_pm" | "core" | "peripheral" | "director" | "consulting_pm" | "consultant" | "expert";
            side: string;
            /** Format: date */
            starts_on: string;
            /**
             * MemberStatus
             * @description Whether the person is on the team; a planned place opens nothing and fills nothing yet.
             * @enum {string}
             */
            status: "planned" | "live" | "ended";
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            user: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            user_id: string;
            version: number;
        };
        MemberDetail: {
            answers_to: string | null;
            /** @description What the caller may do with it now. */
            can: ("edit" | "end")[];
            /** Format: date-time */
            created_at: string;
            domains: string[];
            ends_on: string | null;
            /**
             * EngagementReference
             * @description The engagement a record belongs to, as a reader knows it.
             */
            engagement: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Number */
                number: string;
                status: components["schemas"]["EngagementStatus"];
                /** Title */
                title: string;
            };
            /** Format: uuid */
            engagement_id: string;
            /** Format: uuid */
            id: string;
            /**
             * MemberRole
             * @description The four roles of each side.
             * @enum {string}
             */
            role: "executive" | "client_pm" | "core" | "peripheral" | "director" | "consulting_pm" | "consultant" | "expert";
            side: string;
            /** Format: date */
            starts_on: string;
            /**
             * MemberStatus
             * @description Whether the person is on the team; a planned place opens nothing and fills nothing yet.
             * @enum {string}
             */
            status: "planned" | "live" | "ended";
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            user: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            user_id: string;
            version: number;
        };
        /**
         * MemberIn
         * @description A person's place in a team; without `starts_on` from today on, ahead of it planned.
         */
        MemberIn: {
            /**
             * Answers To
             * @description The core member's place (its id).
             */
            answers_to?: string | null;
            /** Domains */
            domains?: string[];
            /**
             * Ends On
             * @description The last day.
             */
            ends_on?: string | null;
            /**
             * Engagement Id
             * Format: uuid
             */
            engagement_id: string;
            role: components["schemas"]["MemberRole"];
            /** Starts On */
            starts_on?: string | null;
            /**
             * User Id
             * Format: uuid
             */
            user_id: string;
        };
        /**
         * MemberPatch
         * @description What may change about a live place; another role is another place.
         */
        MemberPatch: {
            /** Answers To */
            answers_to?: string | null;
            /** Domains */
            domains?: string[] | null;
            /** Ends On */
            ends_on?: string | null;
        };
        /**
         * MemberRole
         * @description The four roles of each side.
         * @enum {string}
         */
        MemberRole: "executive" | "client_pm" | "core" | "peripheral" | "director" | "consulting_pm" | "consultant" | "expert";
        /**
         * MePatch
         * @description What people change about themselves.
         */
        MePatch: {
            /** Language */
            language?: ("zh" | "en") | null;
            /** Name */
            name?: string | null;
        };
        /**
         * MergedClient
         * @description A client that became part of this one.
         */
        MergedClient: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Legal Name */
            legal_name: string;
            /**
             * Merged At
             * Format: date-time
             */
            merged_at: string;
            /** Number */
            number: string;
        };
        /**
         * MergeIn
         * @description Which client goes into this one.
         */
        MergeIn: {
            /**
             * Preview
             * @description Only say what would happen.
             * @default false
             */
            preview: boolean;
            /**
             * Source Id
             * Format: uuid
             */
            source_id: string;
        };
        Message: {
            author: components["schemas"]["DeskReference"] | null;
            author_name: string;
            /**
             * Side
             * @description Which firm a person belongs to; `system` is Rapport itself (timers, subscribers).
             * @enum {string}
             */
            author_side: "firm" | "client" | "system";
            body: string;
            /** Format: uuid */
            case_id: string;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            id: string;
        };
        /**
         * MessageIn
         * @description A message both sides read.
         */
        MessageIn: {
            /** Body */
            body: string;
        };
        /**
         * Mode
         * @description What applying does with rows whose client is new or known.
         * @enum {string}
         */
        Mode: "create" | "upsert" | "update_only";
        /**
         * Money
         * @description An amount in integer minor units of an ISO 4217 currency.
         */
        Money: {
            /** Amount Minor */
            amount_minor: number;
            /** Currency */
            currency: string;
        };
        /**
         * MoneyIn
         * @description An amount, 0 to 10,000,000,000,000 of its currency: integer minor units and ISO 4217.
         */
        MoneyIn: {
            /** Amount Minor */
            amount_minor: number;
            /** Currency */
            currency: string;
        };
        /**
         * MoveIn
         * @description The stage it goes to. A loss needs its reason, and may name who won instead.
         */
        MoveIn: {
            /** Competitor */
            competitor?: string | null;
            /**
             * Occurred At
             * @description History import by an administrator: when it happened (UTC).
             */
            occurred_at?: string | null;
            /** Probability */
            probability?: number | null;
            /** Reason */
            reason?: string | null;
            stage: components["schemas"]["OpportunityStage"];
        };
        /**
         * NextPromise
         * @description The promise that is due next.
         */
        NextPromise: {
            /**
             * Due At
             * Format: date-time
             */
            due_at: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Kind */
            kind: string;
            /**
             * Paused
             * @description Its clock stands still while the client is waited for.
             */
            paused: boolean;
            /**
             * Status
             * @constant
             */
            status: "made";
        };
        /**
         * NodeKind
         * @description What happens at a key node.
         * @enum {string}
         */
        NodeKind: "workshop" | "report" | "decision" | "acceptance";
        Note: {
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            author: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            body: string;
            /** Format: uuid */
            case_id: string;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            id: string;
        };
        /**
         * NoteIn
         * @description A note only the firm reads.
         */
        NoteIn: {
            /** Body */
            body: string;
        };
        /**
         * Occasion
         * @description Why somebody is contacted.
         * @enum {string}
         */
        Occasion: "routine" | "key_node";
        /**
         * OpenSurvey
         * @description A survey that waits for this person's answer, with what they have answered so far.
         */
        OpenSurvey: {
            /** @description What the case was called, shortened; null in an anonymous round. */
            about: components["schemas"]["Words"] | null;
            /** Anonymous */
            anonymous: boolean;
            /** Answers */
            answers: {
                [key: string]: number | string | null;
            };
            /**
             * Closes At
             * Format: date-time
             */
            closes_at: string;
            /**
             * Firm
             * @description The firm's name, where the installation says one.
             */
            firm: string | null;
            intro: components["schemas"]["Words"];
            kind: components["schemas"]["SurveyKind"];
            /**
             * Language
             * @description The person's; null in an anonymous round, which keeps none.
             */
            language: ("en" | "zh") | null;
            /**
             * Main
             * @description The key of the question the survey is about.
             */
            main: string;
            phase: components["schemas"]["Words"] | null;
            /** Questions */
            questions: components["schemas"]["Question"][];
            /** Subject */
            subject: string;
            title: components["schemas"]["Words"];
        };
        Opportunity: {
            amount: components["schemas"]["Money"] | null;
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            client: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            client_id: string;
            /** @description The day the client is expected to decide. */
            close_on: string | null;
            closed_at: string | null;
            competitor: string | null;
            historical: boolean;
            /** Format: uuid */
            id: string;
            loss_reason: string | null;
            number: string;
            /** Format: date-time */
            opened_at: string;
            owner: components["schemas"]["ClientsReference"] | null;
            owner_id: string | null;
            probability: number;
            /**
             * OpportunityStage
             * @description How far an opportunity is.
             * @enum {string}
             */
            stage: "lead" | "site_survey" | "value_proposition" | "decision_maker_confirmed" | "qualified" | "needs_analysis" | "perception_analysis" | "proposal" | "negotiation" | "won" | "lost";
            /** Format: date-time */
            stage_since: string;
            template: string | null;
            title: string;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        OpportunityDetail: {
            amount: components["schemas"]["Money"] | null;
            /** @description What the caller may do with it now. */
            can: ("edit" | "move")[];
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            client: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            client_id: string;
            /** @description The day the client is expected to decide. */
            close_on: string | null;
            closed_at: string | null;
            competitor: string | null;
            historical: boolean;
            /** Format: uuid */
            id: string;
            loss_reason: string | null;
            notes: string | null;
            number: string;
            /** Format: date-time */
            opened_at: string;
            owner: components["schemas"]["ClientsReference"] | null;
            owner_id: string | null;
            probability: number;
            /**
             * OpportunityStage
             * @description How far an opportunity is.
             * @enum {string}
             */
            stage: "lead" | "site_survey" | "value_proposition" | "decision_maker_confirmed" | "qualified" | "needs_analysis" | "perception_analysis" | "proposal" | "negotiation" | "won" | "lost";
            /** Format: date-time */
            stage_since: string;
            stages: components["schemas"]["StageStay"][];
            template: string | null;
            title: string;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        /**
         * OpportunityIn
         * @description A new opportunity.
         */
        OpportunityIn: {
            amount?: components["schemas"]["MoneyIn"] | null;
            /**
             * Client Id
             * Format: uuid
             */
            client_id: string;
            /** Close On */
            close_on?: string | null;
            /** Competitor */
            competitor?: string | null;
            /** Notes */
            notes?: string | null;
            /**
             * Occurred At
             * @description History import by an administrator: when it happened (UTC).
             */
            occurred_at?: string | null;
            /** Owner Id */
            owner_id?: string | null;
            /** Probability */
            probability?: number | null;
            /** @default lead */
            stage: components["schemas"]["OpportunityStage"];
            /**
             * Template
             * @description The engagement template the work would follow.
             */
            template?: "process-consulting" | null;
            /** Title */
            title: string;
        };
        /**
         * OpportunityPatch
         * @description What to change; absent fields stay.
         */
        OpportunityPatch: {
            amount?: components["schemas"]["MoneyIn"] | null;
            /** Close On */
            close_on?: string | null;
            /** Competitor */
            competitor?: string | null;
            /** Notes */
            notes?: string | null;
            /** Owner Id */
            owner_id?: string | null;
            /** Probability */
            probability?: number | null;
            /**
             * Template
             * @description The engagement template the work would follow.
             */
            template?: "process-consulting" | null;
            /** Title */
            title?: string | null;
        };
        /**
         * OpportunityStage
         * @description How far an opportunity is.
         * @enum {string}
         */
        OpportunityStage: "lead" | "site_survey" | "value_proposition" | "decision_maker_confirmed" | "qualified" | "needs_analysis" | "perception_analysis" | "proposal" | "negotiation" | "won" | "lost";
        OwnStakeholderAction: {
            /** Format: date */
            due_on: string;
            /**
             * EngagementReference
             * @description The engagement a record belongs to, as a reader knows it.
             */
            engagement: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Number */
                number: string;
                status: components["schemas"]["EngagementStatus"];
                /** Title */
                title: string;
            };
            /** Format: uuid */
            id: string;
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            stakeholder: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            text: string;
        };
        /**
         * PasswordChange
         * @description A new password, and the current one to prove who asks.
         */
        PasswordChange: {
            /** Current Password */
            current_password: string;
            /** New Password */
            new_password: string;
        };
        Phase: {
            ended_on: string | null;
            /** Format: date */
            ends_on: string;
            /**
             * EngagementReference
             * @description The engagement a record belongs to, as a reader knows it.
             */
            engagement: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Number */
                number: string;
                status: components["schemas"]["EngagementStatus"];
                /** Title */
                title: string;
            };
            /** Format: uuid */
            engagement_id: string;
            /** Format: uuid */
            id: string;
            key: string;
            /**
             * PhaseKind
             * @description What a phase is for; channel rules and surveys go by it.
             * @enum {string}
             */
            kind: "preparation" | "survey" | "design" | "decision" | "rollout" | "closing";
            needs: components["schemas"]["MemberRole"][];
            position: number;
            started_on: string | null;
            /** Format: date */
            starts_on: string;
            /**
             * PhaseStatus
             * @description Where a phase stands.
             * @enum {string}
             */
            status: "planned" | "active" | "ended";
            /**
             * Titled
             * @description A name in both languages.
             */
            title: {
                /** En */
                en: string;
                /** Zh */
                zh: string;
            };
            version: number;
        };
        PhaseDetail: {
            /** @description What the caller may do with it now. */
            can: ("start" | "end")[];
            ended_on: string | null;
            /** Format: date */
            ends_on: string;
            /**
             * EngagementReference
             * @description The engagement a record belongs to, as a reader knows it.
             */
            engagement: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Number */
                number: string;
                status: components["schemas"]["EngagementStatus"];
                /** Title */
                title: string;
            };
            /** Format: uuid */
            engagement_id: string;
            /** Format: uuid */
            id: string;
            key: string;
            /**
             * PhaseKind
             * @description What a phase is for; channel rules and surveys go by it.
             * @enum {string}
             */
            kind: "preparation" | "survey" | "design" | "decision" | "rollout" | "closing";
            needs: components["schemas"]["MemberRole"][];
            position: number;
            started_on: string | null;
            /** Format: date */
            starts_on: string;
            /**
             * PhaseStatus
             * @description Where a phase stands.
             * @enum {string}
             */
            status: "planned" | "active" | "ended";
            /**
             * Titled
             * @description A name in both languages.
             */
            title: {
                /** En */
                en: string;
                /** Zh */
                zh: string;
            };
            version: number;
        };
        /**
         * PhaseKind
         * @description What a phase is for; channel rules and surveys go by it.
         * @enum {string}
         */
        PhaseKind: "preparation" | "survey" | "design" | "decision" | "rollout" | "closing";
        /**
         * Place
         * @description A live place in a joint team.
         */
        Place: {
            /**
             * Client Id
             * Format: uuid
             */
            client_id: string;
            /** Domains */
            domains: string[];
            /**
             * Engagement Id
             * Format: uuid
             */
            engagement_id: string;
            /** Role */
            role: string;
        };
        /**
         * Priority
         * @description How soon the firm wants to deal with it; the firm's word, not shown to the client.
         * @enum {string}
         */
        Priority: "low" | "normal" | "high" | "urgent";
        /** @description RFC 9457 problem document */
        Problem: {
            code: string;
            detail: string;
            errors?: {
                code: string;
                detail: string;
                pointer: string;
            }[];
            request_id: string;
            status: number;
            title: string;
            /** Format: uri */
            type: string;
        };
        /**
         * Progress
         * @description How many rows of the present work are done.
         */
        Progress: {
            /** Done */
            done: number;
            /** Total */
            total: number;
        };
        Promise: {
            /**
             * CaseReference
             * @description The case a record belongs to, as a reader knows it.
             */
            case: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Number */
                number: string;
                status: components["schemas"]["CaseStatus"];
                /** Subject */
                subject: string;
                subject_texts: components["schemas"]["StepText"] | null;
            };
            /** Format: uuid */
            case_id: string;
            /** Format: uuid */
            client_id: string;
            /** Format: date-time */
            due_at: string;
            /** Format: uuid */
            id: string;
            /**
             * PromiseKind
             * @description What the client was told to expect.
             * @enum {string}
             */
            kind: "first_response" | "update" | "resolution" | "solution" | "callback";
            /** Format: date-time */
            made_at: string;
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            made_by: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            made_by_id: string;
            note: string | null;
            /** @description Its clock stands still while the client is waited for. */
            paused: boolean;
            reason: string | null;
            replaces_id: string | null;
            settled_at: string | null;
            /**
             * PromiseStatus
             * @description What became of it. Released: the case ended before it was due.
             * @enum {string}
             */
            status: "made" | "kept" | "broken" | "superseded" | "released";
            text: string | null;
            version: number;
        };
        PromiseDetail: {
            /** @description What the caller may do with it now. */
            can: ("keep" | "renegotiate")[];
            /**
             * CaseReference
             * @description The case a record belongs to, as a reader knows it.
             */
            case: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Number */
                number: string;
                status: components["schemas"]["CaseStatus"];
                /** Subject */
                subject: string;
                subject_texts: components["schemas"]["StepText"] | null;
            };
            /** Format: uuid */
            case_id: string;
            /** Format: uuid */
            client_id: string;
            /** Format: date-time */
            due_at: string;
            /** Format: uuid */
            id: string;
            /**
             * PromiseKind
             * @description What the client was told to expect.
             * @enum {string}
             */
            kind: "first_response" | "update" | "resolution" | "solution" | "callback";
            /** Format: date-time */
            made_at: string;
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            made_by: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            made_by_id: string;
            note: string | null;
            /** @description Its clock stands still while the client is waited for. */
            paused: boolean;
            reason: string | null;
            replaces_id: string | null;
            settled_at: string | null;
            /**
             * PromiseStatus
             * @description What became of it. Released: the case ended before it was due.
             * @enum {string}
             */
            status: "made" | "kept" | "broken" | "superseded" | "released";
            text: string | null;
            version: number;
        };
        /**
         * PromiseIn
         * @description A commitment to the client; `due_at` in the future and inside working hours.
         */
        PromiseIn: {
            /**
             * Case Id
             * Format: uuid
             */
            case_id: string;
            /**
             * Due At
             * Format: date-time
             */
            due_at: string;
            kind: components["schemas"]["PromiseKind"];
            /** Text */
            text?: string | null;
        };
        /**
         * PromiseKind
         * @description What the client was told to expect.
         * @enum {string}
         */
        PromiseKind: "first_response" | "update" | "resolution" | "solution" | "callback";
        /**
         * Question
         * @description One question of a form.
         */
        Question: {
            /** Key */
            key: string;
            kind: components["schemas"]["QuestionKind"];
            /**
             * Required
             * @default false
             */
            required: boolean;
            title: components["schemas"]["Words"];
        };
        /**
         * QuestionKind
         * @description How a question is answered.
         * @enum {string}
         */
        QuestionKind: "rating" | "nps" | "text";
        /**
         * ReasonIn
         * @description Why.
         */
        ReasonIn: {
            /** Reason */
            reason: string;
        };
        /**
         * RecordIn
         * @description What the client said; `reopen` opens the case again.
         */
        RecordIn: {
            /** Notes */
            notes?: string | null;
            /**
             * Reopen
             * @default false
             */
            reopen: boolean;
            /** Satisfied */
            satisfied: boolean;
            /** Score */
            score?: number | null;
        };
        /**
         * Reference
         * @description A record by id and name.
         */
        Reference: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string | null;
        };
        /**
         * Reference
         * @description Another record by id and the label a reader knows it by.
         */
        ReferenceRead: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string | null;
        };
        /**
         * RenegotiateIn
         * @description The new time, agreed before the old one passed, and why.
         */
        RenegotiateIn: {
            /**
             * Due At
             * Format: date-time
             */
            due_at: string;
            /** Reason */
            reason: string;
        };
        /**
         * Reopened
         * @description Why plan and team are to be confirmed again: what changed, when and by whom.
         */
        Reopened: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** By */
            by: string;
            text: components["schemas"]["StepText"];
        };
        /**
         * ResolveIn
         * @description What was done; the client side reads it.
         */
        ResolveIn: {
            /** Resolution */
            resolution: string;
        };
        Response: {
            /** Format: date-time */
            answered_at: string;
            case_id: string | null;
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            client: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            client_id: string;
            comment: string | null;
            engagement_id: string | null;
            historical: boolean;
            /** Format: uuid */
            id: string;
            /**
             * SurveyKind
             * @description What a form measures.
             * @enum {string}
             */
            kind: "csat" | "nps";
            low: boolean;
            owner_id: string | null;
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            person: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            person_id: string;
            phase_id: string | null;
            role: components["schemas"]["ClientRole"] | null;
            score: number;
            /** @description The number of the case or engagement. */
            subject: string;
            survey_key: string;
        };
        ResponseDetail: {
            /** Format: date-time */
            answered_at: string;
            answers: {
                [key: string]: unknown;
            };
            case_id: string | null;
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            client: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            client_id: string;
            comment: string | null;
            engagement_id: string | null;
            historical: boolean;
            /** Format: uuid */
            id: string;
            /**
             * SurveyKind
             * @description What a form measures.
             * @enum {string}
             */
            kind: "csat" | "nps";
            low: boolean;
            owner_id: string | null;
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            person: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            /** Format: uuid */
            person_id: string;
            phase_id: string | null;
            role: components["schemas"]["ClientRole"] | null;
            score: number;
            /** @description The number of the case or engagement. */
            subject: string;
            survey_key: string;
        };
        /**
         * ResponseIn
         * @description A personal answer given in the past; when, says the header `Rapport-Occurred-At`.
         */
        ResponseIn: {
            /** Answers */
            answers: {
                [key: string]: number | string | null;
            };
            /**
             * Campaign
             * @description The campaign's key, such as case_closed.
             */
            campaign: string;
            /** Case Id */
            case_id?: string | null;
            /**
             * Client Id
             * Format: uuid
             */
            client_id: string;
            /** Engagement Id */
            engagement_id?: string | null;
            /**
             * Invited
             * @description How many people that round asked.
             */
            invited?: number | null;
            /**
             * Person Id
             * Format: uuid
             */
            person_id: string;
            /** Phase Id */
            phase_id?: string | null;
            phase_title?: components["schemas"]["Words"] | null;
            role?: components["schemas"]["ClientRole"] | null;
            /**
             * Subject
             * @description The number of the case or engagement asked about.
             */
            subject: string;
        };
        /**
         * RestateIn
         * @description The need in the agent's words.
         */
        RestateIn: {
            /** Text */
            text: string;
        };
        /**
         * ReviewStep
         * @description What a deliverable waits for.
         * @enum {string}
         */
        ReviewStep: "draft" | "comment" | "check" | "decide" | "rollout";
        /**
         * Risk
         * @description How likely the solution is not to do what it should.
         * @enum {string}
         */
        Risk: "low" | "medium" | "high";
        /**
         * Rule
         * @description Which rule decides.
         * @enum {string}
         */
        Rule: "own_counterpart" | "executive_in_survey" | "executive_at_key_node" | "executive_through_client_pm" | "peripheral_through_core" | "others_through_client_pm" | "nobody_between";
        /**
         * Score
         * @description The score of one group.
         *
         *     A group of fewer than five anonymous answers counts as asked and never shows an answer.
         */
        Score: {
            /** High */
            high: number | null;
            /** Invited */
            invited: number;
            /**
             * Key
             * @description What the group is told apart by: an id, role or form key.
             */
            key: string | null;
            kind: components["schemas"]["SurveyKind"];
            /** Label */
            label: string | null;
            /**
             * Low
             * @description Lower end of the 95 % confidence interval.
             */
            low: number | null;
            /** Mean */
            mean: number | null;
            /** Rate High */
            rate_high: number | null;
            /** Rate Low */
            rate_low: number | null;
            /**
             * Response Rate
             * @description Answered of asked, 0 to 1.
             */
            response_rate: number | null;
            /** Responses */
            responses: number;
            /**
             * Score
             * @description NPS -100 to 100, or satisfied people in percent.
             */
            score: number | null;
        };
        /**
         * Scores
         * @description Scores by group, in the order of their kind and key.
         */
        Scores: {
            /** Items */
            items: components["schemas"]["Score"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * Sentence
         * @description A sentence by language.
         */
        Sentence: {
            /** En */
            en: string;
            /** Zh */
            zh: string;
        };
        /**
         * SessionAnswer
         * @description A browser's session: the cookie is set; unsafe methods send `csrf_token` as X-CSRF-Token.
         */
        SessionAnswer: {
            /** Csrf Token */
            csrf_token: string;
        };
        /**
         * Severity
         * @description How bad the matter is, as the firm assesses it (ISO 10002, initial assessment).
         * @enum {string}
         */
        Severity: "minor" | "moderate" | "major" | "critical";
        /**
         * Similar
         * @description What happens to rows that are named like another organisation and have no credit code.
         * @enum {string}
         */
        Similar: "skip" | "create";
        Solution: {
            /** @description Of the time before the case was reopened: it no longer counts. */
            before_reopening: boolean;
            /**
             * CaseReference
             * @description The case a record belongs to, as a reader knows it.
             */
            case: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Number */
                number: string;
                status: components["schemas"]["CaseStatus"];
                /** Subject */
                subject: string;
                subject_texts: components["schemas"]["StepText"] | null;
            };
            /** Format: uuid */
            case_id: string;
            cost: components["schemas"]["Money"] | null;
            decided_at: string | null;
            decline_reason: string | null;
            description: string;
            duration_days: number | null;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            offered_at: string;
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            offered_by: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            risk: components["schemas"]["Risk"] | null;
            /**
             * SolutionStatus
             * @description What became of an offer.
             * @enum {string}
             */
            status: "offered" | "accepted" | "declined" | "not_chosen" | "withdrawn";
            title: string;
            version: number;
        };
        SolutionDetail: {
            /** @description Of the time before the case was reopened: it no longer counts. */
            before_reopening: boolean;
            /** @description What the caller may do with it now. */
            can: ("accept" | "decline" | "withdraw")[];
            /**
             * CaseReference
             * @description The case a record belongs to, as a reader knows it.
             */
            case: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Number */
                number: string;
                status: components["schemas"]["CaseStatus"];
                /** Subject */
                subject: string;
                subject_texts: components["schemas"]["StepText"] | null;
            };
            /** Format: uuid */
            case_id: string;
            cost: components["schemas"]["Money"] | null;
            decided_at: string | null;
            decline_reason: string | null;
            description: string;
            duration_days: number | null;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            offered_at: string;
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            offered_by: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            risk: components["schemas"]["Risk"] | null;
            /**
             * SolutionStatus
             * @description What became of an offer.
             * @enum {string}
             */
            status: "offered" | "accepted" | "declined" | "not_chosen" | "withdrawn";
            title: string;
            version: number;
        };
        /**
         * SolutionIn
         * @description An alternative with what it costs the client, how long it takes and its risk.
         */
        SolutionIn: {
            /**
             * Case Id
             * Format: uuid
             */
            case_id: string;
            cost?: components["schemas"]["MoneyIn"] | null;
            /** Description */
            description: string;
            /** Duration Days */
            duration_days?: number | null;
            risk?: components["schemas"]["Risk"] | null;
            /** Title */
            title: string;
        };
        /**
         * SparedBecause
         * @description Why somebody was not asked.
         * @enum {string}
         */
        SparedBecause: "asked_lately" | "too_few";
        /**
         * SplitIn
         * @description Which client is to be itself again, and why.
         */
        SplitIn: {
            /** Reason */
            reason: string;
            /**
             * Source Id
             * Format: uuid
             */
            source_id: string;
        };
        /**
         * Stage
         * @description Where the relation with a client stands.
         * @enum {string}
         */
        Stage: "prospect" | "qualified" | "negotiating" | "active" | "dormant" | "former" | "disqualified";
        /**
         * StageIn
         * @description Where the client goes in its lifecycle.
         */
        StageIn: {
            /** Reason */
            reason?: string | null;
            stage: components["schemas"]["Stage"];
        };
        /**
         * StageStay
         * @description A stage the opportunity was in; `seconds` counts to now while it is there.
         */
        StageStay: {
            /** By Name */
            by_name: string;
            /**
             * Entered At
             * Format: date-time
             */
            entered_at: string;
            /** Left At */
            left_at: string | null;
            /** Reason */
            reason: string | null;
            /** Seconds */
            seconds: number;
            stage: components["schemas"]["OpportunityStage"];
        };
        Stakeholder: {
            approach: string | null;
            concerns: string | null;
            contact_id: string | null;
            /** Format: date-time */
            created_at: string;
            /**
             * EngagementReference
             * @description The engagement a record belongs to, as a reader knows it.
             */
            engagement: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Number */
                number: string;
                status: components["schemas"]["EngagementStatus"];
                /** Title */
                title: string;
            };
            /** Format: uuid */
            engagement_id: string;
            /** Format: uuid */
            id: string;
            influence: number;
            interest: number;
            motives: string | null;
            name: string;
            /**
             * Stance
             * @description How somebody stands to the engagement.
             * @enum {string}
             */
            stance_now: "unaware" | "resistant" | "neutral" | "supportive" | "leading";
            /**
             * Stance
             * @description How somebody stands to the engagement.
             * @enum {string}
             */
            stance_wanted: "unaware" | "resistant" | "neutral" | "supportive" | "leading";
            title: string | null;
            traits: string | null;
            /** Format: date-time */
            updated_at: string;
            user_id: string | null;
            version: number;
        };
        StakeholderAction: {
            /** Format: date-time */
            created_at: string;
            done_on: string | null;
            /** Format: date */
            due_on: string;
            /** Format: uuid */
            id: string;
            owner: components["schemas"]["EngagementsReference"] | null;
            /** Format: uuid */
            stakeholder_id: string;
            text: string;
        };
        StakeholderActionDetail: {
            /** Format: date-time */
            created_at: string;
            done_on: string | null;
            /** Format: date */
            due_on: string;
            /** Format: uuid */
            id: string;
            owner: components["schemas"]["EngagementsReference"] | null;
            /** Format: uuid */
            stakeholder_id: string;
            text: string;
        };
        StakeholderDetail: {
            approach: string | null;
            /** @description What the caller may do with it now. */
            can: ("edit" | "plan")[];
            concerns: string | null;
            contact_id: string | null;
            /** Format: date-time */
            created_at: string;
            /**
             * EngagementReference
             * @description The engagement a record belongs to, as a reader knows it.
             */
            engagement: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Number */
                number: string;
                status: components["schemas"]["EngagementStatus"];
                /** Title */
                title: string;
            };
            /** Format: uuid */
            engagement_id: string;
            /** Format: uuid */
            id: string;
            influence: number;
            interest: number;
            motives: string | null;
            name: string;
            /**
             * Stance
             * @description How somebody stands to the engagement.
             * @enum {string}
             */
            stance_now: "unaware" | "resistant" | "neutral" | "supportive" | "leading";
            /**
             * Stance
             * @description How somebody stands to the engagement.
             * @enum {string}
             */
            stance_wanted: "unaware" | "resistant" | "neutral" | "supportive" | "leading";
            title: string | null;
            traits: string | null;
            /** Format: date-time */
            updated_at: string;
            user_id: string | null;
            version: number;
        };
        /**
         * StakeholderIn
         * @description A profile of a person of the client, by user or contact.
         */
        StakeholderIn: {
            /** Approach */
            approach?: string | null;
            /** Concerns */
            concerns?: string | null;
            /** Contact Id */
            contact_id?: string | null;
            /**
             * Engagement Id
             * Format: uuid
             */
            engagement_id: string;
            /** Influence */
            influence: number;
            /** Interest */
            interest: number;
            /** Motives */
            motives?: string | null;
            /** Name */
            name: string;
            stance_now: components["schemas"]["Stance"];
            stance_wanted: components["schemas"]["Stance"];
            /** Title */
            title?: string | null;
            /** Traits */
            traits?: string | null;
            /** User Id */
            user_id?: string | null;
        };
        /**
         * StakeholderPatch
         * @description What may change about a profile.
         */
        StakeholderPatch: {
            /** Approach */
            approach?: string | null;
            /** Concerns */
            concerns?: string | null;
            /** Influence */
            influence?: number | null;
            /** Interest */
            interest?: number | null;
            /** Motives */
            motives?: string | null;
            stance_now?: components["schemas"]["Stance"] | null;
            stance_wanted?: components["schemas"]["Stance"] | null;
            /** Title */
            title?: string | null;
            /** Traits */
            traits?: string | null;
        };
        /**
         * Stance
         * @description How somebody stands to the engagement.
         * @enum {string}
         */
        Stance: "unaware" | "resistant" | "neutral" | "supportive" | "leading";
        /**
         * StepText
         * @description A step's sentence in both languages.
         */
        StepText: {
            /** En */
            en: string;
            /** Zh */
            zh: string;
        };
        Survey: {
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            id: string;
            /**
             * Words
             * @description A text in both languages.
             */
            intro: {
                /** En */
                en: string;
                /** Zh */
                zh: string;
            };
            key: string;
            /**
             * SurveyKind
             * @description What a form measures.
             * @enum {string}
             */
            kind: "csat" | "nps";
            questions: components["schemas"]["Question"][];
            /**
             * Words
             * @description A text in both languages.
             */
            title: {
                /** En */
                en: string;
                /** Zh */
                zh: string;
            };
            version: number;
        };
        SurveyDetail: {
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            id: string;
            /**
             * Words
             * @description A text in both languages.
             */
            intro: {
                /** En */
                en: string;
                /** Zh */
                zh: string;
            };
            key: string;
            /**
             * SurveyKind
             * @description What a form measures.
             * @enum {string}
             */
            kind: "csat" | "nps";
            questions: components["schemas"]["Question"][];
            /**
             * Words
             * @description A text in both languages.
             */
            title: {
                /** En */
                en: string;
                /** Zh */
                zh: string;
            };
            version: number;
        };
        /**
         * SurveyKind
         * @description What a form measures.
         * @enum {string}
         */
        SurveyKind: "csat" | "nps";
        Task: {
            assignee: components["schemas"]["EngagementsReference"] | null;
            assignee_id: string | null;
            critical: boolean;
            /** @description Duration in working days. */
            days: number;
            /** Format: date */
            ends_on: string;
            /**
             * EngagementReference
             * @description The engagement a record belongs to, as a reader knows it.
             */
            engagement: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Number */
                number: string;
                status: components["schemas"]["EngagementStatus"];
                /** Title */
                title: string;
            };
            /** Format: uuid */
            engagement_id: string;
            finished_on: string | null;
            float_days: number;
            /** Format: uuid */
            id: string;
            key: string;
            links: components["schemas"]["TaskLinkOut"][];
            /** Format: uuid */
            phase_id: string;
            position: number;
            /**
             * MemberRole
             * @description The four roles of each side.
             * @enum {string}
             */
            role: "executive" | "client_pm" | "core" | "peripheral" | "director" | "consulting_pm" | "consultant" | "expert";
            started_on: string | null;
            /** Format: date */
            starts_on: string;
            /**
             * TaskStatus
             * @description Where a task stands.
             * @enum {string}
             */
            status: "planned" | "active" | "done";
            /**
             * Titled
             * @description A name in both languages.
             */
            title: {
                /** En */
                en: string;
                /** Zh */
                zh: string;
            };
            version: number;
        };
        TaskDetail: {
            assignee: components["schemas"]["EngagementsReference"] | null;
            assignee_id: string | null;
            /** @description What the caller may do with it now. */
            can: ("edit" | "assign" | "start" | "finish")[];
            critical: boolean;
            /** @description Duration in working days. */
            days: number;
            /** Format: date */
            ends_on: string;
            /**
             * EngagementReference
             * @description The engagement a record belongs to, as a reader knows it.
             */
            engagement: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Number */
                number: string;
                status: components["schemas"]["EngagementStatus"];
                /** Title */
                title: string;
            };
            /** Format: uuid */
            engagement_id: string;
            finished_on: string | null;
            float_days: number;
            /** Format: uuid */
            id: string;
            key: string;
            links: components["schemas"]["TaskLinkOut"][];
            /** Format: uuid */
            phase_id: string;
            position: number;
            /**
             * MemberRole
             * @description The four roles of each side.
             * @enum {string}
             */
            role: "executive" | "client_pm" | "core" | "peripheral" | "director" | "consulting_pm" | "consultant" | "expert";
            started_on: string | null;
            /** Format: date */
            starts_on: string;
            /**
             * TaskStatus
             * @description Where a task stands.
             * @enum {string}
             */
            status: "planned" | "active" | "done";
            /**
             * Titled
             * @description A name in both languages.
             */
            title: {
                /** En */
                en: string;
                /** Zh */
                zh: string;
            };
            version: number;
        };
        /**
         * TaskLinkOut
         * @description What holds a task: the earlier task, by start or finish, and the lag in working days.
         */
        TaskLinkOut: {
            kind: components["schemas"]["LinkKind"];
            /** Lag Days */
            lag_days: number;
            /**
             * Task Id
             * Format: uuid
             */
            task_id: string;
        };
        /**
         * TaskPatch
         * @description What may change about a task's plan.
         */
        TaskPatch: {
            /**
             * Days
             * @description Duration in working days.
             */
            days: number;
        };
        /**
         * TeamDomain
         * @description A business domain with the places (member ids) that work in it.
         */
        TeamDomain: {
            /** Core */
            core: string[];
            /** Firm */
            firm: string[];
            /** Name */
            name: string;
            /** Peripheral */
            peripheral: string[];
        };
        /**
         * TeamMap
         * @description Both firms side by side, by role, and who works in which domain.
         */
        TeamMap: {
            /** Client */
            client: components["schemas"]["TeamPerson"][];
            /** Domains */
            domains: components["schemas"]["TeamDomain"][];
            /**
             * Engagement Id
             * Format: uuid
             */
            engagement_id: string;
            /** Firm */
            firm: components["schemas"]["TeamPerson"][];
            /** Gaps */
            gaps: components["schemas"]["GapOut"][];
        };
        /**
         * TeamPerson
         * @description A live member on the team map.
         */
        TeamPerson: {
            /** Answers To */
            answers_to: string | null;
            /** Domains */
            domains: string[];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            role: components["schemas"]["MemberRole"];
            /**
             * User Id
             * Format: uuid
             */
            user_id: string;
        };
        /**
         * Template
         * @description A plan without people and dates.
         */
        Template: {
            /** Id */
            id: string;
            /** Phases */
            phases: components["schemas"]["TemplatePhase"][];
            summary: components["schemas"]["Title"];
            title: components["schemas"]["Title"];
        };
        /**
         * TemplateDeliverable
         * @description A deliverable, drafted by the end of its task.
         */
        TemplateDeliverable: {
            chain: components["schemas"]["Chain"];
            /** Key */
            key: string;
            /** Task */
            task: string;
            title: components["schemas"]["Title"];
        };
        /**
         * TemplateItem
         * @description A template in the list.
         */
        TemplateItem: {
            /** Id */
            id: string;
            /** Phases */
            phases: number;
            summary: components["schemas"]["Title"];
            /** Tasks */
            tasks: number;
            title: components["schemas"]["Title"];
        };
        /**
         * TemplateLink
         * @description A link from an earlier task; lag in working days.
         */
        TemplateLink: {
            /** @default FS */
            kind: components["schemas"]["LinkKind"];
            /**
             * Lag
             * @default 0
             */
            lag: number;
            /** Task */
            task: string;
        };
        /**
         * TemplateNode
         * @description A key node, held when a task is finished.
         */
        TemplateNode: {
            /** After */
            after: string;
            /** Key */
            key: string;
            kind: components["schemas"]["NodeKind"];
            title: components["schemas"]["Title"];
        };
        /**
         * TemplatePage
         * @description All templates; there is one page.
         */
        TemplatePage: {
            /** Items */
            items: components["schemas"]["TemplateItem"][];
            /** Next Cursor */
            next_cursor?: null;
        };
        /**
         * TemplatePhase
         * @description A phase with what the team must have before it starts.
         */
        TemplatePhase: {
            /**
             * Deliverables
             * @default []
             */
            deliverables: components["schemas"]["TemplateDeliverable"][];
            /** Key */
            key: string;
            /**
             * Key Nodes
             * @default []
             */
            key_nodes: components["schemas"]["TemplateNode"][];
            kind: components["schemas"]["PhaseKind"];
            /** Needs */
            needs: components["schemas"]["MemberRole"][];
            /** Tasks */
            tasks: components["schemas"]["TemplateTask"][];
            title: components["schemas"]["Title"];
        };
        /**
         * TemplateTask
         * @description A task by the role that does it.
         */
        TemplateTask: {
            /**
             * After
             * @default []
             */
            after: components["schemas"]["TemplateLink"][];
            /** Days */
            days: number;
            /** Key */
            key: string;
            role: components["schemas"]["MemberRole"];
            title: components["schemas"]["Title"];
        };
        /**
         * Thanks
         * @description The answer is kept.
         */
        Thanks: {
            /**
             * Submitted
             * @default true
             * @constant
             */
            submitted: true;
        };
        /**
         * Through
         * @description The member who stands between.
         */
        Through: {
            /**
             * Member Id
             * Format: uuid
             */
            member_id: string;
            /** Name */
            name: string;
            role: components["schemas"]["MemberRole"];
            /**
             * User Id
             * Format: uuid
             */
            user_id: string;
        };
        TimelineEntry: {
            actor_id: string | null;
            actor_name: string;
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            id: string;
            kind: string;
            /** Format: uuid */
            record_id: string;
            record_number: string | null;
            /**
             * Sentence
             * @description A sentence by language.
             */
            sentence: {
                /** En */
                en: string;
                /** Zh */
                zh: string;
            };
            source: string;
            title: string;
            title_texts: components["schemas"]["Sentence"] | null;
        };
        /**
         * Title
         * @description A name in both languages.
         */
        Title: {
            /** En */
            en: string;
            /** Zh */
            zh: string;
        };
        /**
         * TitleIn
         * @description A name in both languages.
         */
        TitleIn: {
            /** En */
            en: string;
            /** Zh */
            zh: string;
        };
        /**
         * TokenAnswer
         * @description A bearer token, and with it the next refresh token.
         */
        TokenAnswer: {
            /** Access Token */
            access_token: string;
            /** Expires In */
            expires_in: number;
            /** Refresh Token */
            refresh_token?: string | null;
            /**
             * Token Type
             * @default Bearer
             * @constant
             */
            token_type: "Bearer";
        };
        /**
         * TokenForm
         * @description The form of `POST /auth/token` (RFC 6749).
         */
        TokenForm: {
            /** Client Id */
            client_id?: string | null;
            /** Client Secret */
            client_secret?: string | null;
            /** Grant Type */
            grant_type: string;
            /** Password */
            password?: string | null;
            /** Refresh Token */
            refresh_token?: string | null;
            /** Scope */
            scope?: string | null;
            /** Username */
            username?: string | null;
        };
        User: {
            client: components["schemas"]["ReferenceRead"] | null;
            client_id: string | null;
            /** Format: date-time */
            created_at: string;
            email: string | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            language: "zh-CN" | "en";
            last_seen_at?: string | null;
            name: string;
            roles: components["schemas"]["FirmRole"][];
            /** @enum {string} */
            side: "firm" | "client";
            /**
             * UserStatus
             * @description Where an account stands.
             * @enum {string}
             */
            status: "invited" | "active" | "deactivated";
            title: string | null;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        UserDetail: {
            /** @description What the caller may do with it now. */
            can: ("edit" | "invite" | "deactivate" | "activate")[];
            client: components["schemas"]["ReferenceRead"] | null;
            client_id: string | null;
            /** Format: date-time */
            created_at: string;
            email: string | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            language: "zh-CN" | "en";
            last_seen_at?: string | null;
            name: string;
            roles: components["schemas"]["FirmRole"][];
            /** @enum {string} */
            side: "firm" | "client";
            /**
             * UserStatus
             * @description Where an account stands.
             * @enum {string}
             */
            status: "invited" | "active" | "deactivated";
            title: string | null;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        /**
         * UserIn
         * @description A person to let in. `occurred_at` (administrators) enters history: no mail goes out.
         */
        UserIn: {
            /** Client Id */
            client_id?: string | null;
            /** Client Since */
            client_since?: string | null;
            /** Client Until */
            client_until?: string | null;
            /**
             * Email
             * Format: email
             */
            email: string;
            /**
             * Invite
             * @description send the invitation at once
             * @default true
             */
            invite: boolean;
            /**
             * Language
             * @default zh
             * @enum {string}
             */
            language: "zh" | "en";
            /** Name */
            name: string;
            /** Occurred At */
            occurred_at?: string | null;
            /**
             * Roles
             * @default []
             */
            roles: components["schemas"]["FirmRole"][];
            /**
             * Side
             * @enum {string}
             */
            side: "firm" | "client";
            /** Title */
            title?: string | null;
        };
        /**
         * UserPatch
         * @description Changes to a person; what is left out stays.
         *
         *     `client_id` moves a client-side person to another client from now on; `client_until` ends
         *     the affiliation at that moment.
         */
        UserPatch: {
            /** Client Id */
            client_id?: string | null;
            /** Client Until */
            client_until?: string | null;
            /** Language */
            language?: ("zh" | "en") | null;
            /** Name */
            name?: string | null;
            /** Roles */
            roles?: components["schemas"]["FirmRole"][] | null;
            /** Title */
            title?: string | null;
        };
        /**
         * VersionIn
         * @description A version to be reviewed: a text, a reference to a document, or both.
         */
        VersionIn: {
            /** Reference */
            reference?: string | null;
            /** Text */
            text?: string | null;
        };
        View: {
            address: string;
            /**
             * ViewAudience
             * @description Whom a view is offered to. Team: the firm side, or those of one role. Public: both sides.
             * @enum {string}
             */
            audience: "personal" | "team" | "public";
            collection: string;
            /** @description The caller begins with it. */
            default: boolean;
            /** Format: uuid */
            id: string;
            /** @description The caller keeps it. */
            mine: boolean;
            name: string;
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            owner?: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            role?: components["schemas"]["FirmRole"] | null;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        /**
         * ViewAudience
         * @description Whom a view is offered to. Team: the firm side, or those of one role. Public: both sides.
         * @enum {string}
         */
        ViewAudience: "personal" | "team" | "public";
        ViewDetail: {
            address: string;
            /**
             * ViewAudience
             * @description Whom a view is offered to. Team: the firm side, or those of one role. Public: both sides.
             * @enum {string}
             */
            audience: "personal" | "team" | "public";
            /** @description What the caller may do with it now. */
            can: ("edit" | "delete" | "default")[];
            collection: string;
            /** @description The caller begins with it. */
            default: boolean;
            /** Format: uuid */
            id: string;
            /** @description The caller keeps it. */
            mine: boolean;
            name: string;
            /**
             * Reference
             * @description Another record by id and the label a reader knows it by.
             */
            owner?: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Name */
                name: string | null;
            };
            role?: components["schemas"]["FirmRole"] | null;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        /**
         * ViewIn
         * @description A view to keep. `address` is the list's query: `stage=active&sort=-updated_at`.
         */
        ViewIn: {
            /** Address */
            address: string;
            /** @default personal */
            audience: components["schemas"]["ViewAudience"];
            /**
             * Collection
             * @example clients
             */
            collection: string;
            /** Name */
            name: string;
            role?: components["schemas"]["FirmRole"] | null;
        };
        /**
         * ViewPatch
         * @description Changes to a view; what is left out stays. `role: null` shares with the whole firm side.
         */
        ViewPatch: {
            /** Address */
            address?: string | null;
            audience?: components["schemas"]["ViewAudience"] | null;
            /** Name */
            name?: string | null;
            role?: components["schemas"]["FirmRole"] | null;
        };
        /**
         * WaitIn
         * @description What the firm waits for; the client side reads it.
         */
        WaitIn: {
            /** Reason */
            reason: string;
        };
        WaitingItem: {
            /**
             * Format: date
             * @description Silence decides nothing: a step that is not taken by its day stays where it is, and shows as overdue to whoever is to take it.
             */
            due_on: string;
            /**
             * EngagementReference
             * @description The engagement a record belongs to, as a reader knows it.
             */
            engagement: {
                /**
                 * Id
                 * Format: uuid
                 */
                id: string;
                /** Number */
                number: string;
                status: components["schemas"]["EngagementStatus"];
                /** Title */
                title: string;
            };
            /** Format: uuid */
            engagement_id: string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "deliverable_draft" | "deliverable_comment" | "deliverable_check" | "deliverable_decide" | "deliverable_rollout" | "task" | "key_node" | "plan";
            /** Format: uuid */
            record_id: string;
            /**
             * Titled
             * @description A name in both languages.
             */
            title: {
                /** En */
                en: string;
                /** Zh */
                zh: string;
            };
        };
        /**
         * WaiveIn
         * @description Why no follow-up is made.
         */
        WaiveIn: {
            /** Reason */
            reason: string;
        };
        /**
         * Words
         * @description A text in both languages.
         */
        Words: {
            /** En */
            en: string;
            /** Zh */
            zh: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
