CREATE FUNCTION count_calls_arrive() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO call_totals (provider, model, currency, slot, calls, prompt_tokens, completion_tokens, cost) SELECT provider, model, coalesce(currency, ''), id % 8, count(*), sum(prompt_tokens), sum(completion_tokens), coalesce(sum(cost), 0) FROM new_rows WHERE came_with_file = 0 GROUP BY provider, model, coalesce(currency, ''), id % 8 ORDER BY 1, 2, 3, 4 ON CONFLICT (provider, model, currency, slot) DO UPDATE SET calls = call_totals.calls + excluded.calls, prompt_tokens = call_totals.prompt_tokens + excluded.prompt_tokens, completion_tokens = call_totals.completion_tokens + excluded.completion_tokens, cost = call_totals.cost + excluded.cost; RETURN NULL; END $$;
CREATE FUNCTION count_calls_leave() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO call_totals (provider, model, currency, slot, calls, prompt_tokens, completion_tokens, cost) SELECT provider, model, coalesce(currency, ''), id % 8, -count(*), -sum(prompt_tokens), -sum(completion_tokens), -coalesce(sum(cost), 0) FROM old_rows WHERE came_with_file = 0 GROUP BY provider, model, coalesce(currency, ''), id % 8 ORDER BY 1, 2, 3, 4 ON CONFLICT (provider, model, currency, slot) DO UPDATE SET calls = call_totals.calls + excluded.calls, prompt_tokens = call_totals.prompt_tokens + excluded.prompt_tokens, completion_tokens = call_totals.completion_tokens + excluded.completion_tokens, cost = call_totals.cost + excluded.cost; RETURN NULL; END $$;
CREATE FUNCTION count_tasks_arrive() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO analysis_counts (project_id, unfinished, completed, failed, cancelled, resting) SELECT project_id, sum(CASE WHEN status IN ('pending', 'processing') THEN raised ELSE 0 END), sum(CASE WHEN status IN ('completed') THEN raised ELSE 0 END), sum(CASE WHEN status IN ('failed') THEN raised ELSE 0 END), sum(CASE WHEN status IN ('cancelled') THEN raised ELSE 0 END), sum(CASE WHEN status IN ('resting') THEN raised ELSE 0 END) FROM (SELECT project_id, status, 1 AS raised FROM new_rows) AS changed GROUP BY project_id HAVING sum(CASE WHEN status IN ('pending', 'processing') THEN raised ELSE 0 END) <> 0 OR sum(CASE WHEN status IN ('completed') THEN raised ELSE 0 END) <> 0 OR sum(CASE WHEN status IN ('failed') THEN raised ELSE 0 END) <> 0 OR sum(CASE WHEN status IN ('cancelled') THEN raised ELSE 0 END) <> 0 OR sum(CASE WHEN status IN ('resting') THEN raised ELSE 0 END) <> 0 ORDER BY project_id ON CONFLICT (project_id) DO UPDATE SET unfinished = analysis_counts.unfinished + excluded.unfinished, completed = analysis_counts.completed + excluded.completed, failed = analysis_counts.failed + excluded.failed, cancelled = analysis_counts.cancelled + excluded.cancelled, resting = analysis_counts.resting + excluded.resting; RETURN NULL; END $$;
CREATE FUNCTION count_tasks_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO analysis_counts (project_id, unfinished, completed, failed, cancelled, resting) SELECT project_id, sum(CASE WHEN status IN ('pending', 'processing') THEN raised ELSE 0 END), sum(CASE WHEN status IN ('completed') THEN raised ELSE 0 END), sum(CASE WHEN status IN ('failed') THEN raised ELSE 0 END), sum(CASE WHEN status IN ('cancelled') THEN raised ELSE 0 END), sum(CASE WHEN status IN ('resting') THEN raised ELSE 0 END) FROM (SELECT project_id, status, 1 AS raised FROM new_rows UNION ALL SELECT project_id, status, -1 AS raised FROM old_rows) AS changed GROUP BY project_id HAVING sum(CASE WHEN status IN ('pending', 'processing') THEN raised ELSE 0 END) <> 0 OR sum(CASE WHEN status IN ('completed') THEN raised ELSE 0 END) <> 0 OR sum(CASE WHEN status IN ('failed') THEN raised ELSE 0 END) <> 0 OR sum(CASE WHEN status IN ('cancelled') THEN raised ELSE 0 END) <> 0 OR sum(CASE WHEN status IN ('resting') THEN raised ELSE 0 END) <> 0 ORDER BY project_id ON CONFLICT (project_id) DO UPDATE SET unfinished = analysis_counts.unfinished + excluded.unfinished, completed = analysis_counts.completed + excluded.completed, failed = analysis_counts.failed + excluded.failed, cancelled = analysis_counts.cancelled + excluded.cancelled, resting = analysis_counts.resting + excluded.resting; RETURN NULL; END $$;
CREATE FUNCTION count_tasks_leave() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO analysis_counts (project_id, unfinished, completed, failed, cancelled, resting) SELECT project_id, sum(CASE WHEN status IN ('pending', 'processing') THEN raised ELSE 0 END), sum(CASE WHEN status IN ('completed') THEN raised ELSE 0 END), sum(CASE WHEN status IN ('failed') THEN raised ELSE 0 END), sum(CASE WHEN status IN ('cancelled') THEN raised ELSE 0 END), sum(CASE WHEN status IN ('resting') THEN raised ELSE 0 END) FROM (SELECT project_id, status, -1 AS raised FROM old_rows) AS changed GROUP BY project_id HAVING sum(CASE WHEN status IN ('pending', 'processing') THEN raised ELSE 0 END) <> 0 OR sum(CASE WHEN status IN ('completed') THEN raised ELSE 0 END) <> 0 OR sum(CASE WHEN status IN ('failed') THEN raised ELSE 0 END) <> 0 OR sum(CASE WHEN status IN ('cancelled') THEN raised ELSE 0 END) <> 0 OR sum(CASE WHEN status IN ('resting') THEN raised ELSE 0 END) <> 0 ORDER BY project_id ON CONFLICT (project_id) DO UPDATE SET unfinished = analysis_counts.unfinished + excluded.unfinished, completed = analysis_counts.completed + excluded.completed, failed = analysis_counts.failed + excluded.failed, cancelled = analysis_counts.cancelled + excluded.cancelled, resting = analysis_counts.resting + excluded.resting; RETURN NULL; END $$;
CREATE TABLE alembic_version (
    version_num text NOT NULL
);
CREATE TABLE analysis_batches (
    id integer NOT NULL,
    project_id text NOT NULL,
    status text DEFAULT 'running'::text NOT NULL,
    total integer NOT NULL,
    estimate json NOT NULL,
    created_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL,
    completed_at timestamp without time zone
);
CREATE SEQUENCE analysis_batches_id_seq AS integer;
ALTER SEQUENCE analysis_batches_id_seq OWNED BY analysis_batches.id;
CREATE TABLE analysis_counts (
    project_id text NOT NULL,
    unfinished bigint DEFAULT '0'::bigint NOT NULL,
    completed bigint DEFAULT '0'::bigint NOT NULL,
    failed bigint DEFAULT '0'::bigint NOT NULL,
    cancelled bigint DEFAULT '0'::bigint NOT NULL,
    resting bigint DEFAULT '0'::bigint NOT NULL
);
CREATE TABLE analysis_durations (
    bound text NOT NULL,
    slot integer NOT NULL,
    number integer DEFAULT 0 NOT NULL,
    seconds double precision DEFAULT '0'::double precision NOT NULL
);
CREATE TABLE analysis_errors (
    id integer NOT NULL,
    pending_analysis_id integer NOT NULL,
    attempt integer NOT NULL,
    step text,
    error_type text NOT NULL,
    error_message text NOT NULL,
    provider text DEFAULT ''::text NOT NULL,
    created_at timestamp without time zone NOT NULL,
    model text DEFAULT ''::text NOT NULL
);
CREATE SEQUENCE analysis_errors_id_seq AS integer;
ALTER SEQUENCE analysis_errors_id_seq OWNED BY analysis_errors.id;
CREATE TABLE analysis_notifications (
    id integer NOT NULL,
    pending_analysis_id integer NOT NULL,
    chapter_id integer NOT NULL,
    notification_type text NOT NULL,
    title text NOT NULL,
    message text DEFAULT ''::text NOT NULL,
    data json NOT NULL,
    is_read integer DEFAULT 0 NOT NULL,
    created_at timestamp without time zone NOT NULL,
    read_at timestamp without time zone,
    attempt integer DEFAULT 0 NOT NULL
);
CREATE SEQUENCE analysis_notifications_id_seq AS integer;
ALTER SEQUENCE analysis_notifications_id_seq OWNED BY analysis_notifications.id;
CREATE TABLE analysis_steps (
    pending_analysis_id integer NOT NULL,
    step text NOT NULL,
    result json NOT NULL,
    token_usage json NOT NULL,
    duration_seconds double precision NOT NULL,
    completed_at timestamp without time zone NOT NULL,
    provider text DEFAULT ''::text NOT NULL,
    model text DEFAULT ''::text NOT NULL
);
CREATE TABLE app_settings (
    name text NOT NULL,
    value json NOT NULL,
    updated_at timestamp without time zone NOT NULL
);
CREATE TABLE auto_runs (
    id integer NOT NULL,
    project_id text NOT NULL,
    first_chapter integer NOT NULL,
    last_chapter integer NOT NULL,
    next_chapter integer NOT NULL,
    options json NOT NULL,
    status text DEFAULT 'running'::text NOT NULL,
    stop_reason text,
    detail text DEFAULT ''::text NOT NULL,
    seconds double precision DEFAULT '0'::double precision NOT NULL,
    created_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL,
    completed_at timestamp without time zone
);
CREATE SEQUENCE auto_runs_id_seq AS integer;
ALTER SEQUENCE auto_runs_id_seq OWNED BY auto_runs.id;
CREATE TABLE blueprint_characters (
    id integer NOT NULL,
    project_id text NOT NULL,
    name text NOT NULL,
    identity text,
    personality text,
    goals text,
    abilities text,
    relationship_to_protagonist text,
    extra json,
    "position" integer DEFAULT 0 NOT NULL
);
CREATE SEQUENCE blueprint_characters_id_seq AS integer;
ALTER SEQUENCE blueprint_characters_id_seq OWNED BY blueprint_characters.id;
CREATE TABLE blueprint_relationships (
    id integer NOT NULL,
    project_id text NOT NULL,
    character_from text NOT NULL,
    character_to text NOT NULL,
    description text,
    "position" integer DEFAULT 0 NOT NULL
);
CREATE SEQUENCE blueprint_relationships_id_seq AS integer;
ALTER SEQUENCE blueprint_relationships_id_seq OWNED BY blueprint_relationships.id;
CREATE TABLE call_places (
    id integer NOT NULL,
    model_place text NOT NULL,
    owner text NOT NULL,
    started_at timestamp without time zone NOT NULL,
    ended_at timestamp without time zone
);
CREATE SEQUENCE call_places_id_seq AS integer;
ALTER SEQUENCE call_places_id_seq OWNED BY call_places.id;
CREATE TABLE call_totals (
    provider text NOT NULL,
    model text NOT NULL,
    currency text NOT NULL,
    slot integer NOT NULL,
    calls bigint DEFAULT '0'::bigint NOT NULL,
    prompt_tokens bigint DEFAULT '0'::bigint NOT NULL,
    completion_tokens bigint DEFAULT '0'::bigint NOT NULL,
    cost double precision DEFAULT '0'::double precision NOT NULL
);
CREATE TABLE chapter_candidates (
    id integer NOT NULL,
    chapter_id integer NOT NULL,
    round integer NOT NULL,
    "position" integer NOT NULL,
    status text DEFAULT 'writing'::text NOT NULL,
    content text DEFAULT ''::text NOT NULL,
    instruction text DEFAULT ''::text NOT NULL,
    angle text DEFAULT 'plan'::text NOT NULL,
    provider text DEFAULT ''::text NOT NULL,
    owner text DEFAULT ''::text NOT NULL,
    finish_reason text DEFAULT ''::text NOT NULL,
    error_type text,
    error_message text,
    version_id integer,
    token_usage json,
    created_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL,
    decided_at timestamp without time zone
);
CREATE SEQUENCE chapter_candidates_id_seq AS integer;
ALTER SEQUENCE chapter_candidates_id_seq OWNED BY chapter_candidates.id;
CREATE TABLE chapter_comments (
    id integer NOT NULL,
    chapter_id integer NOT NULL,
    quotation text NOT NULL,
    start integer NOT NULL,
    "end" integer NOT NULL,
    is_stale integer DEFAULT 0 NOT NULL,
    content text DEFAULT ''::text NOT NULL,
    created_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL,
    resolved_at timestamp without time zone
);
CREATE SEQUENCE chapter_comments_id_seq AS integer;
ALTER SEQUENCE chapter_comments_id_seq OWNED BY chapter_comments.id;
CREATE TABLE chapter_drafts (
    chapter_id integer NOT NULL,
    content text NOT NULL,
    provider text DEFAULT ''::text NOT NULL,
    owner text NOT NULL,
    started_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL,
    error_type text,
    error_message text,
    raw_answer text DEFAULT ''::text NOT NULL
);
CREATE TABLE chapter_evaluations (
    id integer NOT NULL,
    chapter_id integer NOT NULL,
    version_id integer,
    decision text,
    feedback text,
    score double precision,
    created_at timestamp without time zone NOT NULL,
    kind text DEFAULT 'candidate'::text NOT NULL,
    version_revision integer DEFAULT 1 NOT NULL,
    details json DEFAULT '{}'::json NOT NULL,
    provider text DEFAULT ''::text NOT NULL
);
CREATE SEQUENCE chapter_evaluations_id_seq AS integer;
ALTER SEQUENCE chapter_evaluations_id_seq OWNED BY chapter_evaluations.id;
CREATE TABLE chapter_notes (
    chapter_id integer NOT NULL,
    status text DEFAULT ''::text NOT NULL,
    scratchpad text DEFAULT ''::text NOT NULL,
    updated_at timestamp without time zone NOT NULL
);
CREATE TABLE chapter_outlines (
    id integer NOT NULL,
    project_id text NOT NULL,
    volume_id integer,
    chapter_number integer NOT NULL,
    title text NOT NULL,
    summary text DEFAULT ''::text NOT NULL,
    label text
);
CREATE SEQUENCE chapter_outlines_id_seq AS integer;
ALTER SEQUENCE chapter_outlines_id_seq OWNED BY chapter_outlines.id;
CREATE TABLE chapter_snapshots (
    id integer NOT NULL,
    chapter_id integer NOT NULL,
    kind text NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    content text NOT NULL,
    word_count integer DEFAULT 0 NOT NULL,
    created_at timestamp without time zone NOT NULL
);
CREATE SEQUENCE chapter_snapshots_id_seq AS integer;
ALTER SEQUENCE chapter_snapshots_id_seq OWNED BY chapter_snapshots.id;
CREATE TABLE chapter_versions (
    id integer NOT NULL,
    chapter_id integer NOT NULL,
    version_label text DEFAULT ''::text NOT NULL,
    origin text NOT NULL,
    provider text DEFAULT ''::text NOT NULL,
    content text NOT NULL,
    revision integer DEFAULT 1 NOT NULL,
    metadata json,
    created_at timestamp without time zone NOT NULL
);
CREATE SEQUENCE chapter_versions_id_seq AS integer;
ALTER SEQUENCE chapter_versions_id_seq OWNED BY chapter_versions.id;
CREATE TABLE chapter_writers (
    chapter_id integer NOT NULL,
    kind text NOT NULL,
    program text NOT NULL,
    owner text NOT NULL,
    run integer,
    started_at timestamp without time zone NOT NULL
);
CREATE TABLE chapters (
    id integer NOT NULL,
    project_id text NOT NULL,
    chapter_number integer NOT NULL,
    real_summary text DEFAULT ''::text NOT NULL,
    status text DEFAULT 'not_generated'::text NOT NULL,
    word_count integer DEFAULT 0 NOT NULL,
    selected_version_id integer,
    published_at timestamp without time zone,
    created_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL
);
CREATE SEQUENCE chapters_id_seq AS integer;
ALTER SEQUENCE chapters_id_seq OWNED BY chapters.id;
CREATE TABLE codex_alerts (
    id integer NOT NULL,
    project_id text NOT NULL,
    chapter_id integer NOT NULL,
    entry_id integer NOT NULL,
    kind text NOT NULL,
    attribute text DEFAULT ''::text NOT NULL,
    fact_id integer,
    earlier_fact_id integer,
    signature text NOT NULL,
    quotation text DEFAULT ''::text NOT NULL,
    start integer,
    "end" integer,
    status text DEFAULT 'open'::text NOT NULL,
    created_at timestamp without time zone NOT NULL,
    closed_at timestamp without time zone
);
CREATE SEQUENCE codex_alerts_id_seq AS integer;
ALTER SEQUENCE codex_alerts_id_seq OWNED BY codex_alerts.id;
CREATE TABLE codex_entries (
    id integer NOT NULL,
    project_id text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    aliases json NOT NULL,
    attributes json NOT NULL,
    created_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL,
    origin text DEFAULT 'analysis'::text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    due_chapter integer,
    merged_into integer,
    refused_aliases json DEFAULT '[]'::json NOT NULL
);
CREATE SEQUENCE codex_entries_id_seq AS integer;
ALTER SEQUENCE codex_entries_id_seq OWNED BY codex_entries.id;
CREATE TABLE codex_facts (
    id integer NOT NULL,
    entry_id integer NOT NULL,
    chapter_id integer NOT NULL,
    pending_analysis_id integer,
    version_id integer NOT NULL,
    version_revision integer NOT NULL,
    statement text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    quotation text NOT NULL,
    start integer,
    "end" integer,
    confidence double precision NOT NULL,
    status text NOT NULL,
    created_at timestamp without time zone NOT NULL,
    step text DEFAULT ''::text NOT NULL,
    effect text,
    attribute text DEFAULT ''::text NOT NULL,
    value text DEFAULT ''::text NOT NULL,
    other_entry_id integer,
    is_stale integer DEFAULT 0 NOT NULL,
    decided_by text,
    aliases json DEFAULT '[]'::json NOT NULL
);
CREATE SEQUENCE codex_facts_id_seq AS integer;
ALTER SEQUENCE codex_facts_id_seq OWNED BY codex_facts.id;
CREATE TABLE codex_journal (
    id integer NOT NULL,
    project_id text NOT NULL,
    entry_id integer,
    fact_id integer,
    chapter_id integer,
    pending_analysis_id integer,
    action text NOT NULL,
    actor text NOT NULL,
    before json,
    after json,
    created_at timestamp without time zone NOT NULL,
    undone_at timestamp without time zone
);
CREATE SEQUENCE codex_journal_id_seq AS integer;
ALTER SEQUENCE codex_journal_id_seq OWNED BY codex_journal.id;
CREATE TABLE concept_briefs (
    project_id text NOT NULL,
    brief json NOT NULL,
    confirmed_at timestamp without time zone,
    updated_at timestamp without time zone NOT NULL
);
CREATE TABLE context_choices (
    chapter_id integer NOT NULL,
    kind text NOT NULL,
    key text NOT NULL,
    choice text NOT NULL,
    updated_at timestamp without time zone NOT NULL
);
CREATE TABLE instructions_aside (
    id integer NOT NULL,
    project_id text NOT NULL,
    kind text NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    language text DEFAULT ''::text NOT NULL,
    content text NOT NULL
);
CREATE SEQUENCE instructions_aside_id_seq AS integer;
ALTER SEQUENCE instructions_aside_id_seq OWNED BY instructions_aside.id;
CREATE TABLE kept_answers (
    id integer NOT NULL,
    project_id text NOT NULL,
    chapter_id integer,
    kind text NOT NULL,
    subject text DEFAULT ''::text NOT NULL,
    content json NOT NULL,
    kept_at timestamp without time zone NOT NULL
);
CREATE SEQUENCE kept_answers_id_seq AS integer;
ALTER SEQUENCE kept_answers_id_seq OWNED BY kept_answers.id;
CREATE TABLE model_calls (
    id integer NOT NULL,
    project_id text,
    chapter_id integer,
    auto_run_id integer,
    task text NOT NULL,
    prompt text DEFAULT ''::text NOT NULL,
    profile text DEFAULT ''::text NOT NULL,
    provider text DEFAULT ''::text NOT NULL,
    model text DEFAULT ''::text NOT NULL,
    outcome text NOT NULL,
    prompt_tokens integer DEFAULT 0 NOT NULL,
    completion_tokens integer DEFAULT 0 NOT NULL,
    estimated integer DEFAULT 0 NOT NULL,
    cost double precision,
    currency text,
    started_at timestamp without time zone NOT NULL,
    duration_seconds double precision DEFAULT '0'::double precision NOT NULL,
    came_with_file integer DEFAULT 0 NOT NULL,
    cached_tokens integer DEFAULT 0 NOT NULL
);
CREATE SEQUENCE model_calls_id_seq AS integer;
ALTER SEQUENCE model_calls_id_seq OWNED BY model_calls.id;
CREATE TABLE model_traits (
    profile_id text NOT NULL,
    address text NOT NULL,
    model text NOT NULL,
    traits json NOT NULL,
    updated_at timestamp without time zone NOT NULL
);
CREATE TABLE novel_blueprints (
    project_id text NOT NULL,
    title text,
    target_audience text,
    genre text,
    style text,
    tone text,
    one_sentence_summary text,
    full_synopsis text,
    world_setting json,
    created_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL
);
CREATE TABLE novel_conversations (
    id integer NOT NULL,
    project_id text NOT NULL,
    seq integer NOT NULL,
    role text NOT NULL,
    content text NOT NULL,
    metadata json,
    created_at timestamp without time zone NOT NULL
);
CREATE SEQUENCE novel_conversations_id_seq AS integer;
ALTER SEQUENCE novel_conversations_id_seq OWNED BY novel_conversations.id;
CREATE TABLE novel_projects (
    id text NOT NULL,
    title text NOT NULL,
    initial_prompt text DEFAULT ''::text NOT NULL,
    language text DEFAULT 'en'::text NOT NULL,
    status text DEFAULT 'draft'::text NOT NULL,
    metadata json,
    author text DEFAULT ''::text NOT NULL,
    numbering text DEFAULT ''::text NOT NULL,
    created_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL
);
CREATE TABLE novel_spelling (
    project_id text NOT NULL,
    dictionary text DEFAULT ''::text NOT NULL
);
CREATE TABLE novel_words (
    project_id text NOT NULL,
    word text NOT NULL
);
CREATE TABLE outline_runs (
    id integer NOT NULL,
    project_id text NOT NULL,
    kind text DEFAULT 'fill'::text NOT NULL,
    first_chapter integer NOT NULL,
    last_chapter integer NOT NULL,
    range_size integer NOT NULL,
    instruction text DEFAULT ''::text NOT NULL,
    proposals json DEFAULT '[]'::json NOT NULL,
    status text DEFAULT 'running'::text NOT NULL,
    error_type text,
    error_message text,
    created_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL
);
CREATE SEQUENCE outline_runs_id_seq AS integer;
ALTER SEQUENCE outline_runs_id_seq OWNED BY outline_runs.id;
CREATE TABLE passage_revisions (
    id integer NOT NULL,
    chapter_id integer NOT NULL,
    kind text NOT NULL,
    instruction text DEFAULT ''::text NOT NULL,
    start integer NOT NULL,
    original text NOT NULL,
    proposal text DEFAULT ''::text NOT NULL,
    status text DEFAULT 'writing'::text NOT NULL,
    provider text DEFAULT ''::text NOT NULL,
    created_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL
);
CREATE SEQUENCE passage_revisions_id_seq AS integer;
ALTER SEQUENCE passage_revisions_id_seq OWNED BY passage_revisions.id;
CREATE TABLE passages (
    id integer NOT NULL,
    project_id text NOT NULL,
    chapter_id integer NOT NULL,
    version_id integer NOT NULL,
    version_revision integer NOT NULL,
    "position" integer NOT NULL,
    start integer NOT NULL,
    "end" integer NOT NULL
);
CREATE TABLE passages_fts (
    rowid integer NOT NULL,
    terms tsvector NOT NULL
);
CREATE SEQUENCE passages_id_seq AS integer;
ALTER SEQUENCE passages_id_seq OWNED BY passages.id;
CREATE TABLE pending_analysis (
    id integer NOT NULL,
    chapter_id integer NOT NULL,
    project_id text NOT NULL,
    chapter_version_id integer NOT NULL,
    version_revision integer NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    priority integer DEFAULT 5 NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    max_retries integer DEFAULT 3 NOT NULL,
    rescue_count integer DEFAULT 0 NOT NULL,
    generation_config json NOT NULL,
    result json,
    current_step text,
    error_type text,
    error_message text,
    lease_owner text,
    lease_expires_at timestamp without time zone,
    not_before timestamp without time zone,
    created_at timestamp without time zone NOT NULL,
    started_at timestamp without time zone,
    completed_at timestamp without time zone,
    updated_at timestamp without time zone NOT NULL,
    duration_seconds double precision,
    token_usage json,
    batch_id integer,
    held integer DEFAULT 0 NOT NULL,
    claim_rank double precision DEFAULT '0'::double precision NOT NULL
);
CREATE SEQUENCE pending_analysis_id_seq AS integer;
ALTER SEQUENCE pending_analysis_id_seq OWNED BY pending_analysis.id;
CREATE TABLE prompt_overrides (
    project_id text NOT NULL,
    name text NOT NULL,
    language text NOT NULL,
    content text NOT NULL,
    updated_at timestamp without time zone NOT NULL
);
CREATE TABLE provider_circuits (
    provider text NOT NULL,
    owner text NOT NULL,
    reason text NOT NULL,
    wait_seconds double precision NOT NULL,
    probe_at timestamp without time zone NOT NULL
);
CREATE TABLE provider_profiles (
    id text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    base_url text DEFAULT ''::text NOT NULL,
    model text DEFAULT ''::text NOT NULL,
    model_path text DEFAULT ''::text NOT NULL,
    context_tokens integer DEFAULT 0 NOT NULL,
    max_parallel integer DEFAULT 0 NOT NULL,
    requests_per_minute integer DEFAULT 0 NOT NULL,
    input_per_million double precision DEFAULT '0'::double precision NOT NULL,
    output_per_million double precision DEFAULT '0'::double precision NOT NULL,
    currency text DEFAULT 'USD'::text NOT NULL,
    "position" integer DEFAULT 0 NOT NULL,
    created_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL,
    first_token_seconds integer DEFAULT 0 NOT NULL,
    cached_per_million double precision DEFAULT '0'::double precision NOT NULL
);
CREATE TABLE provider_routes (
    task text NOT NULL,
    "position" integer NOT NULL,
    profile_id text NOT NULL
);
CREATE TABLE story_summaries (
    id integer NOT NULL,
    project_id text NOT NULL,
    level text NOT NULL,
    first_chapter integer NOT NULL,
    last_chapter integer NOT NULL,
    content text NOT NULL,
    source_hash text NOT NULL,
    updated_at timestamp without time zone NOT NULL
);
CREATE SEQUENCE story_summaries_id_seq AS integer;
ALTER SEQUENCE story_summaries_id_seq OWNED BY story_summaries.id;
CREATE TABLE volumes (
    id integer NOT NULL,
    project_id text NOT NULL,
    volume_number integer NOT NULL,
    title text NOT NULL,
    summary text DEFAULT ''::text NOT NULL,
    planned_chapters integer DEFAULT 0 NOT NULL,
    label text
);
CREATE SEQUENCE volumes_id_seq AS integer;
ALTER SEQUENCE volumes_id_seq OWNED BY volumes.id;
CREATE TABLE writing_days (
    id integer NOT NULL,
    project_id text NOT NULL,
    day text NOT NULL,
    own_words integer DEFAULT 0 NOT NULL,
    model_words integer DEFAULT 0 NOT NULL
);
CREATE SEQUENCE writing_days_id_seq AS integer;
ALTER SEQUENCE writing_days_id_seq OWNED BY writing_days.id;
CREATE TABLE writing_guides (
    project_id text NOT NULL,
    persona text DEFAULT ''::text NOT NULL,
    style_samples json DEFAULT '[]'::json NOT NULL,
    constitution json DEFAULT '[]'::json NOT NULL,
    updated_at timestamp without time zone NOT NULL
);
CREATE TABLE writing_targets (
    project_id text NOT NULL,
    chapter_words integer DEFAULT 0 NOT NULL,
    day_words integer DEFAULT 0 NOT NULL,
    book_words integer DEFAULT 0 NOT NULL
);
ALTER TABLE ONLY analysis_batches ALTER COLUMN id SET DEFAULT nextval('analysis_batches_id_seq'::regclass);
ALTER TABLE ONLY analysis_errors ALTER COLUMN id SET DEFAULT nextval('analysis_errors_id_seq'::regclass);
ALTER TABLE ONLY analysis_notifications ALTER COLUMN id SET DEFAULT nextval('analysis_notifications_id_seq'::regclass);
ALTER TABLE ONLY auto_runs ALTER COLUMN id SET DEFAULT nextval('auto_runs_id_seq'::regclass);
ALTER TABLE ONLY blueprint_characters ALTER COLUMN id SET DEFAULT nextval('blueprint_characters_id_seq'::regclass);
ALTER TABLE ONLY blueprint_relationships ALTER COLUMN id SET DEFAULT nextval('blueprint_relationships_id_seq'::regclass);
ALTER TABLE ONLY call_places ALTER COLUMN id SET DEFAULT nextval('call_places_id_seq'::regclass);
ALTER TABLE ONLY chapter_candidates ALTER COLUMN id SET DEFAULT nextval('chapter_candidates_id_seq'::regclass);
ALTER TABLE ONLY chapter_comments ALTER COLUMN id SET DEFAULT nextval('chapter_comments_id_seq'::regclass);
ALTER TABLE ONLY chapter_evaluations ALTER COLUMN id SET DEFAULT nextval('chapter_evaluations_id_seq'::regclass);
ALTER TABLE ONLY chapter_outlines ALTER COLUMN id SET DEFAULT nextval('chapter_outlines_id_seq'::regclass);
ALTER TABLE ONLY chapter_snapshots ALTER COLUMN id SET DEFAULT nextval('chapter_snapshots_id_seq'::regclass);
ALTER TABLE ONLY chapter_versions ALTER COLUMN id SET DEFAULT nextval('chapter_versions_id_seq'::regclass);
ALTER TABLE ONLY chapters ALTER COLUMN id SET DEFAULT nextval('chapters_id_seq'::regclass);
ALTER TABLE ONLY codex_alerts ALTER COLUMN id SET DEFAULT nextval('codex_alerts_id_seq'::regclass);
ALTER TABLE ONLY codex_entries ALTER COLUMN id SET DEFAULT nextval('codex_entries_id_seq'::regclass);
ALTER TABLE ONLY codex_facts ALTER COLUMN id SET DEFAULT nextval('codex_facts_id_seq'::regclass);
ALTER TABLE ONLY codex_journal ALTER COLUMN id SET DEFAULT nextval('codex_journal_id_seq'::regclass);
ALTER TABLE ONLY instructions_aside ALTER COLUMN id SET DEFAULT nextval('instructions_aside_id_seq'::regclass);
ALTER TABLE ONLY kept_answers ALTER COLUMN id SET DEFAULT nextval('kept_answers_id_seq'::regclass);
ALTER TABLE ONLY model_calls ALTER COLUMN id SET DEFAULT nextval('model_calls_id_seq'::regclass);
ALTER TABLE ONLY novel_conversations ALTER COLUMN id SET DEFAULT nextval('novel_conversations_id_seq'::regclass);
ALTER TABLE ONLY outline_runs ALTER COLUMN id SET DEFAULT nextval('outline_runs_id_seq'::regclass);
ALTER TABLE ONLY passage_revisions ALTER COLUMN id SET DEFAULT nextval('passage_revisions_id_seq'::regclass);
ALTER TABLE ONLY passages ALTER COLUMN id SET DEFAULT nextval('passages_id_seq'::regclass);
ALTER TABLE ONLY pending_analysis ALTER COLUMN id SET DEFAULT nextval('pending_analysis_id_seq'::regclass);
ALTER TABLE ONLY story_summaries ALTER COLUMN id SET DEFAULT nextval('story_summaries_id_seq'::regclass);
ALTER TABLE ONLY volumes ALTER COLUMN id SET DEFAULT nextval('volumes_id_seq'::regclass);
ALTER TABLE ONLY writing_days ALTER COLUMN id SET DEFAULT nextval('writing_days_id_seq'::regclass);
INSERT INTO alembic_version VALUES ('0020');
INSERT INTO analysis_durations VALUES ('1', 0, 0, 0);
INSERT INTO analysis_durations VALUES ('5', 0, 0, 0);
INSERT INTO analysis_durations VALUES ('10', 0, 0, 0);
INSERT INTO analysis_durations VALUES ('30', 0, 0, 0);
INSERT INTO analysis_durations VALUES ('60', 0, 0, 0);
INSERT INTO analysis_durations VALUES ('120', 0, 0, 0);
INSERT INTO analysis_durations VALUES ('300', 0, 0, 0);
INSERT INTO analysis_durations VALUES ('600', 0, 0, 0);
INSERT INTO analysis_durations VALUES ('900', 0, 0, 0);
INSERT INTO analysis_durations VALUES ('+Inf', 0, 0, 0);
INSERT INTO analysis_durations VALUES ('1', 1, 0, 0);
INSERT INTO analysis_durations VALUES ('1', 2, 0, 0);
INSERT INTO analysis_durations VALUES ('1', 3, 0, 0);
INSERT INTO analysis_durations VALUES ('1', 4, 0, 0);
INSERT INTO analysis_durations VALUES ('1', 5, 0, 0);
INSERT INTO analysis_durations VALUES ('1', 6, 0, 0);
INSERT INTO analysis_durations VALUES ('1', 7, 0, 0);
INSERT INTO analysis_durations VALUES ('5', 1, 0, 0);
INSERT INTO analysis_durations VALUES ('5', 2, 0, 0);
INSERT INTO analysis_durations VALUES ('5', 3, 0, 0);
INSERT INTO analysis_durations VALUES ('5', 4, 0, 0);
INSERT INTO analysis_durations VALUES ('5', 5, 0, 0);
INSERT INTO analysis_durations VALUES ('5', 6, 0, 0);
INSERT INTO analysis_durations VALUES ('5', 7, 0, 0);
INSERT INTO analysis_durations VALUES ('10', 1, 0, 0);
INSERT INTO analysis_durations VALUES ('10', 2, 0, 0);
INSERT INTO analysis_durations VALUES ('10', 3, 0, 0);
INSERT INTO analysis_durations VALUES ('10', 4, 0, 0);
INSERT INTO analysis_durations VALUES ('10', 5, 0, 0);
INSERT INTO analysis_durations VALUES ('10', 6, 0, 0);
INSERT INTO analysis_durations VALUES ('10', 7, 0, 0);
INSERT INTO analysis_durations VALUES ('30', 1, 0, 0);
INSERT INTO analysis_durations VALUES ('30', 2, 0, 0);
INSERT INTO analysis_durations VALUES ('30', 3, 0, 0);
INSERT INTO analysis_durations VALUES ('30', 4, 0, 0);
INSERT INTO analysis_durations VALUES ('30', 5, 0, 0);
INSERT INTO analysis_durations VALUES ('30', 6, 0, 0);
INSERT INTO analysis_durations VALUES ('30', 7, 0, 0);
INSERT INTO analysis_durations VALUES ('60', 1, 0, 0);
INSERT INTO analysis_durations VALUES ('60', 2, 0, 0);
INSERT INTO analysis_durations VALUES ('60', 3, 0, 0);
INSERT INTO analysis_durations VALUES ('60', 4, 0, 0);
INSERT INTO analysis_durations VALUES ('60', 5, 0, 0);
INSERT INTO analysis_durations VALUES ('60', 6, 0, 0);
INSERT INTO analysis_durations VALUES ('60', 7, 0, 0);
INSERT INTO analysis_durations VALUES ('120', 1, 0, 0);
INSERT INTO analysis_durations VALUES ('120', 2, 0, 0);
INSERT INTO analysis_durations VALUES ('120', 3, 0, 0);
INSERT INTO analysis_durations VALUES ('120', 4, 0, 0);
INSERT INTO analysis_durations VALUES ('120', 5, 0, 0);
INSERT INTO analysis_durations VALUES ('120', 6, 0, 0);
INSERT INTO analysis_durations VALUES ('120', 7, 0, 0);
INSERT INTO analysis_durations VALUES ('300', 1, 0, 0);
INSERT INTO analysis_durations VALUES ('300', 2, 0, 0);
INSERT INTO analysis_durations VALUES ('300', 3, 0, 0);
INSERT INTO analysis_durations VALUES ('300', 4, 0, 0);
INSERT INTO analysis_durations VALUES ('300', 5, 0, 0);
INSERT INTO analysis_durations VALUES ('300', 6, 0, 0);
INSERT INTO analysis_durations VALUES ('300', 7, 0, 0);
INSERT INTO analysis_durations VALUES ('600', 1, 0, 0);
INSERT INTO analysis_durations VALUES ('600', 2, 0, 0);
INSERT INTO analysis_durations VALUES ('600', 3, 0, 0);
INSERT INTO analysis_durations VALUES ('600', 4, 0, 0);
INSERT INTO analysis_durations VALUES ('600', 5, 0, 0);
INSERT INTO analysis_durations VALUES ('600', 6, 0, 0);
INSERT INTO analysis_durations VALUES ('600', 7, 0, 0);
INSERT INTO analysis_durations VALUES ('900', 1, 0, 0);
INSERT INTO analysis_durations VALUES ('900', 2, 0, 0);
INSERT INTO analysis_durations VALUES ('900', 3, 0, 0);
INSERT INTO analysis_durations VALUES ('900', 4, 0, 0);
INSERT INTO analysis_durations VALUES ('900', 5, 0, 0);
INSERT INTO analysis_durations VALUES ('900', 6, 0, 0);
INSERT INTO analysis_durations VALUES ('900', 7, 0, 0);
INSERT INTO analysis_durations VALUES ('+Inf', 1, 0, 0);
INSERT INTO analysis_durations VALUES ('+Inf', 2, 0, 0);
INSERT INTO analysis_durations VALUES ('+Inf', 3, 0, 0);
INSERT INTO analysis_durations VALUES ('+Inf', 4, 0, 0);
INSERT INTO analysis_durations VALUES ('+Inf', 5, 0, 0);
INSERT INTO analysis_durations VALUES ('+Inf', 6, 0, 0);
INSERT INTO analysis_durations VALUES ('+Inf', 7, 0, 0);
INSERT INTO chapter_versions VALUES (1, 1, '', 'model', '', 'Two words.', 1, NULL, '2026-01-02 03:04:05.000006');
INSERT INTO chapters VALUES (1, '00000000-0000-4000-8000-000000000001', 1, '', 'successful', 2, 1, NULL, '2026-01-02 03:04:05.000006', '2026-01-02 03:04:05.000006');
INSERT INTO novel_projects VALUES ('00000000-0000-4000-8000-000000000001', '灯塔', '', 'en', 'draft', NULL, '', '', '2026-01-02 03:04:05.000006', '2026-01-02 03:04:05.000006');
SELECT pg_catalog.setval('analysis_batches_id_seq', 1, false);
SELECT pg_catalog.setval('analysis_errors_id_seq', 1, false);
SELECT pg_catalog.setval('analysis_notifications_id_seq', 1, false);
SELECT pg_catalog.setval('auto_runs_id_seq', 1, false);
SELECT pg_catalog.setval('blueprint_characters_id_seq', 1, false);
SELECT pg_catalog.setval('blueprint_relationships_id_seq', 1, false);
SELECT pg_catalog.setval('call_places_id_seq', 1, false);
SELECT pg_catalog.setval('chapter_candidates_id_seq', 1, false);
SELECT pg_catalog.setval('chapter_comments_id_seq', 1, false);
SELECT pg_catalog.setval('chapter_evaluations_id_seq', 1, false);
SELECT pg_catalog.setval('chapter_outlines_id_seq', 1, false);
SELECT pg_catalog.setval('chapter_snapshots_id_seq', 1, false);
SELECT pg_catalog.setval('chapter_versions_id_seq', 1, true);
SELECT pg_catalog.setval('chapters_id_seq', 1, true);
SELECT pg_catalog.setval('codex_alerts_id_seq', 1, false);
SELECT pg_catalog.setval('codex_entries_id_seq', 1, false);
SELECT pg_catalog.setval('codex_facts_id_seq', 1, false);
SELECT pg_catalog.setval('codex_journal_id_seq', 1, false);
SELECT pg_catalog.setval('instructions_aside_id_seq', 1, false);
SELECT pg_catalog.setval('kept_answers_id_seq', 1, false);
SELECT pg_catalog.setval('model_calls_id_seq', 1, false);
SELECT pg_catalog.setval('novel_conversations_id_seq', 1, false);
SELECT pg_catalog.setval('outline_runs_id_seq', 1, false);
SELECT pg_catalog.setval('passage_revisions_id_seq', 1, false);
SELECT pg_catalog.setval('passages_id_seq', 1, false);
SELECT pg_catalog.setval('pending_analysis_id_seq', 1, false);
SELECT pg_catalog.setval('story_summaries_id_seq', 1, false);
SELECT pg_catalog.setval('volumes_id_seq', 1, false);
SELECT pg_catalog.setval('writing_days_id_seq', 1, false);
ALTER TABLE ONLY alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY passages_fts
    ADD CONSTRAINT passages_fts_pkey PRIMARY KEY (rowid);
