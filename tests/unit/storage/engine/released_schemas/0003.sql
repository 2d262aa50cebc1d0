BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
CREATE TABLE analysis_batches (
	id INTEGER NOT NULL, 
	project_id VARCHAR(36) NOT NULL, 
	status VARCHAR(16) DEFAULT 'running' NOT NULL, 
	total INTEGER NOT NULL, 
	estimate JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	completed_at DATETIME, 
	CONSTRAINT pk_analysis_batches PRIMARY KEY (id), 
	CONSTRAINT fk_analysis_batches_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE
);
CREATE TABLE analysis_errors (
	id INTEGER NOT NULL, 
	pending_analysis_id INTEGER NOT NULL, 
	attempt INTEGER NOT NULL, 
	step VARCHAR(32), 
	error_type VARCHAR(64) NOT NULL, 
	error_message TEXT NOT NULL, 
	provider VARCHAR(255) DEFAULT '' NOT NULL, 
	created_at DATETIME NOT NULL, model VARCHAR(255) DEFAULT '' NOT NULL, 
	CONSTRAINT pk_analysis_errors PRIMARY KEY (id), 
	CONSTRAINT fk_analysis_errors_pending_analysis_id FOREIGN KEY(pending_analysis_id) REFERENCES pending_analysis (id) ON DELETE CASCADE
);
INSERT INTO "analysis_errors" VALUES(1,2,1,'summary','unauthorized','401','x','2026-11-24 04:22:23.570575','');
INSERT INTO "analysis_errors" VALUES(2,2,2,'summary','unauthorized','401','x','2026-11-24 04:22:23.574993','');
CREATE TABLE analysis_notifications (
	id INTEGER NOT NULL, 
	pending_analysis_id INTEGER NOT NULL, 
	chapter_id INTEGER NOT NULL, 
	notification_type VARCHAR(16) NOT NULL, 
	title TEXT NOT NULL, 
	message TEXT DEFAULT '' NOT NULL, 
	data JSON NOT NULL, 
	is_read INTEGER DEFAULT '0' NOT NULL, 
	created_at DATETIME NOT NULL, 
	read_at DATETIME, attempt INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_analysis_notifications PRIMARY KEY (id), 
	CONSTRAINT fk_analysis_notifications_chapter_id FOREIGN KEY(chapter_id) REFERENCES chapters (id) ON DELETE CASCADE, 
	CONSTRAINT fk_analysis_notifications_pending_analysis_id FOREIGN KEY(pending_analysis_id) REFERENCES pending_analysis (id) ON DELETE CASCADE
);
INSERT INTO "analysis_notifications" VALUES(1,1,1,'completed','Chapter 1: The Harbour is analysed','1 new characters, 0 changes, 0 world entries, 1 seeds planted; 1 without evidence left out','{"characters": 1, "changes": 0, "world": 0, "seeds": 1, "low_confidence": 0, "unsupported": 1}',0,'2026-11-24 04:22:23.567692',NULL,0);
INSERT INTO "analysis_notifications" VALUES(2,2,2,'failed','Chapter 2: The Letter could not be analysed','401','{"error_type": "unauthorized"}',0,'2026-11-24 04:22:23.570992',NULL,0);
INSERT INTO "analysis_notifications" VALUES(3,2,2,'failed','Chapter 2: The Letter could not be analysed','401','{"error_type": "unauthorized"}',0,'2026-11-24 04:22:23.575114',NULL,0);
CREATE TABLE analysis_steps (
	pending_analysis_id INTEGER NOT NULL, 
	step VARCHAR(32) NOT NULL, 
	result JSON NOT NULL, 
	token_usage JSON NOT NULL, 
	duration_seconds FLOAT NOT NULL, 
	completed_at DATETIME NOT NULL, provider VARCHAR(255) DEFAULT '' NOT NULL, model VARCHAR(255) DEFAULT '' NOT NULL, cost FLOAT, 
	CONSTRAINT pk_analysis_steps PRIMARY KEY (pending_analysis_id, step), 
	CONSTRAINT fk_analysis_steps_pending_analysis_id FOREIGN KEY(pending_analysis_id) REFERENCES pending_analysis (id) ON DELETE CASCADE
);
INSERT INTO "analysis_steps" VALUES(1,'summary','{"summary": "Mara comes home."}','{"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15, "estimated": false}',1.5,'2026-11-24 04:22:23.563453','','',NULL);
CREATE TABLE app_settings (
	name VARCHAR(64) NOT NULL, 
	value JSON NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_app_settings PRIMARY KEY (name)
);
INSERT INTO "app_settings" VALUES('queue','{"poll_seconds": 7, "max_concurrent": 3, "task_timeout_seconds": 600, "paused": false}','2026-11-24 04:22:23.576938');
CREATE TABLE blueprint_characters (
	id INTEGER NOT NULL, 
	project_id VARCHAR(36) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	identity VARCHAR(255), 
	personality TEXT, 
	goals TEXT, 
	abilities TEXT, 
	relationship_to_protagonist TEXT, 
	extra JSON, 
	position INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_blueprint_characters PRIMARY KEY (id), 
	CONSTRAINT fk_blueprint_characters_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE
);
CREATE TABLE blueprint_relationships (
	id INTEGER NOT NULL, 
	project_id VARCHAR(36) NOT NULL, 
	character_from VARCHAR(255) NOT NULL, 
	character_to VARCHAR(255) NOT NULL, 
	description TEXT, 
	position INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_blueprint_relationships PRIMARY KEY (id), 
	CONSTRAINT fk_blueprint_relationships_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE
);
CREATE TABLE chapter_drafts (
	chapter_id INTEGER NOT NULL, 
	content TEXT NOT NULL, 
	provider VARCHAR(255) DEFAULT '' NOT NULL, 
	owner VARCHAR(64) NOT NULL, 
	started_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_chapter_drafts PRIMARY KEY (chapter_id), 
	CONSTRAINT fk_chapter_drafts_chapter_id FOREIGN KEY(chapter_id) REFERENCES chapters (id) ON DELETE CASCADE
);
CREATE TABLE chapter_evaluations (
	id INTEGER NOT NULL, 
	chapter_id INTEGER NOT NULL, 
	version_id INTEGER, 
	decision VARCHAR(32), 
	feedback TEXT, 
	score FLOAT, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_chapter_evaluations PRIMARY KEY (id), 
	CONSTRAINT fk_chapter_evaluations_chapter_id FOREIGN KEY(chapter_id) REFERENCES chapters (id) ON DELETE CASCADE, 
	CONSTRAINT fk_chapter_evaluations_version_id FOREIGN KEY(version_id) REFERENCES chapter_versions (id) ON DELETE CASCADE
);
CREATE TABLE chapter_outlines (
	id INTEGER NOT NULL, 
	project_id VARCHAR(36) NOT NULL, 
	volume_id INTEGER, 
	chapter_number INTEGER NOT NULL, 
	title VARCHAR(255) NOT NULL, 
	summary TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_chapter_outlines PRIMARY KEY (id), 
	CONSTRAINT fk_chapter_outlines_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE, 
	CONSTRAINT fk_chapter_outlines_volume_id FOREIGN KEY(volume_id) REFERENCES volumes (id) ON DELETE SET NULL, 
	CONSTRAINT uq_chapter_outlines_project_id_chapter_number UNIQUE (project_id, chapter_number)
);
INSERT INTO "chapter_outlines" VALUES(1,'46f129a9-7bfc-49ef-9f09-4d9da58b8195',1,1,'The Harbour','Mara comes home.');
INSERT INTO "chapter_outlines" VALUES(2,'46f129a9-7bfc-49ef-9f09-4d9da58b8195',1,2,'The Letter','Mara reads.');
INSERT INTO "chapter_outlines" VALUES(3,'46f129a9-7bfc-49ef-9f09-4d9da58b8195',1,3,'The Storm','Boats.');
CREATE TABLE chapter_versions (
	id INTEGER NOT NULL, 
	chapter_id INTEGER NOT NULL, 
	version_label VARCHAR(64) DEFAULT '' NOT NULL, 
	origin VARCHAR(16) NOT NULL, 
	provider VARCHAR(255) DEFAULT '' NOT NULL, 
	content TEXT NOT NULL, 
	revision INTEGER DEFAULT '1' NOT NULL, 
	metadata JSON, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_chapter_versions PRIMARY KEY (id), 
	CONSTRAINT fk_chapter_versions_chapter_id FOREIGN KEY(chapter_id) REFERENCES chapters (id) ON DELETE CASCADE
);
INSERT INTO "chapter_versions" VALUES(1,1,'v1','author','','Mara Voss set down her bag. The lamp was dark. She had a letter.',1,'{}','2026-11-24 04:22:23.548402');
INSERT INTO "chapter_versions" VALUES(2,2,'v1','author','','Mara Voss set down her bag. The lamp was dark. She had a letter.',1,'{}','2026-11-24 04:22:23.551080');
INSERT INTO "chapter_versions" VALUES(3,3,'v1','author','','Mara Voss set down her bag. The lamp was dark. She had a letter.',1,'{}','2026-11-24 04:22:23.552671');
CREATE TABLE chapters (
	id INTEGER NOT NULL, 
	project_id VARCHAR(36) NOT NULL, 
	chapter_number INTEGER NOT NULL, 
	real_summary TEXT DEFAULT '' NOT NULL, 
	status VARCHAR(32) DEFAULT 'not_generated' NOT NULL, 
	word_count INTEGER DEFAULT '0' NOT NULL, 
	selected_version_id INTEGER, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_chapters PRIMARY KEY (id), 
	CONSTRAINT fk_chapters_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE, 
	CONSTRAINT fk_chapters_selected_version_id FOREIGN KEY(selected_version_id) REFERENCES chapter_versions (id) ON DELETE SET NULL, 
	CONSTRAINT uq_chapters_project_id_chapter_number UNIQUE (project_id, chapter_number)
);
INSERT INTO "chapters" VALUES(1,'46f129a9-7bfc-49ef-9f09-4d9da58b8195',1,'','successful',14,1,'2026-11-24 04:22:23.541028','2026-11-24 04:22:23.548977');
INSERT INTO "chapters" VALUES(2,'46f129a9-7bfc-49ef-9f09-4d9da58b8195',2,'','successful',14,2,'2026-11-24 04:22:23.541441','2026-11-24 04:22:23.551253');
INSERT INTO "chapters" VALUES(3,'46f129a9-7bfc-49ef-9f09-4d9da58b8195',3,'','successful',14,3,'2026-11-24 04:22:23.541617','2026-11-24 04:22:23.552833');
CREATE TABLE codex_alerts (
	id INTEGER NOT NULL, 
	project_id VARCHAR(36) NOT NULL, 
	chapter_id INTEGER NOT NULL, 
	entry_id INTEGER NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	attribute VARCHAR(32) DEFAULT '' NOT NULL, 
	fact_id INTEGER, 
	earlier_fact_id INTEGER, 
	signature TEXT NOT NULL, 
	quotation TEXT DEFAULT '' NOT NULL, 
	start INTEGER, 
	"end" INTEGER, 
	status VARCHAR(16) DEFAULT 'open' NOT NULL, 
	created_at DATETIME NOT NULL, 
	closed_at DATETIME, 
	CONSTRAINT pk_codex_alerts PRIMARY KEY (id), 
	CONSTRAINT fk_codex_alerts_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE, 
	CONSTRAINT fk_codex_alerts_chapter_id FOREIGN KEY(chapter_id) REFERENCES chapters (id) ON DELETE CASCADE, 
	CONSTRAINT fk_codex_alerts_entry_id FOREIGN KEY(entry_id) REFERENCES codex_entries (id) ON DELETE CASCADE, 
	CONSTRAINT fk_codex_alerts_fact_id FOREIGN KEY(fact_id) REFERENCES codex_facts (id) ON DELETE SET NULL, 
	CONSTRAINT fk_codex_alerts_earlier_fact_id FOREIGN KEY(earlier_fact_id) REFERENCES codex_facts (id) ON DELETE SET NULL, 
	CONSTRAINT uq_codex_alerts_entry_id_signature UNIQUE (entry_id, signature)
);
CREATE TABLE codex_entries (
	id INTEGER NOT NULL, 
	project_id VARCHAR(36) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	name TEXT NOT NULL, 
	aliases JSON NOT NULL, 
	attributes JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, origin VARCHAR(16) DEFAULT 'analysis' NOT NULL, description TEXT DEFAULT '' NOT NULL, due_chapter INTEGER, merged_into INTEGER CONSTRAINT fk_codex_entries_merged_into REFERENCES codex_entries (id) ON DELETE SET NULL, refused_aliases JSON DEFAULT '[]' NOT NULL, 
	CONSTRAINT pk_codex_entries PRIMARY KEY (id), 
	CONSTRAINT fk_codex_entries_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE
);
INSERT INTO "codex_entries" VALUES(1,'46f129a9-7bfc-49ef-9f09-4d9da58b8195','character','Mara Voss','[]','{"role": "main"}','2026-11-24 04:22:23.565692','2026-11-24 04:22:23.565692','analysis','',NULL,NULL,'[]');
INSERT INTO "codex_entries" VALUES(2,'46f129a9-7bfc-49ef-9f09-4d9da58b8195','foreshadowing','The letter','[]','{"seed_kind": "mystery"}','2026-11-24 04:22:23.566517','2026-11-24 04:22:23.566517','analysis','',NULL,NULL,'[]');
INSERT INTO "codex_entries" VALUES(3,'46f129a9-7bfc-49ef-9f09-4d9da58b8195','location','Far','[]','{}','2026-11-24 04:22:23.566887','2026-11-24 04:22:23.566887','analysis','',NULL,NULL,'[]');
CREATE TABLE codex_facts (
	id INTEGER NOT NULL, 
	entry_id INTEGER NOT NULL, 
	chapter_id INTEGER NOT NULL, 
	pending_analysis_id INTEGER, 
	version_id INTEGER NOT NULL, 
	version_revision INTEGER NOT NULL, 
	statement TEXT NOT NULL, 
	reason TEXT DEFAULT '' NOT NULL, 
	quotation TEXT NOT NULL, 
	start INTEGER, 
	"end" INTEGER, 
	confidence FLOAT NOT NULL, 
	status VARCHAR(16) NOT NULL, 
	created_at DATETIME NOT NULL, step VARCHAR(32) DEFAULT '' NOT NULL, effect VARCHAR(16), attribute VARCHAR(32) DEFAULT '' NOT NULL, value TEXT DEFAULT '' NOT NULL, other_entry_id INTEGER CONSTRAINT fk_codex_facts_other_entry_id REFERENCES codex_entries (id) ON DELETE SET NULL, is_stale INTEGER DEFAULT '0' NOT NULL, decided_by VARCHAR(16), aliases JSON DEFAULT '[]' NOT NULL, 
	CONSTRAINT pk_codex_facts PRIMARY KEY (id), 
	CONSTRAINT fk_codex_facts_chapter_id FOREIGN KEY(chapter_id) REFERENCES chapters (id) ON DELETE CASCADE, 
	CONSTRAINT fk_codex_facts_entry_id FOREIGN KEY(entry_id) REFERENCES codex_entries (id) ON DELETE CASCADE, 
	CONSTRAINT fk_codex_facts_pending_analysis_id FOREIGN KEY(pending_analysis_id) REFERENCES pending_analysis (id) ON DELETE SET NULL
);
INSERT INTO "codex_facts" VALUES(1,1,1,1,1,1,'The keeper''s daughter.','','Mara Voss set down her bag.',0,27,0.9,'accepted','2026-11-24 04:22:23.566076','',NULL,'','',NULL,0,NULL,'[]');
INSERT INTO "codex_facts" VALUES(2,2,1,1,1,1,'The letter','','She had a letter.',47,64,0.8,'accepted','2026-11-24 04:22:23.566716','',NULL,'','',NULL,0,NULL,'[]');
INSERT INTO "codex_facts" VALUES(3,3,1,1,1,1,'Far','','Nowhere',NULL,NULL,0.8,'unsupported','2026-11-24 04:22:23.567008','',NULL,'','',NULL,0,NULL,'[]');
CREATE TABLE codex_journal (
	id INTEGER NOT NULL, 
	project_id VARCHAR(36) NOT NULL, 
	entry_id INTEGER, 
	fact_id INTEGER, 
	chapter_id INTEGER, 
	pending_analysis_id INTEGER, 
	action VARCHAR(24) NOT NULL, 
	actor VARCHAR(16) NOT NULL, 
	"before" JSON, 
	"after" JSON, 
	created_at DATETIME NOT NULL, 
	undone_at DATETIME, 
	CONSTRAINT pk_codex_journal PRIMARY KEY (id), 
	CONSTRAINT fk_codex_journal_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE
);
CREATE TABLE novel_blueprints (
	project_id VARCHAR(36) NOT NULL, 
	title VARCHAR(255), 
	target_audience VARCHAR(255), 
	genre VARCHAR(128), 
	style TEXT, 
	tone VARCHAR(128), 
	one_sentence_summary TEXT, 
	full_synopsis TEXT, 
	world_setting JSON, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_novel_blueprints PRIMARY KEY (project_id), 
	CONSTRAINT fk_novel_blueprints_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE
);
INSERT INTO "novel_blueprints" VALUES('46f129a9-7bfc-49ef-9f09-4d9da58b8195','The Dark Lighthouse',NULL,NULL,'plain',NULL,NULL,NULL,NULL,'2026-11-24 04:22:23.538986','2026-11-24 04:22:23.538986');
CREATE TABLE novel_conversations (
	id INTEGER NOT NULL, 
	project_id VARCHAR(36) NOT NULL, 
	seq INTEGER NOT NULL, 
	role VARCHAR(32) NOT NULL, 
	content TEXT NOT NULL, 
	metadata JSON, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_novel_conversations PRIMARY KEY (id), 
	CONSTRAINT fk_novel_conversations_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE, 
	CONSTRAINT uq_novel_conversations_project_id_seq UNIQUE (project_id, seq)
);
CREATE TABLE novel_projects (
	id VARCHAR(36) NOT NULL, 
	title VARCHAR(255) NOT NULL, 
	initial_prompt TEXT DEFAULT '' NOT NULL, 
	language VARCHAR(8) DEFAULT 'en' NOT NULL, 
	status VARCHAR(32) DEFAULT 'draft' NOT NULL, 
	metadata JSON, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_novel_projects PRIMARY KEY (id)
);
INSERT INTO "novel_projects" VALUES('46f129a9-7bfc-49ef-9f09-4d9da58b8195','The Dark Lighthouse','A keeper''s daughter comes home.','en','draft',NULL,'2026-11-24 04:22:23.538986','2026-11-24 04:22:23.552833');
CREATE TABLE pending_analysis (
	id INTEGER NOT NULL, 
	chapter_id INTEGER NOT NULL, 
	project_id VARCHAR(36) NOT NULL, 
	chapter_version_id INTEGER NOT NULL, 
	version_revision INTEGER NOT NULL, 
	status VARCHAR(16) DEFAULT 'pending' NOT NULL, 
	priority INTEGER DEFAULT '5' NOT NULL, 
	attempt INTEGER DEFAULT '0' NOT NULL, 
	retry_count INTEGER DEFAULT '0' NOT NULL, 
	max_retries INTEGER DEFAULT '3' NOT NULL, 
	generation_config JSON NOT NULL, 
	result JSON, 
	current_step VARCHAR(32), 
	error_type VARCHAR(64), 
	error_message TEXT, 
	lease_owner VARCHAR(64), 
	lease_expires_at DATETIME, 
	not_before DATETIME, 
	created_at DATETIME NOT NULL, 
	started_at DATETIME, 
	completed_at DATETIME, 
	updated_at DATETIME NOT NULL, 
	duration_seconds FLOAT, 
	token_usage JSON, batch_id INTEGER CONSTRAINT fk_pending_analysis_batch_id REFERENCES analysis_batches (id) ON DELETE SET NULL, held INTEGER DEFAULT '0' NOT NULL, cost FLOAT, currency VARCHAR(8), claim_rank FLOAT DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_pending_analysis PRIMARY KEY (id), 
	CONSTRAINT fk_pending_analysis_chapter_id FOREIGN KEY(chapter_id) REFERENCES chapters (id) ON DELETE CASCADE, 
	CONSTRAINT fk_pending_analysis_chapter_version_id FOREIGN KEY(chapter_version_id) REFERENCES chapter_versions (id) ON DELETE CASCADE, 
	CONSTRAINT fk_pending_analysis_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE
);
INSERT INTO "pending_analysis" VALUES(1,1,'46f129a9-7bfc-49ef-9f09-4d9da58b8195',1,1,'completed',5,1,0,3,'{"character_tracking": true, "new_characters": true, "world_expansion": true, "foreshadowing": true, "min_chapter_length": 1000, "confidence_threshold": 0.7}','{"steps": {}}',NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-24 04:22:23.555509','2026-11-24 04:22:23.559183','2026-11-24 04:22:23.567166','2026-11-24 04:22:23.567224',1.5,'{"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15, "estimated": false}',NULL,0,NULL,NULL,1.7954911435560061932e+09);
INSERT INTO "pending_analysis" VALUES(2,2,'46f129a9-7bfc-49ef-9f09-4d9da58b8195',2,1,'failed',5,2,0,3,'{"character_tracking": true, "new_characters": true, "world_expansion": true, "foreshadowing": true, "min_chapter_length": 1000, "confidence_threshold": 0.7}',NULL,NULL,'unauthorized','401',NULL,NULL,NULL,'2026-11-24 04:22:23.557227','2026-11-24 04:22:23.573553','2026-11-24 04:22:23.574758','2026-11-24 04:22:23.574824',1.0,NULL,NULL,0,NULL,NULL,1.79549114355701208115e+09);
INSERT INTO "pending_analysis" VALUES(3,3,'46f129a9-7bfc-49ef-9f09-4d9da58b8195',3,1,'processing',5,1,0,3,'{"character_tracking": true, "new_characters": true, "world_expansion": true, "foreshadowing": true, "min_chapter_length": 1000, "confidence_threshold": 0.7}',NULL,NULL,NULL,NULL,'7585-a97de062935c','2026-11-24 04:22:53.575885',NULL,'2026-11-24 04:22:23.558446','2026-11-24 04:22:23.575885',NULL,'2026-11-24 04:22:23.575885',NULL,NULL,NULL,0,NULL,NULL,1.7954911435580179691e+09);
CREATE TABLE volumes (
	id INTEGER NOT NULL, 
	project_id VARCHAR(36) NOT NULL, 
	volume_number INTEGER NOT NULL, 
	title VARCHAR(255) NOT NULL, 
	CONSTRAINT pk_volumes PRIMARY KEY (id), 
	CONSTRAINT fk_volumes_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE, 
	CONSTRAINT uq_volumes_project_id_volume_number UNIQUE (project_id, volume_number)
);
INSERT INTO "volumes" VALUES(1,'46f129a9-7bfc-49ef-9f09-4d9da58b8195',1,'Book One');
CREATE INDEX ix_blueprint_characters_project_id ON blueprint_characters (project_id);
CREATE INDEX ix_blueprint_relationships_project_id ON blueprint_relationships (project_id);
CREATE INDEX ix_codex_entries_project_id_kind ON codex_entries (project_id, kind);
CREATE INDEX ix_chapter_outlines_volume_id ON chapter_outlines (volume_id);
CREATE INDEX ix_chapter_versions_chapter_id ON chapter_versions (chapter_id);
CREATE INDEX ix_chapter_evaluations_chapter_id ON chapter_evaluations (chapter_id);
CREATE INDEX ix_pending_analysis_chapter_id ON pending_analysis (chapter_id);
CREATE INDEX ix_pending_analysis_leases ON pending_analysis (lease_expires_at) WHERE status = 'processing';
CREATE INDEX ix_pending_analysis_project_id_updated_at ON pending_analysis (project_id, updated_at);
CREATE UNIQUE INDEX uq_pending_analysis_unfinished ON pending_analysis (chapter_id) WHERE status IN ('pending', 'processing');
CREATE INDEX ix_analysis_errors_pending_analysis_id ON analysis_errors (pending_analysis_id);
CREATE INDEX ix_analysis_notifications_chapter_id ON analysis_notifications (chapter_id);
CREATE INDEX ix_analysis_notifications_pending_analysis_id ON analysis_notifications (pending_analysis_id);
CREATE INDEX ix_analysis_notifications_unread ON analysis_notifications (id) WHERE is_read = 0;
CREATE INDEX ix_codex_facts_chapter_id ON codex_facts (chapter_id);
CREATE INDEX ix_codex_facts_entry_id ON codex_facts (entry_id);
CREATE INDEX ix_codex_facts_pending_analysis_id ON codex_facts (pending_analysis_id);
CREATE INDEX ix_analysis_batches_project_id ON analysis_batches (project_id);
CREATE INDEX ix_pending_analysis_batch_id ON pending_analysis (batch_id) WHERE batch_id IS NOT NULL;
CREATE UNIQUE INDEX uq_analysis_notifications_attempt ON analysis_notifications (pending_analysis_id, notification_type, attempt) WHERE attempt > 0;
CREATE INDEX ix_codex_entries_merged_into ON codex_entries (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX ix_codex_facts_other_entry_id ON codex_facts (other_entry_id) WHERE other_entry_id IS NOT NULL;
CREATE INDEX ix_codex_journal_entry_id ON codex_journal (entry_id);
CREATE INDEX ix_codex_journal_project_id_id ON codex_journal (project_id, id);
CREATE INDEX ix_codex_alerts_project_id_status ON codex_alerts (project_id, status);
CREATE INDEX ix_codex_alerts_chapter_id ON codex_alerts (chapter_id);
CREATE INDEX ix_codex_alerts_fact_id ON codex_alerts (fact_id);
CREATE INDEX ix_codex_alerts_earlier_fact_id ON codex_alerts (earlier_fact_id);
CREATE INDEX ix_pending_analysis_claim ON pending_analysis (claim_rank, id) WHERE status = 'pending' AND held = 0;
COMMIT;