ALTER TABLE ONLY analysis_batches
    ADD CONSTRAINT pk_analysis_batches PRIMARY KEY (id);
ALTER TABLE ONLY analysis_counts
    ADD CONSTRAINT pk_analysis_counts PRIMARY KEY (project_id);
ALTER TABLE ONLY analysis_durations
    ADD CONSTRAINT pk_analysis_durations PRIMARY KEY (bound, slot);
ALTER TABLE ONLY analysis_errors
    ADD CONSTRAINT pk_analysis_errors PRIMARY KEY (id);
ALTER TABLE ONLY analysis_notifications
    ADD CONSTRAINT pk_analysis_notifications PRIMARY KEY (id);
ALTER TABLE ONLY analysis_steps
    ADD CONSTRAINT pk_analysis_steps PRIMARY KEY (pending_analysis_id, step);
ALTER TABLE ONLY app_settings
    ADD CONSTRAINT pk_app_settings PRIMARY KEY (name);
ALTER TABLE ONLY auto_runs
    ADD CONSTRAINT pk_auto_runs PRIMARY KEY (id);
ALTER TABLE ONLY blueprint_characters
    ADD CONSTRAINT pk_blueprint_characters PRIMARY KEY (id);
ALTER TABLE ONLY blueprint_relationships
    ADD CONSTRAINT pk_blueprint_relationships PRIMARY KEY (id);
ALTER TABLE ONLY call_places
    ADD CONSTRAINT pk_call_places PRIMARY KEY (id);
ALTER TABLE ONLY call_totals
    ADD CONSTRAINT pk_call_totals PRIMARY KEY (provider, model, currency, slot);
ALTER TABLE ONLY chapter_candidates
    ADD CONSTRAINT pk_chapter_candidates PRIMARY KEY (id);
ALTER TABLE ONLY chapter_comments
    ADD CONSTRAINT pk_chapter_comments PRIMARY KEY (id);
ALTER TABLE ONLY chapter_drafts
    ADD CONSTRAINT pk_chapter_drafts PRIMARY KEY (chapter_id);
ALTER TABLE ONLY chapter_evaluations
    ADD CONSTRAINT pk_chapter_evaluations PRIMARY KEY (id);
ALTER TABLE ONLY chapter_notes
    ADD CONSTRAINT pk_chapter_notes PRIMARY KEY (chapter_id);
ALTER TABLE ONLY chapter_outlines
    ADD CONSTRAINT pk_chapter_outlines PRIMARY KEY (id);
ALTER TABLE ONLY chapter_snapshots
    ADD CONSTRAINT pk_chapter_snapshots PRIMARY KEY (id);
ALTER TABLE ONLY chapter_versions
    ADD CONSTRAINT pk_chapter_versions PRIMARY KEY (id);
ALTER TABLE ONLY chapter_writers
    ADD CONSTRAINT pk_chapter_writers PRIMARY KEY (chapter_id);
ALTER TABLE ONLY chapters
    ADD CONSTRAINT pk_chapters PRIMARY KEY (id);
ALTER TABLE ONLY codex_alerts
    ADD CONSTRAINT pk_codex_alerts PRIMARY KEY (id);
ALTER TABLE ONLY codex_entries
    ADD CONSTRAINT pk_codex_entries PRIMARY KEY (id);
ALTER TABLE ONLY codex_facts
    ADD CONSTRAINT pk_codex_facts PRIMARY KEY (id);
ALTER TABLE ONLY codex_journal
    ADD CONSTRAINT pk_codex_journal PRIMARY KEY (id);
ALTER TABLE ONLY concept_briefs
    ADD CONSTRAINT pk_concept_briefs PRIMARY KEY (project_id);
ALTER TABLE ONLY context_choices
    ADD CONSTRAINT pk_context_choices PRIMARY KEY (chapter_id, kind, key);
ALTER TABLE ONLY instructions_aside
    ADD CONSTRAINT pk_instructions_aside PRIMARY KEY (id);
ALTER TABLE ONLY kept_answers
    ADD CONSTRAINT pk_kept_answers PRIMARY KEY (id);
ALTER TABLE ONLY model_calls
    ADD CONSTRAINT pk_model_calls PRIMARY KEY (id);
ALTER TABLE ONLY model_traits
    ADD CONSTRAINT pk_model_traits PRIMARY KEY (profile_id, address, model);
ALTER TABLE ONLY novel_blueprints
    ADD CONSTRAINT pk_novel_blueprints PRIMARY KEY (project_id);
ALTER TABLE ONLY novel_conversations
    ADD CONSTRAINT pk_novel_conversations PRIMARY KEY (id);
ALTER TABLE ONLY novel_projects
    ADD CONSTRAINT pk_novel_projects PRIMARY KEY (id);
ALTER TABLE ONLY novel_spelling
    ADD CONSTRAINT pk_novel_spelling PRIMARY KEY (project_id);
ALTER TABLE ONLY novel_words
    ADD CONSTRAINT pk_novel_words PRIMARY KEY (project_id, word);
ALTER TABLE ONLY outline_runs
    ADD CONSTRAINT pk_outline_runs PRIMARY KEY (id);
ALTER TABLE ONLY passage_revisions
    ADD CONSTRAINT pk_passage_revisions PRIMARY KEY (id);
ALTER TABLE ONLY passages
    ADD CONSTRAINT pk_passages PRIMARY KEY (id);
ALTER TABLE ONLY pending_analysis
    ADD CONSTRAINT pk_pending_analysis PRIMARY KEY (id);
ALTER TABLE ONLY prompt_overrides
    ADD CONSTRAINT pk_prompt_overrides PRIMARY KEY (project_id, name, language);
ALTER TABLE ONLY provider_circuits
    ADD CONSTRAINT pk_provider_circuits PRIMARY KEY (provider);
ALTER TABLE ONLY provider_profiles
    ADD CONSTRAINT pk_provider_profiles PRIMARY KEY (id);
ALTER TABLE ONLY provider_routes
    ADD CONSTRAINT pk_provider_routes PRIMARY KEY (task, "position");
ALTER TABLE ONLY story_summaries
    ADD CONSTRAINT pk_story_summaries PRIMARY KEY (id);
ALTER TABLE ONLY volumes
    ADD CONSTRAINT pk_volumes PRIMARY KEY (id);
ALTER TABLE ONLY writing_days
    ADD CONSTRAINT pk_writing_days PRIMARY KEY (id);
ALTER TABLE ONLY writing_guides
    ADD CONSTRAINT pk_writing_guides PRIMARY KEY (project_id);
ALTER TABLE ONLY writing_targets
    ADD CONSTRAINT pk_writing_targets PRIMARY KEY (project_id);
ALTER TABLE ONLY chapter_candidates
    ADD CONSTRAINT uq_chapter_candidates_chapter_id_round_position UNIQUE (chapter_id, round, "position");
ALTER TABLE ONLY chapter_outlines
    ADD CONSTRAINT uq_chapter_outlines_project_id_chapter_number UNIQUE (project_id, chapter_number);
ALTER TABLE ONLY chapters
    ADD CONSTRAINT uq_chapters_project_id_chapter_number UNIQUE (project_id, chapter_number);
ALTER TABLE ONLY codex_alerts
    ADD CONSTRAINT uq_codex_alerts_entry_id_signature UNIQUE (entry_id, signature);
ALTER TABLE ONLY novel_conversations
    ADD CONSTRAINT uq_novel_conversations_project_id_seq UNIQUE (project_id, seq);
ALTER TABLE ONLY story_summaries
    ADD CONSTRAINT uq_story_summaries_project_id_level_first_chapter UNIQUE (project_id, level, first_chapter);
ALTER TABLE ONLY volumes
    ADD CONSTRAINT uq_volumes_project_id_volume_number UNIQUE (project_id, volume_number);
ALTER TABLE ONLY writing_days
    ADD CONSTRAINT uq_writing_days_project_id_day UNIQUE (project_id, day);
CREATE INDEX ix_analysis_batches_project_id ON analysis_batches USING btree (project_id);
CREATE INDEX ix_analysis_errors_pending_analysis_id ON analysis_errors USING btree (pending_analysis_id);
CREATE INDEX ix_analysis_notifications_chapter_id ON analysis_notifications USING btree (chapter_id);
CREATE INDEX ix_analysis_notifications_pending_analysis_id ON analysis_notifications USING btree (pending_analysis_id);
CREATE INDEX ix_analysis_notifications_unread ON analysis_notifications USING btree (id) WHERE (is_read = 0);
CREATE INDEX ix_blueprint_characters_project_id ON blueprint_characters USING btree (project_id);
CREATE INDEX ix_blueprint_relationships_project_id ON blueprint_relationships USING btree (project_id);
CREATE INDEX ix_call_places_model_place_started_at ON call_places USING btree (model_place, started_at);
CREATE INDEX ix_chapter_candidates_version_id ON chapter_candidates USING btree (version_id) WHERE (version_id IS NOT NULL);
CREATE INDEX ix_chapter_comments_chapter_id ON chapter_comments USING btree (chapter_id);
CREATE INDEX ix_chapter_evaluations_chapter_id ON chapter_evaluations USING btree (chapter_id);
CREATE INDEX ix_chapter_evaluations_version_id ON chapter_evaluations USING btree (version_id);
CREATE INDEX ix_chapter_outlines_volume_id ON chapter_outlines USING btree (volume_id);
CREATE INDEX ix_chapter_snapshots_chapter_id_id ON chapter_snapshots USING btree (chapter_id, id);
CREATE INDEX ix_chapter_versions_chapter_id ON chapter_versions USING btree (chapter_id);
CREATE INDEX ix_chapters_selected_version_id ON chapters USING btree (selected_version_id);
CREATE INDEX ix_codex_alerts_chapter_id ON codex_alerts USING btree (chapter_id);
CREATE INDEX ix_codex_alerts_earlier_fact_id ON codex_alerts USING btree (earlier_fact_id);
CREATE INDEX ix_codex_alerts_fact_id ON codex_alerts USING btree (fact_id);
CREATE INDEX ix_codex_alerts_project_id_status ON codex_alerts USING btree (project_id, status);
CREATE INDEX ix_codex_entries_merged_into ON codex_entries USING btree (merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX ix_codex_entries_project_id_kind ON codex_entries USING btree (project_id, kind);
CREATE INDEX ix_codex_facts_chapter_id ON codex_facts USING btree (chapter_id);
CREATE INDEX ix_codex_facts_entry_id ON codex_facts USING btree (entry_id);
CREATE INDEX ix_codex_facts_other_entry_id ON codex_facts USING btree (other_entry_id) WHERE (other_entry_id IS NOT NULL);
CREATE INDEX ix_codex_facts_pending_analysis_id ON codex_facts USING btree (pending_analysis_id);
CREATE INDEX ix_codex_journal_entry_id ON codex_journal USING btree (entry_id);
CREATE INDEX ix_codex_journal_project_id_id ON codex_journal USING btree (project_id, id);
CREATE INDEX ix_instructions_aside_project_id ON instructions_aside USING btree (project_id);
CREATE INDEX ix_kept_answers_chapter_id ON kept_answers USING btree (chapter_id);
CREATE INDEX ix_kept_answers_project_id ON kept_answers USING btree (project_id);
CREATE INDEX ix_model_calls_auto_run_id ON model_calls USING btree (auto_run_id) WHERE (auto_run_id IS NOT NULL);
CREATE INDEX ix_model_calls_chapter_id ON model_calls USING btree (chapter_id) WHERE (chapter_id IS NOT NULL);
CREATE INDEX ix_model_calls_project_id_started_at ON model_calls USING btree (project_id, started_at);
CREATE INDEX ix_model_calls_started_at ON model_calls USING btree (started_at);
CREATE INDEX ix_outline_runs_project_id ON outline_runs USING btree (project_id);
CREATE INDEX ix_passage_revisions_chapter_id ON passage_revisions USING btree (chapter_id);
CREATE INDEX ix_passages_chapter_id_position ON passages USING btree (chapter_id, "position");
CREATE INDEX ix_passages_fts_terms ON passages_fts USING gin (terms);
CREATE INDEX ix_passages_project_id ON passages USING btree (project_id);
CREATE INDEX ix_pending_analysis_batch_id ON pending_analysis USING btree (batch_id) WHERE (batch_id IS NOT NULL);
CREATE INDEX ix_pending_analysis_chapter_id ON pending_analysis USING btree (chapter_id);
CREATE INDEX ix_pending_analysis_chapter_version_id ON pending_analysis USING btree (chapter_version_id);
CREATE INDEX ix_pending_analysis_claim ON pending_analysis USING btree (claim_rank, id) WHERE ((status = 'pending'::text) AND (held = 0));
CREATE INDEX ix_pending_analysis_finished ON pending_analysis USING btree (project_id, updated_at) WHERE (status = ANY (ARRAY['completed'::text, 'failed'::text, 'cancelled'::text]));
CREATE INDEX ix_pending_analysis_held ON pending_analysis USING btree (claim_rank, id) WHERE ((status = 'pending'::text) AND (held = 1));
CREATE INDEX ix_pending_analysis_leases ON pending_analysis USING btree (lease_expires_at) WHERE (status = 'processing'::text);
CREATE INDEX ix_pending_analysis_project_id_status ON pending_analysis USING btree (project_id, status);
CREATE UNIQUE INDEX uq_analysis_notifications_attempt ON analysis_notifications USING btree (pending_analysis_id, notification_type, attempt) WHERE (attempt > 0);
CREATE UNIQUE INDEX uq_auto_runs_unfinished ON auto_runs USING btree (project_id) WHERE (status = ANY (ARRAY['running'::text, 'paused'::text]));
CREATE UNIQUE INDEX uq_pending_analysis_unfinished ON pending_analysis USING btree (chapter_id) WHERE (status = ANY (ARRAY['pending'::text, 'processing'::text]));
CREATE TRIGGER count_calls_arrive AFTER INSERT ON model_calls REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_calls_arrive();
CREATE TRIGGER count_calls_leave AFTER DELETE ON model_calls REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_calls_leave();
CREATE TRIGGER count_tasks_arrive AFTER INSERT ON pending_analysis REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_tasks_arrive();
CREATE TRIGGER count_tasks_change AFTER UPDATE ON pending_analysis REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_tasks_change();
CREATE TRIGGER count_tasks_leave AFTER DELETE ON pending_analysis REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_tasks_leave();
ALTER TABLE ONLY analysis_batches
    ADD CONSTRAINT fk_analysis_batches_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY analysis_errors
    ADD CONSTRAINT fk_analysis_errors_pending_analysis_id FOREIGN KEY (pending_analysis_id) REFERENCES pending_analysis(id) ON DELETE CASCADE;
ALTER TABLE ONLY analysis_notifications
    ADD CONSTRAINT fk_analysis_notifications_chapter_id FOREIGN KEY (chapter_id) REFERENCES chapters(id) ON DELETE CASCADE;
ALTER TABLE ONLY analysis_notifications
    ADD CONSTRAINT fk_analysis_notifications_pending_analysis_id FOREIGN KEY (pending_analysis_id) REFERENCES pending_analysis(id) ON DELETE CASCADE;
ALTER TABLE ONLY analysis_steps
    ADD CONSTRAINT fk_analysis_steps_pending_analysis_id FOREIGN KEY (pending_analysis_id) REFERENCES pending_analysis(id) ON DELETE CASCADE;
ALTER TABLE ONLY auto_runs
    ADD CONSTRAINT fk_auto_runs_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY blueprint_characters
    ADD CONSTRAINT fk_blueprint_characters_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY blueprint_relationships
    ADD CONSTRAINT fk_blueprint_relationships_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY chapter_candidates
    ADD CONSTRAINT fk_chapter_candidates_chapter_id FOREIGN KEY (chapter_id) REFERENCES chapters(id) ON DELETE CASCADE;
ALTER TABLE ONLY chapter_candidates
    ADD CONSTRAINT fk_chapter_candidates_version_id FOREIGN KEY (version_id) REFERENCES chapter_versions(id) ON DELETE SET NULL;
ALTER TABLE ONLY chapter_comments
    ADD CONSTRAINT fk_chapter_comments_chapter_id FOREIGN KEY (chapter_id) REFERENCES chapters(id) ON DELETE CASCADE;
ALTER TABLE ONLY chapter_drafts
    ADD CONSTRAINT fk_chapter_drafts_chapter_id FOREIGN KEY (chapter_id) REFERENCES chapters(id) ON DELETE CASCADE;
ALTER TABLE ONLY chapter_evaluations
    ADD CONSTRAINT fk_chapter_evaluations_chapter_id FOREIGN KEY (chapter_id) REFERENCES chapters(id) ON DELETE CASCADE;
ALTER TABLE ONLY chapter_evaluations
    ADD CONSTRAINT fk_chapter_evaluations_version_id FOREIGN KEY (version_id) REFERENCES chapter_versions(id) ON DELETE CASCADE;
ALTER TABLE ONLY chapter_notes
    ADD CONSTRAINT fk_chapter_notes_chapter_id FOREIGN KEY (chapter_id) REFERENCES chapters(id) ON DELETE CASCADE;
ALTER TABLE ONLY chapter_outlines
    ADD CONSTRAINT fk_chapter_outlines_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY chapter_outlines
    ADD CONSTRAINT fk_chapter_outlines_volume_id FOREIGN KEY (volume_id) REFERENCES volumes(id) ON DELETE SET NULL;
ALTER TABLE ONLY chapter_snapshots
    ADD CONSTRAINT fk_chapter_snapshots_chapter_id FOREIGN KEY (chapter_id) REFERENCES chapters(id) ON DELETE CASCADE;
ALTER TABLE ONLY chapter_versions
    ADD CONSTRAINT fk_chapter_versions_chapter_id FOREIGN KEY (chapter_id) REFERENCES chapters(id) ON DELETE CASCADE;
ALTER TABLE ONLY chapter_writers
    ADD CONSTRAINT fk_chapter_writers_chapter_id FOREIGN KEY (chapter_id) REFERENCES chapters(id) ON DELETE CASCADE;
ALTER TABLE ONLY chapters
    ADD CONSTRAINT fk_chapters_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY chapters
    ADD CONSTRAINT fk_chapters_selected_version_id FOREIGN KEY (selected_version_id) REFERENCES chapter_versions(id) ON DELETE SET NULL;
ALTER TABLE ONLY codex_alerts
    ADD CONSTRAINT fk_codex_alerts_chapter_id FOREIGN KEY (chapter_id) REFERENCES chapters(id) ON DELETE CASCADE;
ALTER TABLE ONLY codex_alerts
    ADD CONSTRAINT fk_codex_alerts_earlier_fact_id FOREIGN KEY (earlier_fact_id) REFERENCES codex_facts(id) ON DELETE SET NULL;
ALTER TABLE ONLY codex_alerts
    ADD CONSTRAINT fk_codex_alerts_entry_id FOREIGN KEY (entry_id) REFERENCES codex_entries(id) ON DELETE CASCADE;
ALTER TABLE ONLY codex_alerts
    ADD CONSTRAINT fk_codex_alerts_fact_id FOREIGN KEY (fact_id) REFERENCES codex_facts(id) ON DELETE SET NULL;
ALTER TABLE ONLY codex_alerts
    ADD CONSTRAINT fk_codex_alerts_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY codex_entries
    ADD CONSTRAINT fk_codex_entries_merged_into FOREIGN KEY (merged_into) REFERENCES codex_entries(id) ON DELETE SET NULL;
ALTER TABLE ONLY codex_entries
    ADD CONSTRAINT fk_codex_entries_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY codex_facts
    ADD CONSTRAINT fk_codex_facts_chapter_id FOREIGN KEY (chapter_id) REFERENCES chapters(id) ON DELETE CASCADE;
ALTER TABLE ONLY codex_facts
    ADD CONSTRAINT fk_codex_facts_entry_id FOREIGN KEY (entry_id) REFERENCES codex_entries(id) ON DELETE CASCADE;
ALTER TABLE ONLY codex_facts
    ADD CONSTRAINT fk_codex_facts_other_entry_id FOREIGN KEY (other_entry_id) REFERENCES codex_entries(id) ON DELETE SET NULL;
ALTER TABLE ONLY codex_facts
    ADD CONSTRAINT fk_codex_facts_pending_analysis_id FOREIGN KEY (pending_analysis_id) REFERENCES pending_analysis(id) ON DELETE SET NULL;
ALTER TABLE ONLY codex_journal
    ADD CONSTRAINT fk_codex_journal_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY concept_briefs
    ADD CONSTRAINT fk_concept_briefs_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY context_choices
    ADD CONSTRAINT fk_context_choices_chapter_id FOREIGN KEY (chapter_id) REFERENCES chapters(id) ON DELETE CASCADE;
ALTER TABLE ONLY instructions_aside
    ADD CONSTRAINT fk_instructions_aside_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY kept_answers
    ADD CONSTRAINT fk_kept_answers_chapter_id FOREIGN KEY (chapter_id) REFERENCES chapters(id) ON DELETE CASCADE;
ALTER TABLE ONLY kept_answers
    ADD CONSTRAINT fk_kept_answers_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY model_calls
    ADD CONSTRAINT fk_model_calls_auto_run_id FOREIGN KEY (auto_run_id) REFERENCES auto_runs(id) ON DELETE SET NULL;
ALTER TABLE ONLY model_calls
    ADD CONSTRAINT fk_model_calls_chapter_id FOREIGN KEY (chapter_id) REFERENCES chapters(id) ON DELETE SET NULL;
ALTER TABLE ONLY model_calls
    ADD CONSTRAINT fk_model_calls_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE SET NULL;
ALTER TABLE ONLY novel_blueprints
    ADD CONSTRAINT fk_novel_blueprints_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY novel_conversations
    ADD CONSTRAINT fk_novel_conversations_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY novel_spelling
    ADD CONSTRAINT fk_novel_spelling_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY novel_words
    ADD CONSTRAINT fk_novel_words_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY outline_runs
    ADD CONSTRAINT fk_outline_runs_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY passage_revisions
    ADD CONSTRAINT fk_passage_revisions_chapter_id FOREIGN KEY (chapter_id) REFERENCES chapters(id) ON DELETE CASCADE;
ALTER TABLE ONLY passages
    ADD CONSTRAINT fk_passages_chapter_id FOREIGN KEY (chapter_id) REFERENCES chapters(id) ON DELETE CASCADE;
ALTER TABLE ONLY passages
    ADD CONSTRAINT fk_passages_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY pending_analysis
    ADD CONSTRAINT fk_pending_analysis_batch_id FOREIGN KEY (batch_id) REFERENCES analysis_batches(id) ON DELETE SET NULL;
ALTER TABLE ONLY pending_analysis
    ADD CONSTRAINT fk_pending_analysis_chapter_id FOREIGN KEY (chapter_id) REFERENCES chapters(id) ON DELETE CASCADE;
ALTER TABLE ONLY pending_analysis
    ADD CONSTRAINT fk_pending_analysis_chapter_version_id FOREIGN KEY (chapter_version_id) REFERENCES chapter_versions(id) ON DELETE CASCADE;
ALTER TABLE ONLY pending_analysis
    ADD CONSTRAINT fk_pending_analysis_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY prompt_overrides
    ADD CONSTRAINT fk_prompt_overrides_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY provider_routes
    ADD CONSTRAINT fk_provider_routes_profile_id FOREIGN KEY (profile_id) REFERENCES provider_profiles(id) ON DELETE CASCADE;
ALTER TABLE ONLY story_summaries
    ADD CONSTRAINT fk_story_summaries_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY volumes
    ADD CONSTRAINT fk_volumes_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY writing_days
    ADD CONSTRAINT fk_writing_days_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY writing_guides
    ADD CONSTRAINT fk_writing_guides_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY writing_targets
    ADD CONSTRAINT fk_writing_targets_project_id FOREIGN KEY (project_id) REFERENCES novel_projects(id) ON DELETE CASCADE;
ALTER TABLE ONLY passages_fts
    ADD CONSTRAINT passages_fts_rowid_fkey FOREIGN KEY (rowid) REFERENCES passages(id) ON DELETE CASCADE;
