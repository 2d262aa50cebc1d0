BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0020');
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
INSERT INTO "analysis_batches" VALUES(1,'140c32d0-9307-4d11-a3eb-9fbb87ca040f','paused',1,'{"chapters": 1, "seconds": null, "prompt_tokens": 929, "completion_tokens": 350, "total_tokens": 1279, "estimated": true, "cached_tokens": 0, "money": {}, "unpriced": 1}','2026-11-29 18:58:48.627348','2026-11-29 18:58:48.650462',NULL);
CREATE TABLE analysis_counts (
	project_id VARCHAR(36) NOT NULL, 
	unfinished BIGINT DEFAULT '0' NOT NULL, 
	completed BIGINT DEFAULT '0' NOT NULL, 
	failed BIGINT DEFAULT '0' NOT NULL, 
	cancelled BIGINT DEFAULT '0' NOT NULL, 
	resting BIGINT DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_analysis_counts PRIMARY KEY (project_id)
);
INSERT INTO "analysis_counts" VALUES('140c32d0-9307-4d11-a3eb-9fbb87ca040f',3,3,0,0,0);
CREATE TABLE analysis_durations (
	bound VARCHAR(8) NOT NULL, 
	slot INTEGER NOT NULL, 
	number INTEGER DEFAULT '0' NOT NULL, 
	seconds FLOAT DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_analysis_durations PRIMARY KEY (bound, slot)
);
INSERT INTO "analysis_durations" VALUES('1',0,0,0.0);
INSERT INTO "analysis_durations" VALUES('5',0,0,0.0);
INSERT INTO "analysis_durations" VALUES('10',0,0,0.0);
INSERT INTO "analysis_durations" VALUES('30',0,0,0.0);
INSERT INTO "analysis_durations" VALUES('60',0,0,0.0);
INSERT INTO "analysis_durations" VALUES('120',0,0,0.0);
INSERT INTO "analysis_durations" VALUES('300',0,0,0.0);
INSERT INTO "analysis_durations" VALUES('600',0,0,0.0);
INSERT INTO "analysis_durations" VALUES('900',0,0,0.0);
INSERT INTO "analysis_durations" VALUES('+Inf',0,0,0.0);
INSERT INTO "analysis_durations" VALUES('1',1,0,0.0);
INSERT INTO "analysis_durations" VALUES('1',2,0,0.0);
INSERT INTO "analysis_durations" VALUES('1',3,0,0.0);
INSERT INTO "analysis_durations" VALUES('1',4,0,0.0);
INSERT INTO "analysis_durations" VALUES('1',5,0,0.0);
INSERT INTO "analysis_durations" VALUES('1',6,0,0.0);
INSERT INTO "analysis_durations" VALUES('1',7,0,0.0);
INSERT INTO "analysis_durations" VALUES('5',1,0,0.0);
INSERT INTO "analysis_durations" VALUES('5',2,0,0.0);
INSERT INTO "analysis_durations" VALUES('5',3,0,0.0);
INSERT INTO "analysis_durations" VALUES('5',4,0,0.0);
INSERT INTO "analysis_durations" VALUES('5',5,0,0.0);
INSERT INTO "analysis_durations" VALUES('5',6,0,0.0);
INSERT INTO "analysis_durations" VALUES('5',7,0,0.0);
INSERT INTO "analysis_durations" VALUES('10',1,0,0.0);
INSERT INTO "analysis_durations" VALUES('10',2,0,0.0);
INSERT INTO "analysis_durations" VALUES('10',3,0,0.0);
INSERT INTO "analysis_durations" VALUES('10',4,0,0.0);
INSERT INTO "analysis_durations" VALUES('10',5,0,0.0);
INSERT INTO "analysis_durations" VALUES('10',6,0,0.0);
INSERT INTO "analysis_durations" VALUES('10',7,0,0.0);
INSERT INTO "analysis_durations" VALUES('30',1,0,0.0);
INSERT INTO "analysis_durations" VALUES('30',2,0,0.0);
INSERT INTO "analysis_durations" VALUES('30',3,0,0.0);
INSERT INTO "analysis_durations" VALUES('30',4,0,0.0);
INSERT INTO "analysis_durations" VALUES('30',5,0,0.0);
INSERT INTO "analysis_durations" VALUES('30',6,0,0.0);
INSERT INTO "analysis_durations" VALUES('30',7,0,0.0);
INSERT INTO "analysis_durations" VALUES('60',1,0,0.0);
INSERT INTO "analysis_durations" VALUES('60',2,0,0.0);
INSERT INTO "analysis_durations" VALUES('60',3,0,0.0);
INSERT INTO "analysis_durations" VALUES('60',4,0,0.0);
INSERT INTO "analysis_durations" VALUES('60',5,0,0.0);
INSERT INTO "analysis_durations" VALUES('60',6,0,0.0);
INSERT INTO "analysis_durations" VALUES('60',7,0,0.0);
INSERT INTO "analysis_durations" VALUES('120',1,0,0.0);
INSERT INTO "analysis_durations" VALUES('120',2,0,0.0);
INSERT INTO "analysis_durations" VALUES('120',3,0,0.0);
INSERT INTO "analysis_durations" VALUES('120',4,0,0.0);
INSERT INTO "analysis_durations" VALUES('120',5,0,0.0);
INSERT INTO "analysis_durations" VALUES('120',6,0,0.0);
INSERT INTO "analysis_durations" VALUES('120',7,0,0.0);
INSERT INTO "analysis_durations" VALUES('300',1,0,0.0);
INSERT INTO "analysis_durations" VALUES('300',2,0,0.0);
INSERT INTO "analysis_durations" VALUES('300',3,0,0.0);
INSERT INTO "analysis_durations" VALUES('300',4,0,0.0);
INSERT INTO "analysis_durations" VALUES('300',5,0,0.0);
INSERT INTO "analysis_durations" VALUES('300',6,0,0.0);
INSERT INTO "analysis_durations" VALUES('300',7,0,0.0);
INSERT INTO "analysis_durations" VALUES('600',1,0,0.0);
INSERT INTO "analysis_durations" VALUES('600',2,0,0.0);
INSERT INTO "analysis_durations" VALUES('600',3,0,0.0);
INSERT INTO "analysis_durations" VALUES('600',4,0,0.0);
INSERT INTO "analysis_durations" VALUES('600',5,0,0.0);
INSERT INTO "analysis_durations" VALUES('600',6,0,0.0);
INSERT INTO "analysis_durations" VALUES('600',7,0,0.0);
INSERT INTO "analysis_durations" VALUES('900',1,0,0.0);
INSERT INTO "analysis_durations" VALUES('900',2,0,0.0);
INSERT INTO "analysis_durations" VALUES('900',3,0,0.0);
INSERT INTO "analysis_durations" VALUES('900',4,0,0.0);
INSERT INTO "analysis_durations" VALUES('900',5,0,0.0);
INSERT INTO "analysis_durations" VALUES('900',6,0,0.0);
INSERT INTO "analysis_durations" VALUES('900',7,0,0.0);
INSERT INTO "analysis_durations" VALUES('+Inf',1,0,0.0);
INSERT INTO "analysis_durations" VALUES('+Inf',2,0,0.0);
INSERT INTO "analysis_durations" VALUES('+Inf',3,0,0.0);
INSERT INTO "analysis_durations" VALUES('+Inf',4,0,0.0);
INSERT INTO "analysis_durations" VALUES('+Inf',5,0,0.0);
INSERT INTO "analysis_durations" VALUES('+Inf',6,0,0.0);
INSERT INTO "analysis_durations" VALUES('+Inf',7,0,0.0);
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
INSERT INTO "analysis_errors" VALUES(1,5,1,NULL,'connection','no connection to https://llm.internal.example:8443/v1','llm.internal.example:8443','2026-11-29 18:58:48.567334','');
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
CREATE TABLE analysis_steps (
	pending_analysis_id INTEGER NOT NULL, 
	step VARCHAR(32) NOT NULL, 
	result JSON NOT NULL, 
	token_usage JSON NOT NULL, 
	duration_seconds FLOAT NOT NULL, 
	completed_at DATETIME NOT NULL, provider VARCHAR(255) DEFAULT '' NOT NULL, model VARCHAR(255) DEFAULT '' NOT NULL, 
	CONSTRAINT pk_analysis_steps PRIMARY KEY (pending_analysis_id, step), 
	CONSTRAINT fk_analysis_steps_pending_analysis_id FOREIGN KEY(pending_analysis_id) REFERENCES pending_analysis (id) ON DELETE CASCADE
);
INSERT INTO "analysis_steps" VALUES(4,'foreshadowing','{"answers": [{"seeds": [], "developments": [{"seed": 2, "quotation": "q", "effect": "advanced"}, {"seed": 999}]}]}','{"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3, "estimated": false, "cached_tokens": 0, "money": {}, "unpriced": 0}',0.5,'2026-11-29 18:58:48.524469','llm.internal.example:8443','');
CREATE TABLE app_settings (
	name VARCHAR(64) NOT NULL, 
	value JSON NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_app_settings PRIMARY KEY (name)
);
CREATE TABLE auto_runs (
	id INTEGER NOT NULL, 
	project_id VARCHAR(36) NOT NULL, 
	first_chapter INTEGER NOT NULL, 
	last_chapter INTEGER NOT NULL, 
	next_chapter INTEGER NOT NULL, 
	options JSON NOT NULL, 
	status VARCHAR(16) DEFAULT 'running' NOT NULL, 
	stop_reason VARCHAR(32), 
	detail TEXT DEFAULT '' NOT NULL, 
	seconds FLOAT DEFAULT '0' NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	completed_at DATETIME, 
	CONSTRAINT pk_auto_runs PRIMARY KEY (id), 
	CONSTRAINT fk_auto_runs_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE
);
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
INSERT INTO "blueprint_characters" VALUES(1,'140c32d0-9307-4d11-a3eb-9fbb87ca040f','Ida',NULL,NULL,NULL,NULL,NULL,'{"age": 34}',0);
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
INSERT INTO "blueprint_relationships" VALUES(1,'140c32d0-9307-4d11-a3eb-9fbb87ca040f','Ida','Wren',NULL,0);
CREATE TABLE call_places (
	id INTEGER NOT NULL, 
	model_place VARCHAR(255) NOT NULL, 
	owner VARCHAR(64) NOT NULL, 
	started_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT pk_call_places PRIMARY KEY (id)
);
CREATE TABLE call_totals (
	provider VARCHAR(255) NOT NULL, 
	model VARCHAR(255) NOT NULL, 
	currency VARCHAR(8) NOT NULL, 
	slot INTEGER NOT NULL, 
	calls BIGINT DEFAULT '0' NOT NULL, 
	prompt_tokens BIGINT DEFAULT '0' NOT NULL, 
	completion_tokens BIGINT DEFAULT '0' NOT NULL, 
	cost FLOAT DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_call_totals PRIMARY KEY (provider, model, currency, slot)
);
CREATE TABLE chapter_candidates (
	id INTEGER NOT NULL, 
	chapter_id INTEGER NOT NULL, 
	round INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	status VARCHAR(16) DEFAULT 'writing' NOT NULL, 
	content TEXT DEFAULT '' NOT NULL, 
	instruction TEXT DEFAULT '' NOT NULL, 
	angle VARCHAR(16) DEFAULT 'plan' NOT NULL, 
	provider VARCHAR(255) DEFAULT '' NOT NULL, 
	owner VARCHAR(64) DEFAULT '' NOT NULL, 
	finish_reason VARCHAR(32) DEFAULT '' NOT NULL, 
	error_type VARCHAR(64), 
	error_message TEXT, 
	version_id INTEGER, 
	token_usage JSON, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	decided_at DATETIME, 
	CONSTRAINT pk_chapter_candidates PRIMARY KEY (id), 
	CONSTRAINT fk_chapter_candidates_chapter_id FOREIGN KEY(chapter_id) REFERENCES chapters (id) ON DELETE CASCADE, 
	CONSTRAINT fk_chapter_candidates_version_id FOREIGN KEY(version_id) REFERENCES chapter_versions (id) ON DELETE SET NULL, 
	CONSTRAINT uq_chapter_candidates_chapter_id_round_position UNIQUE (chapter_id, round, position)
);
CREATE TABLE chapter_comments (
	id INTEGER NOT NULL, 
	chapter_id INTEGER NOT NULL, 
	quotation TEXT NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	is_stale INTEGER DEFAULT '0' NOT NULL, 
	content TEXT DEFAULT '' NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	resolved_at DATETIME, 
	CONSTRAINT pk_chapter_comments PRIMARY KEY (id), 
	CONSTRAINT fk_chapter_comments_chapter_id FOREIGN KEY(chapter_id) REFERENCES chapters (id) ON DELETE CASCADE
);
INSERT INTO "chapter_comments" VALUES(1,3,'bell',70,74,0,'Which bell?
钟？','2026-11-29 18:58:48.397184','2026-11-29 18:58:48.397184',NULL);
INSERT INTO "chapter_comments" VALUES(2,4,'“I never left,” said Ida. 归潮之夜，钟声不响。',0,36,0,'Done.','2026-11-29 18:58:48.433632','2026-11-29 18:58:48.433632','2026-11-29 18:58:48.459378');
CREATE TABLE chapter_drafts (
	chapter_id INTEGER NOT NULL, 
	content TEXT NOT NULL, 
	provider VARCHAR(255) DEFAULT '' NOT NULL, 
	owner VARCHAR(64) NOT NULL, 
	started_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, error_type VARCHAR(64), error_message TEXT, raw_answer TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_chapter_drafts PRIMARY KEY (chapter_id), 
	CONSTRAINT fk_chapter_drafts_chapter_id FOREIGN KEY(chapter_id) REFERENCES chapters (id) ON DELETE CASCADE
);
INSERT INTO "chapter_drafts" VALUES(6,'Half a sent','llm.internal.example:8443/m','24397-6d4bd6f6c25d','2026-11-29 18:58:48.468835','2026-11-29 18:58:48.468835',NULL,NULL,'');
CREATE TABLE chapter_evaluations (
	id INTEGER NOT NULL, 
	chapter_id INTEGER NOT NULL, 
	version_id INTEGER, 
	decision VARCHAR(32), 
	feedback TEXT, 
	score FLOAT, 
	created_at DATETIME NOT NULL, kind VARCHAR(16) DEFAULT 'candidate' NOT NULL, version_revision INTEGER DEFAULT '1' NOT NULL, details JSON DEFAULT '{}' NOT NULL, provider VARCHAR(255) DEFAULT '' NOT NULL, 
	CONSTRAINT pk_chapter_evaluations PRIMARY KEY (id), 
	CONSTRAINT fk_chapter_evaluations_chapter_id FOREIGN KEY(chapter_id) REFERENCES chapters (id) ON DELETE CASCADE, 
	CONSTRAINT fk_chapter_evaluations_version_id FOREIGN KEY(version_id) REFERENCES chapter_versions (id) ON DELETE CASCADE
);
INSERT INTO "chapter_evaluations" VALUES(1,3,1,'keep',NULL,0.75,'2026-01-01 00:00:00','candidate',1,'{}','');
CREATE TABLE chapter_notes (
	chapter_id INTEGER NOT NULL, 
	status VARCHAR(16) DEFAULT '' NOT NULL, 
	scratchpad TEXT DEFAULT '' NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_chapter_notes PRIMARY KEY (chapter_id), 
	CONSTRAINT fk_chapter_notes_chapter_id FOREIGN KEY(chapter_id) REFERENCES chapters (id) ON DELETE CASCADE
);
INSERT INTO "chapter_notes" VALUES(3,'revise','潮声','2026-01-01 00:00:00');
CREATE TABLE chapter_outlines (
	id INTEGER NOT NULL, 
	project_id VARCHAR(36) NOT NULL, 
	volume_id INTEGER, 
	chapter_number INTEGER NOT NULL, 
	title VARCHAR(255) NOT NULL, 
	summary TEXT DEFAULT '' NOT NULL, label VARCHAR(64), 
	CONSTRAINT pk_chapter_outlines PRIMARY KEY (id), 
	CONSTRAINT fk_chapter_outlines_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE, 
	CONSTRAINT fk_chapter_outlines_volume_id FOREIGN KEY(volume_id) REFERENCES volumes (id) ON DELETE SET NULL, 
	CONSTRAINT uq_chapter_outlines_project_id_chapter_number UNIQUE (project_id, chapter_number)
);
INSERT INTO "chapter_outlines" VALUES(1,'9dcd6927-3539-4441-a15f-ead6eee3bdf9',1,1,'Chapter 1','A plan.',NULL);
INSERT INTO "chapter_outlines" VALUES(2,'9dcd6927-3539-4441-a15f-ead6eee3bdf9',1,2,'Chapter 2','A plan.',NULL);
INSERT INTO "chapter_outlines" VALUES(3,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',2,1,'Chapter 1','A plan.',NULL);
INSERT INTO "chapter_outlines" VALUES(4,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',2,2,'Chapter 2','A plan.',NULL);
INSERT INTO "chapter_outlines" VALUES(5,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',3,3,'Chapter 1','A plan.',NULL);
INSERT INTO "chapter_outlines" VALUES(6,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',3,4,'Chapter 2','A plan.',NULL);
CREATE TABLE chapter_snapshots (
	id INTEGER NOT NULL, 
	chapter_id INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	name VARCHAR(255) DEFAULT '' NOT NULL, 
	content TEXT NOT NULL, 
	word_count INTEGER DEFAULT '0' NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_chapter_snapshots PRIMARY KEY (id), 
	CONSTRAINT fk_chapter_snapshots_chapter_id FOREIGN KEY(chapter_id) REFERENCES chapters (id) ON DELETE CASCADE
);
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
INSERT INTO "chapter_versions" VALUES(1,3,'v1','model','nobody','Ida was dead before noon. The master, an old man, hid a letter in the bell.',1,'{}','2026-11-29 18:58:47.774246');
INSERT INTO "chapter_versions" VALUES(2,4,'v1','model','nobody','“I never left,” said Ida. 归潮之夜，钟声不响。',1,'{}','2026-11-29 18:58:48.056379');
INSERT INTO "chapter_versions" VALUES(3,3,'v2','author','','Ida was dead before noon. The master, an old man, hid a letter in the bell. She	came back. 😀',1,'{}','2026-11-29 18:58:48.373561');
INSERT INTO "chapter_versions" VALUES(4,5,'v1','model','llm.internal.example:8443/gpt','Ida was dead before noon. The master, an old man, hid a letter in the bell.',1,'{"a": [1]}','2026-11-29 18:58:48.503671');
CREATE TABLE chapter_writers (
	chapter_id INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	program VARCHAR(16) NOT NULL, 
	owner VARCHAR(64) NOT NULL, 
	run INTEGER, 
	started_at DATETIME NOT NULL, 
	CONSTRAINT pk_chapter_writers PRIMARY KEY (chapter_id), 
	CONSTRAINT fk_chapter_writers_chapter_id FOREIGN KEY(chapter_id) REFERENCES chapters (id) ON DELETE CASCADE
);
CREATE TABLE chapters (
	id INTEGER NOT NULL, 
	project_id VARCHAR(36) NOT NULL, 
	chapter_number INTEGER NOT NULL, 
	real_summary TEXT DEFAULT '' NOT NULL, 
	status VARCHAR(32) DEFAULT 'not_generated' NOT NULL, 
	word_count INTEGER DEFAULT '0' NOT NULL, 
	selected_version_id INTEGER, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, published_at DATETIME, 
	CONSTRAINT pk_chapters PRIMARY KEY (id), 
	CONSTRAINT fk_chapters_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE, 
	CONSTRAINT fk_chapters_selected_version_id FOREIGN KEY(selected_version_id) REFERENCES chapter_versions (id) ON DELETE SET NULL, 
	CONSTRAINT uq_chapters_project_id_chapter_number UNIQUE (project_id, chapter_number)
);
INSERT INTO "chapters" VALUES(1,'9dcd6927-3539-4441-a15f-ead6eee3bdf9',1,'','not_generated',0,NULL,'2026-11-29 18:58:47.646121','2026-11-29 18:58:47.646121',NULL);
INSERT INTO "chapters" VALUES(2,'9dcd6927-3539-4441-a15f-ead6eee3bdf9',2,'','not_generated',0,NULL,'2026-11-29 18:58:47.659222','2026-11-29 18:58:47.659222',NULL);
INSERT INTO "chapters" VALUES(3,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',1,'','successful',19,3,'2026-11-29 18:58:47.680358','2026-11-29 18:58:48.373891',NULL);
INSERT INTO "chapters" VALUES(4,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',2,'','successful',17,2,'2026-11-29 18:58:47.680763','2026-11-29 18:58:48.056744',NULL);
INSERT INTO "chapters" VALUES(5,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',3,'','successful',16,4,'2026-11-29 18:58:47.681333','2026-11-29 18:58:48.504071',NULL);
INSERT INTO "chapters" VALUES(6,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',4,'','not_generated',0,NULL,'2026-11-29 18:58:47.681713','2026-11-29 18:58:47.681713',NULL);
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
INSERT INTO "codex_alerts" VALUES(1,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',4,1,'dead_character_acts','life',5,1,'dead_character_acts:life:3:4','said Ida',NULL,NULL,'open','2026-11-29 18:58:48.107567',NULL);
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
INSERT INTO "codex_entries" VALUES(1,'140c32d0-9307-4d11-a3eb-9fbb87ca040f','character','Ida','["Ida Wren"]','{}','2026-11-29 18:58:47.936707','2026-11-29 18:58:48.256911','analysis','Maybe the same.',NULL,NULL,'[]');
INSERT INTO "codex_entries" VALUES(2,'140c32d0-9307-4d11-a3eb-9fbb87ca040f','foreshadowing','A letter','[]','{}','2026-11-29 18:58:47.965802','2026-11-29 18:58:48.289436','analysis','',4,NULL,'[]');
INSERT INTO "codex_entries" VALUES(3,'140c32d0-9307-4d11-a3eb-9fbb87ca040f','character','The master','["Old Man"]','{"role": "main"}','2026-11-29 18:58:47.980321','2026-11-29 18:58:47.980321','analysis','',NULL,NULL,'[]');
INSERT INTO "codex_entries" VALUES(4,'140c32d0-9307-4d11-a3eb-9fbb87ca040f','character','Ida Wren','[]','{}','2026-11-29 18:58:48.235535','2026-11-29 18:58:48.264414','author','Maybe the same.',NULL,1,'[]');
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
INSERT INTO "codex_facts" VALUES(1,1,3,3,1,1,'She dies.','','Ida was dead before noon.',0,25,0.9,'accepted','2026-11-29 18:58:47.956214','character_tracking',NULL,'life','dead',NULL,0,NULL,'[]');
INSERT INTO "codex_facts" VALUES(2,2,3,3,1,1,'is different','','hid a letter in the bell',50,74,0.9,'accepted','2026-11-29 18:58:47.966828','character_tracking',NULL,'','',NULL,0,NULL,'[]');
INSERT INTO "codex_facts" VALUES(3,3,3,3,1,1,'is different','','an old man',38,48,0.9,'accepted','2026-11-29 18:58:47.981297','new_characters',NULL,'','',NULL,0,NULL,'["Old Man"]');
INSERT INTO "codex_facts" VALUES(5,1,4,2,2,1,'She speaks.','','said Ida',16,24,0.9,'accepted','2026-11-29 18:58:48.088494','character_tracking',NULL,'','',3,0,NULL,'[]');
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
INSERT INTO "codex_journal" VALUES(1,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',1,NULL,NULL,1,'entry_created','analysis','null','{"entries": [{"id": 1, "project_id": "140c32d0-9307-4d11-a3eb-9fbb87ca040f", "kind": "character", "name": "Ida", "aliases": [], "attributes": {}, "created_at": "2026-11-29T18:58:47.936707+00:00", "updated_at": "2026-11-29T18:58:47.936707+00:00", "origin": "analysis", "description": "", "due_chapter": null, "merged_into": null, "refused_aliases": []}]}','2026-11-29 18:58:47.938885',NULL);
INSERT INTO "codex_journal" VALUES(2,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',1,1,3,1,'fact_added','analysis','null','{"facts": [{"id": 1, "entry_id": 1, "chapter_id": 3, "pending_analysis_id": 1, "version_id": 1, "version_revision": 1, "statement": "She dies.", "reason": "", "quotation": "Ida was dead before noon.", "start": 0, "end": 25, "confidence": 0.9, "status": "accepted", "created_at": "2026-11-29T18:58:47.956214+00:00", "step": "character_tracking", "effect": null, "attribute": "life", "value": "dead", "other_entry_id": null, "is_stale": 0, "decided_by": null, "aliases": [], "entry_name": "Ida"}]}','2026-11-29 18:58:47.965362',NULL);
INSERT INTO "codex_journal" VALUES(3,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',2,NULL,NULL,1,'entry_created','analysis','null','{"entries": [{"id": 2, "project_id": "140c32d0-9307-4d11-a3eb-9fbb87ca040f", "kind": "foreshadowing", "name": "A letter", "aliases": [], "attributes": {}, "created_at": "2026-11-29T18:58:47.965802+00:00", "updated_at": "2026-11-29T18:58:47.965802+00:00", "origin": "analysis", "description": "", "due_chapter": null, "merged_into": null, "refused_aliases": []}]}','2026-11-29 18:58:47.966472',NULL);
INSERT INTO "codex_journal" VALUES(4,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',2,2,3,1,'fact_added','analysis','null','{"facts": [{"id": 2, "entry_id": 2, "chapter_id": 3, "pending_analysis_id": 1, "version_id": 1, "version_revision": 1, "statement": "is different", "reason": "", "quotation": "hid a letter in the bell", "start": 50, "end": 74, "confidence": 0.9, "status": "accepted", "created_at": "2026-11-29T18:58:47.966828+00:00", "step": "character_tracking", "effect": null, "attribute": "", "value": "", "other_entry_id": null, "is_stale": 0, "decided_by": null, "aliases": [], "entry_name": "A letter"}]}','2026-11-29 18:58:47.979926',NULL);
INSERT INTO "codex_journal" VALUES(5,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',3,NULL,NULL,1,'entry_created','analysis','null','{"entries": [{"id": 3, "project_id": "140c32d0-9307-4d11-a3eb-9fbb87ca040f", "kind": "character", "name": "The master", "aliases": ["Old Man"], "attributes": {"role": "main"}, "created_at": "2026-11-29T18:58:47.980321+00:00", "updated_at": "2026-11-29T18:58:47.980321+00:00", "origin": "analysis", "description": "", "due_chapter": null, "merged_into": null, "refused_aliases": []}]}','2026-11-29 18:58:47.980946',NULL);
INSERT INTO "codex_journal" VALUES(6,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',3,3,3,1,'fact_added','analysis','null','{"facts": [{"id": 3, "entry_id": 3, "chapter_id": 3, "pending_analysis_id": 1, "version_id": 1, "version_revision": 1, "statement": "is different", "reason": "", "quotation": "an old man", "start": 38, "end": 48, "confidence": 0.9, "status": "accepted", "created_at": "2026-11-29T18:58:47.981297+00:00", "step": "new_characters", "effect": null, "attribute": "", "value": "", "other_entry_id": null, "is_stale": 0, "decided_by": null, "aliases": ["Old Man"], "entry_name": "The master"}]}','2026-11-29 18:58:47.982260',NULL);
INSERT INTO "codex_journal" VALUES(7,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',4,NULL,NULL,1,'entry_created','analysis','null','{"entries": [{"id": 4, "project_id": "140c32d0-9307-4d11-a3eb-9fbb87ca040f", "kind": "character", "name": "Nobody", "aliases": [], "attributes": {}, "created_at": "2026-11-29T18:58:47.982621+00:00", "updated_at": "2026-11-29T18:58:47.982621+00:00", "origin": "analysis", "description": "", "due_chapter": null, "merged_into": null, "refused_aliases": []}]}','2026-11-29 18:58:47.999293',NULL);
INSERT INTO "codex_journal" VALUES(8,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',4,4,3,1,'fact_added','analysis','null','{"facts": [{"id": 4, "entry_id": 4, "chapter_id": 3, "pending_analysis_id": 1, "version_id": 1, "version_revision": 1, "statement": "is mentioned", "reason": "", "quotation": "an old man", "start": 38, "end": 48, "confidence": 0.9, "status": "accepted", "created_at": "2026-11-29T18:58:47.999686+00:00", "step": "character_tracking", "effect": null, "attribute": "", "value": "", "other_entry_id": null, "is_stale": 0, "decided_by": null, "aliases": [], "entry_name": "Nobody"}]}','2026-11-29 18:58:48.000603',NULL);
INSERT INTO "codex_journal" VALUES(9,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',1,5,4,2,'fact_added','analysis','null','{"facts": [{"id": 5, "entry_id": 1, "chapter_id": 4, "pending_analysis_id": 2, "version_id": 2, "version_revision": 1, "statement": "She speaks.", "reason": "", "quotation": "said Ida", "start": 16, "end": 24, "confidence": 0.9, "status": "accepted", "created_at": "2026-11-29T18:58:48.088494+00:00", "step": "character_tracking", "effect": null, "attribute": "", "value": "", "other_entry_id": 3, "is_stale": 0, "decided_by": null, "aliases": [], "entry_name": "Ida"}]}','2026-11-29 18:58:48.089570',NULL);
INSERT INTO "codex_journal" VALUES(10,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',4,4,3,3,'fact_replaced','analysis','{"entries": [{"id": 4, "project_id": "140c32d0-9307-4d11-a3eb-9fbb87ca040f", "kind": "character", "name": "Nobody", "aliases": [], "attributes": {}, "created_at": "2026-11-29T18:58:47.982621+00:00", "updated_at": "2026-11-29T18:58:47.982621+00:00", "origin": "analysis", "description": "", "due_chapter": null, "merged_into": null, "refused_aliases": []}], "facts": [{"id": 4, "entry_id": 4, "chapter_id": 3, "pending_analysis_id": 1, "version_id": 1, "version_revision": 1, "statement": "is mentioned", "reason": "", "quotation": "an old man", "start": 38, "end": 48, "confidence": 0.9, "status": "accepted", "created_at": "2026-11-29T18:58:47.999686+00:00", "step": "character_tracking", "effect": null, "attribute": "", "value": "", "other_entry_id": null, "is_stale": 0, "decided_by": null, "aliases": [], "entry_name": "Nobody"}]}','null','2026-11-29 18:58:48.203356',NULL);
INSERT INTO "codex_journal" VALUES(11,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',4,NULL,NULL,NULL,'entry_created','author','null','{"entries": [{"id": 4, "project_id": "140c32d0-9307-4d11-a3eb-9fbb87ca040f", "kind": "character", "name": "Ida Wren", "aliases": [], "attributes": {}, "created_at": "2026-11-29T18:58:48.235535+00:00", "updated_at": "2026-11-29T18:58:48.235535+00:00", "origin": "author", "description": "Maybe the same.", "due_chapter": null, "merged_into": null, "refused_aliases": []}]}','2026-11-29 18:58:48.236254',NULL);
INSERT INTO "codex_journal" VALUES(12,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',1,NULL,NULL,NULL,'entries_merged','author','{"entries": [{"id": 1, "project_id": "140c32d0-9307-4d11-a3eb-9fbb87ca040f", "kind": "character", "name": "Ida", "aliases": [], "attributes": {}, "created_at": "2026-11-29T18:58:47.936707+00:00", "updated_at": "2026-11-29T18:58:47.936707+00:00", "origin": "analysis", "description": "", "due_chapter": null, "merged_into": null, "refused_aliases": []}, {"id": 4, "project_id": "140c32d0-9307-4d11-a3eb-9fbb87ca040f", "kind": "character", "name": "Ida Wren", "aliases": [], "attributes": {}, "created_at": "2026-11-29T18:58:48.235535+00:00", "updated_at": "2026-11-29T18:58:48.235535+00:00", "origin": "author", "description": "Maybe the same.", "due_chapter": null, "merged_into": null, "refused_aliases": []}]}','{"entries": [{"id": 1, "project_id": "140c32d0-9307-4d11-a3eb-9fbb87ca040f", "kind": "character", "name": "Ida", "aliases": ["Ida Wren"], "attributes": {}, "created_at": "2026-11-29T18:58:47.936707+00:00", "updated_at": "2026-11-29T18:58:48.256911+00:00", "origin": "analysis", "description": "Maybe the same.", "due_chapter": null, "merged_into": null, "refused_aliases": []}, {"id": 4, "project_id": "140c32d0-9307-4d11-a3eb-9fbb87ca040f", "kind": "character", "name": "Ida Wren", "aliases": [], "attributes": {}, "created_at": "2026-11-29T18:58:48.235535+00:00", "updated_at": "2026-11-29T18:58:48.264414+00:00", "origin": "author", "description": "Maybe the same.", "due_chapter": null, "merged_into": 1, "refused_aliases": []}]}','2026-11-29 18:58:48.265177',NULL);
INSERT INTO "codex_journal" VALUES(13,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',2,NULL,NULL,NULL,'entry_edited','author','{"entries": [{"id": 2, "project_id": "140c32d0-9307-4d11-a3eb-9fbb87ca040f", "kind": "foreshadowing", "name": "A letter", "aliases": [], "attributes": {}, "created_at": "2026-11-29T18:58:47.965802+00:00", "updated_at": "2026-11-29T18:58:47.965802+00:00", "origin": "analysis", "description": "", "due_chapter": null, "merged_into": null, "refused_aliases": []}]}','{"entries": [{"id": 2, "project_id": "140c32d0-9307-4d11-a3eb-9fbb87ca040f", "kind": "foreshadowing", "name": "A letter", "aliases": [], "attributes": {}, "created_at": "2026-11-29T18:58:47.965802+00:00", "updated_at": "2026-11-29T18:58:48.289436+00:00", "origin": "analysis", "description": "", "due_chapter": 4, "merged_into": null, "refused_aliases": []}]}','2026-11-29 18:58:48.290145',NULL);
INSERT INTO "codex_journal" VALUES(14,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',5,NULL,NULL,NULL,'entry_created','author','null','{"entries": [{"id": 5, "project_id": "140c32d0-9307-4d11-a3eb-9fbb87ca040f", "kind": "item", "name": "A bell", "aliases": [], "attributes": {}, "created_at": "2026-11-29T18:58:48.307568+00:00", "updated_at": "2026-11-29T18:58:48.307568+00:00", "origin": "author", "description": "", "due_chapter": null, "merged_into": null, "refused_aliases": []}]}','2026-11-29 18:58:48.308307','2026-11-29 18:58:48.336516');
CREATE TABLE concept_briefs (
	project_id VARCHAR(36) NOT NULL, 
	brief JSON NOT NULL, 
	confirmed_at DATETIME, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_concept_briefs PRIMARY KEY (project_id), 
	CONSTRAINT fk_concept_briefs_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE
);
CREATE TABLE context_choices (
	chapter_id INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	choice VARCHAR(16) NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_context_choices PRIMARY KEY (chapter_id, kind, "key"), 
	CONSTRAINT fk_context_choices_chapter_id FOREIGN KEY(chapter_id) REFERENCES chapters (id) ON DELETE CASCADE
);
CREATE TABLE instructions_aside (
	id INTEGER NOT NULL, 
	project_id VARCHAR(36) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	name VARCHAR(64) DEFAULT '' NOT NULL, 
	language VARCHAR(8) DEFAULT '' NOT NULL, 
	content TEXT NOT NULL, 
	CONSTRAINT pk_instructions_aside PRIMARY KEY (id), 
	CONSTRAINT fk_instructions_aside_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE
);
CREATE TABLE kept_answers (
	id INTEGER NOT NULL, 
	project_id VARCHAR(36) NOT NULL, 
	chapter_id INTEGER, 
	kind VARCHAR(16) NOT NULL, 
	subject VARCHAR(32) DEFAULT '' NOT NULL, 
	content JSON NOT NULL, 
	kept_at DATETIME NOT NULL, 
	CONSTRAINT pk_kept_answers PRIMARY KEY (id), 
	CONSTRAINT fk_kept_answers_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE, 
	CONSTRAINT fk_kept_answers_chapter_id FOREIGN KEY(chapter_id) REFERENCES chapters (id) ON DELETE CASCADE
);
CREATE TABLE model_calls (
	id INTEGER NOT NULL, 
	project_id VARCHAR(36), 
	chapter_id INTEGER, 
	auto_run_id INTEGER, 
	task VARCHAR(16) NOT NULL, 
	prompt VARCHAR(64) DEFAULT '' NOT NULL, 
	profile VARCHAR(255) DEFAULT '' NOT NULL, 
	provider VARCHAR(255) DEFAULT '' NOT NULL, 
	model VARCHAR(255) DEFAULT '' NOT NULL, 
	outcome VARCHAR(16) NOT NULL, 
	prompt_tokens INTEGER DEFAULT '0' NOT NULL, 
	completion_tokens INTEGER DEFAULT '0' NOT NULL, 
	estimated INTEGER DEFAULT '0' NOT NULL, 
	cost FLOAT, 
	currency VARCHAR(8), 
	started_at DATETIME NOT NULL, 
	duration_seconds FLOAT DEFAULT '0' NOT NULL, came_with_file INTEGER DEFAULT '0' NOT NULL, cached_tokens INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_model_calls PRIMARY KEY (id), 
	CONSTRAINT fk_model_calls_auto_run_id FOREIGN KEY(auto_run_id) REFERENCES auto_runs (id) ON DELETE SET NULL, 
	CONSTRAINT fk_model_calls_chapter_id FOREIGN KEY(chapter_id) REFERENCES chapters (id) ON DELETE SET NULL, 
	CONSTRAINT fk_model_calls_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE SET NULL
);
CREATE TABLE model_traits (
	profile_id VARCHAR(64) NOT NULL, 
	address TEXT NOT NULL, 
	model VARCHAR(255) NOT NULL, 
	traits JSON NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_model_traits PRIMARY KEY (profile_id, address, model)
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
INSERT INTO "novel_blueprints" VALUES('9dcd6927-3539-4441-a15f-ead6eee3bdf9','Another',NULL,NULL,'',NULL,NULL,NULL,NULL,'2026-11-29 18:58:47.633966','2026-11-29 18:58:47.633966');
INSERT INTO "novel_blueprints" VALUES('140c32d0-9307-4d11-a3eb-9fbb87ca040f','《归潮》 The Tide''s Return; DROP TABLE chapters',NULL,NULL,'plain',NULL,NULL,NULL,'{"tides": [1, 2.5, null]}','2026-11-29 18:58:47.679396','2026-11-29 18:58:47.679396');
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
INSERT INTO "novel_conversations" VALUES(1,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',1,'user','一个关于潮汐的故事','{"mood": ["quiet"]}','2026-01-01 00:00:00');
CREATE TABLE novel_projects (
	id VARCHAR(36) NOT NULL, 
	title VARCHAR(255) NOT NULL, 
	initial_prompt TEXT DEFAULT '' NOT NULL, 
	language VARCHAR(8) DEFAULT 'en' NOT NULL, 
	status VARCHAR(32) DEFAULT 'draft' NOT NULL, 
	metadata JSON, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, author VARCHAR(255) DEFAULT '' NOT NULL, numbering VARCHAR(64) DEFAULT '' NOT NULL, 
	CONSTRAINT pk_novel_projects PRIMARY KEY (id)
);
INSERT INTO "novel_projects" VALUES('9dcd6927-3539-4441-a15f-ead6eee3bdf9','Another','','en','draft',NULL,'2026-11-29 18:58:47.633966','2026-11-29 18:58:47.633966','','');
INSERT INTO "novel_projects" VALUES('140c32d0-9307-4d11-a3eb-9fbb87ca040f','《归潮》 The Tide''s Return; DROP TABLE chapters','A premise.','zh','draft',NULL,'2026-11-29 18:58:47.679396','2026-11-29 18:58:48.504071','','');
CREATE TABLE novel_spelling (
	project_id VARCHAR(36) NOT NULL, 
	dictionary VARCHAR(64) DEFAULT '' NOT NULL, 
	CONSTRAINT pk_novel_spelling PRIMARY KEY (project_id), 
	CONSTRAINT fk_novel_spelling_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE
);
INSERT INTO "novel_spelling" VALUES('140c32d0-9307-4d11-a3eb-9fbb87ca040f','en_GB');
CREATE TABLE novel_words (
	project_id VARCHAR(36) NOT NULL, 
	word VARCHAR(255) NOT NULL, 
	CONSTRAINT pk_novel_words PRIMARY KEY (project_id, word), 
	CONSTRAINT fk_novel_words_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE
);
INSERT INTO "novel_words" VALUES('140c32d0-9307-4d11-a3eb-9fbb87ca040f','Quayside');
INSERT INTO "novel_words" VALUES('140c32d0-9307-4d11-a3eb-9fbb87ca040f','Wrenling');
CREATE TABLE outline_runs (
	id INTEGER NOT NULL, 
	project_id VARCHAR(36) NOT NULL, 
	kind VARCHAR(16) DEFAULT 'fill' NOT NULL, 
	first_chapter INTEGER NOT NULL, 
	last_chapter INTEGER NOT NULL, 
	range_size INTEGER NOT NULL, 
	instruction TEXT DEFAULT '' NOT NULL, 
	proposals JSON DEFAULT '[]' NOT NULL, 
	status VARCHAR(16) DEFAULT 'running' NOT NULL, 
	error_type VARCHAR(64), 
	error_message TEXT, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_outline_runs PRIMARY KEY (id), 
	CONSTRAINT fk_outline_runs_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE
);
CREATE TABLE passage_revisions (
	id INTEGER NOT NULL, 
	chapter_id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	instruction TEXT DEFAULT '' NOT NULL, 
	start INTEGER NOT NULL, 
	original TEXT NOT NULL, 
	proposal TEXT DEFAULT '' NOT NULL, 
	status VARCHAR(16) DEFAULT 'writing' NOT NULL, 
	provider VARCHAR(255) DEFAULT '' NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_passage_revisions PRIMARY KEY (id), 
	CONSTRAINT fk_passage_revisions_chapter_id FOREIGN KEY(chapter_id) REFERENCES chapters (id) ON DELETE CASCADE
);
CREATE TABLE passages (
	id INTEGER NOT NULL, 
	project_id VARCHAR(36) NOT NULL, 
	chapter_id INTEGER NOT NULL, 
	version_id INTEGER NOT NULL, 
	version_revision INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	CONSTRAINT pk_passages PRIMARY KEY (id), 
	CONSTRAINT fk_passages_chapter_id FOREIGN KEY(chapter_id) REFERENCES chapters (id) ON DELETE CASCADE, 
	CONSTRAINT fk_passages_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE
);
CREATE VIRTUAL TABLE passages_fts USING fts5(terms, tokenize = 'ascii');
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
	token_usage JSON, batch_id INTEGER CONSTRAINT fk_pending_analysis_batch_id REFERENCES analysis_batches (id) ON DELETE SET NULL, held INTEGER DEFAULT '0' NOT NULL, claim_rank FLOAT DEFAULT '0' NOT NULL, rescue_count INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_pending_analysis PRIMARY KEY (id), 
	CONSTRAINT fk_pending_analysis_chapter_id FOREIGN KEY(chapter_id) REFERENCES chapters (id) ON DELETE CASCADE, 
	CONSTRAINT fk_pending_analysis_chapter_version_id FOREIGN KEY(chapter_version_id) REFERENCES chapter_versions (id) ON DELETE CASCADE, 
	CONSTRAINT fk_pending_analysis_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE
);
INSERT INTO "pending_analysis" VALUES(1,3,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',1,1,'completed',5,1,0,3,'{"character_tracking": true, "new_characters": true, "world_expansion": true, "foreshadowing": true, "min_chapter_length": 1000, "confidence_threshold": 0.7, "in_one_question": false}','{}',NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-29 18:58:47.858188','2026-11-29 18:58:47.884062','2026-11-29 18:58:48.018909','2026-11-29 18:58:48.018914',0.0,'{"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0, "estimated": false, "cached_tokens": 0, "money": {}, "unpriced": 0}',NULL,0,1.79597572785818791396e+09,0);
INSERT INTO "pending_analysis" VALUES(2,4,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',2,1,'completed',5,1,0,3,'{"character_tracking": true, "new_characters": true, "world_expansion": true, "foreshadowing": true, "min_chapter_length": 1000, "confidence_threshold": 0.7, "in_one_question": false}','{}',NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-29 18:58:48.059052','2026-11-29 18:58:48.083661','2026-11-29 18:58:48.108665','2026-11-29 18:58:48.108670',0.0,'{"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0, "estimated": false, "cached_tokens": 0, "money": {}, "unpriced": 0}',NULL,0,1.7959757280590519905e+09,0);
INSERT INTO "pending_analysis" VALUES(3,3,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',1,1,'completed',5,1,0,3,'{"character_tracking": true, "new_characters": true, "world_expansion": true, "foreshadowing": true, "min_chapter_length": 1000, "confidence_threshold": 0.7, "in_one_question": false}','{}',NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-29 18:58:48.139429','2026-11-29 18:58:48.147503','2026-11-29 18:58:48.223553','2026-11-29 18:58:48.223559',0.0,'{"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0, "estimated": false, "cached_tokens": 0, "money": {}, "unpriced": 0}',NULL,0,1.79597572813942909239e+09,0);
INSERT INTO "pending_analysis" VALUES(4,5,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',4,1,'processing',5,1,0,3,'{"character_tracking": true, "new_characters": true, "world_expansion": true, "foreshadowing": true, "min_chapter_length": 1000, "confidence_threshold": 0.7, "in_one_question": false}',NULL,NULL,NULL,NULL,'24397-6d4bd6f6c25d','2026-11-29 18:59:18.519626',NULL,'2026-11-29 18:58:48.506550','2026-11-29 18:58:48.519626',NULL,'2026-11-29 18:58:48.519626',NULL,NULL,NULL,0,1795975728.50655,0);
INSERT INTO "pending_analysis" VALUES(5,4,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',2,1,'pending',5,1,1,3,'{"character_tracking": true, "new_characters": true, "world_expansion": true, "foreshadowing": true, "min_chapter_length": 1000, "confidence_threshold": 0.7, "in_one_question": false}',NULL,NULL,'connection','no connection to https://llm.internal.example:8443/v1',NULL,NULL,'2026-11-29 19:58:48.568493','2026-11-29 18:58:48.547601','2026-11-29 18:58:48.555334',NULL,'2026-11-29 18:58:48.568501',NULL,NULL,NULL,0,1.7959757285476009846e+09,0);
INSERT INTO "pending_analysis" VALUES(6,3,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',3,1,'pending',3,0,0,3,'{"character_tracking": true, "new_characters": true, "world_expansion": true, "foreshadowing": true, "min_chapter_length": 1000, "confidence_threshold": 0.7, "in_one_question": false}',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-29 18:58:48.630116',NULL,NULL,'2026-11-29 18:58:48.630116',NULL,NULL,1,1,1.79597692863011598588e+09,0);
CREATE TABLE prompt_overrides (
	project_id VARCHAR(36) NOT NULL, 
	name VARCHAR(64) NOT NULL, 
	language VARCHAR(8) NOT NULL, 
	content TEXT NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_prompt_overrides PRIMARY KEY (project_id, name, language), 
	CONSTRAINT fk_prompt_overrides_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE
);
CREATE TABLE provider_circuits (
	provider VARCHAR(255) NOT NULL, 
	owner VARCHAR(64) NOT NULL, 
	reason VARCHAR(64) NOT NULL, 
	wait_seconds FLOAT NOT NULL, 
	probe_at DATETIME NOT NULL, 
	CONSTRAINT pk_provider_circuits PRIMARY KEY (provider)
);
CREATE TABLE provider_profiles (
	id VARCHAR(64) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	base_url TEXT DEFAULT '' NOT NULL, 
	model VARCHAR(255) DEFAULT '' NOT NULL, 
	model_path TEXT DEFAULT '' NOT NULL, 
	context_tokens INTEGER DEFAULT '0' NOT NULL, 
	max_parallel INTEGER DEFAULT '0' NOT NULL, 
	requests_per_minute INTEGER DEFAULT '0' NOT NULL, 
	input_per_million FLOAT DEFAULT '0' NOT NULL, 
	output_per_million FLOAT DEFAULT '0' NOT NULL, 
	currency VARCHAR(8) DEFAULT 'USD' NOT NULL, 
	position INTEGER DEFAULT '0' NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, first_token_seconds INTEGER DEFAULT '0' NOT NULL, cached_per_million FLOAT DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_provider_profiles PRIMARY KEY (id)
);
CREATE TABLE provider_routes (
	task VARCHAR(16) NOT NULL, 
	position INTEGER NOT NULL, 
	profile_id VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_provider_routes PRIMARY KEY (task, position), 
	CONSTRAINT fk_provider_routes_profile_id FOREIGN KEY(profile_id) REFERENCES provider_profiles (id) ON DELETE CASCADE
);
CREATE TABLE story_summaries (
	id INTEGER NOT NULL, 
	project_id VARCHAR(36) NOT NULL, 
	level VARCHAR(16) NOT NULL, 
	first_chapter INTEGER NOT NULL, 
	last_chapter INTEGER NOT NULL, 
	content TEXT NOT NULL, 
	source_hash VARCHAR(64) NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_story_summaries PRIMARY KEY (id), 
	CONSTRAINT fk_story_summaries_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE, 
	CONSTRAINT uq_story_summaries_project_id_level_first_chapter UNIQUE (project_id, level, first_chapter)
);
CREATE TABLE volumes (
	id INTEGER NOT NULL, 
	project_id VARCHAR(36) NOT NULL, 
	volume_number INTEGER NOT NULL, 
	title VARCHAR(255) NOT NULL, summary TEXT DEFAULT '' NOT NULL, planned_chapters INTEGER DEFAULT '0' NOT NULL, label VARCHAR(64), 
	CONSTRAINT pk_volumes PRIMARY KEY (id), 
	CONSTRAINT fk_volumes_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE, 
	CONSTRAINT uq_volumes_project_id_volume_number UNIQUE (project_id, volume_number)
);
INSERT INTO "volumes" VALUES(1,'9dcd6927-3539-4441-a15f-ead6eee3bdf9',1,'Book','',0,NULL);
INSERT INTO "volumes" VALUES(2,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',1,'Book','',0,NULL);
INSERT INTO "volumes" VALUES(3,'140c32d0-9307-4d11-a3eb-9fbb87ca040f',2,'Book','',0,NULL);
CREATE TABLE writing_days (
	id INTEGER NOT NULL, 
	project_id VARCHAR(36) NOT NULL, 
	day VARCHAR(10) NOT NULL, 
	own_words INTEGER DEFAULT '0' NOT NULL, 
	model_words INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_writing_days PRIMARY KEY (id), 
	CONSTRAINT fk_writing_days_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE, 
	CONSTRAINT uq_writing_days_project_id_day UNIQUE (project_id, day)
);
INSERT INTO "writing_days" VALUES(1,'140c32d0-9307-4d11-a3eb-9fbb87ca040f','2026-11-29',3,49);
CREATE TABLE writing_guides (
	project_id VARCHAR(36) NOT NULL, 
	persona TEXT DEFAULT '' NOT NULL, 
	style_samples JSON DEFAULT '[]' NOT NULL, 
	constitution JSON DEFAULT '[]' NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_writing_guides PRIMARY KEY (project_id), 
	CONSTRAINT fk_writing_guides_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE
);
CREATE TABLE writing_targets (
	project_id VARCHAR(36) NOT NULL, 
	chapter_words INTEGER DEFAULT '0' NOT NULL, 
	day_words INTEGER DEFAULT '0' NOT NULL, 
	book_words INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_writing_targets PRIMARY KEY (project_id), 
	CONSTRAINT fk_writing_targets_project_id FOREIGN KEY(project_id) REFERENCES novel_projects (id) ON DELETE CASCADE
);
CREATE INDEX ix_blueprint_characters_project_id ON blueprint_characters (project_id);
CREATE INDEX ix_blueprint_relationships_project_id ON blueprint_relationships (project_id);
CREATE INDEX ix_codex_entries_project_id_kind ON codex_entries (project_id, kind);
CREATE INDEX ix_chapter_outlines_volume_id ON chapter_outlines (volume_id);
CREATE INDEX ix_chapter_versions_chapter_id ON chapter_versions (chapter_id);
CREATE INDEX ix_chapter_evaluations_chapter_id ON chapter_evaluations (chapter_id);
CREATE INDEX ix_pending_analysis_chapter_id ON pending_analysis (chapter_id);
CREATE INDEX ix_pending_analysis_leases ON pending_analysis (lease_expires_at) WHERE status = 'processing';
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
CREATE UNIQUE INDEX uq_auto_runs_unfinished ON auto_runs (project_id) WHERE status IN ('running', 'paused');
CREATE INDEX ix_outline_runs_project_id ON outline_runs (project_id);
CREATE INDEX ix_model_calls_auto_run_id ON model_calls (auto_run_id) WHERE auto_run_id IS NOT NULL;
CREATE INDEX ix_model_calls_chapter_id ON model_calls (chapter_id) WHERE chapter_id IS NOT NULL;
CREATE INDEX ix_model_calls_project_id_started_at ON model_calls (project_id, started_at);
CREATE INDEX ix_model_calls_started_at ON model_calls (started_at);
CREATE INDEX ix_passage_revisions_chapter_id ON passage_revisions (chapter_id);
CREATE INDEX ix_passages_chapter_id_position ON passages (chapter_id, position);
CREATE INDEX ix_passages_project_id ON passages (project_id);
CREATE INDEX ix_chapter_candidates_version_id ON chapter_candidates (version_id) WHERE version_id IS NOT NULL;
CREATE TRIGGER passages_leave_index AFTER DELETE ON passages BEGIN DELETE FROM passages_fts WHERE rowid = old.id; END;
CREATE INDEX ix_pending_analysis_project_id_status ON pending_analysis (project_id, status);
CREATE INDEX ix_pending_analysis_finished ON pending_analysis (project_id, updated_at) WHERE status IN ('completed', 'failed', 'cancelled');
CREATE INDEX ix_pending_analysis_held ON pending_analysis (claim_rank, id) WHERE status = 'pending' AND held = 1;
CREATE INDEX ix_instructions_aside_project_id ON instructions_aside (project_id);
CREATE INDEX ix_chapters_selected_version_id ON chapters (selected_version_id);
CREATE INDEX ix_pending_analysis_chapter_version_id ON pending_analysis (chapter_version_id);
CREATE INDEX ix_chapter_evaluations_version_id ON chapter_evaluations (version_id);
CREATE INDEX ix_kept_answers_project_id ON kept_answers (project_id);
CREATE INDEX ix_kept_answers_chapter_id ON kept_answers (chapter_id);
CREATE INDEX ix_chapter_snapshots_chapter_id_id ON chapter_snapshots (chapter_id, id);
CREATE INDEX ix_chapter_comments_chapter_id ON chapter_comments (chapter_id);
CREATE INDEX ix_call_places_model_place_started_at ON call_places (model_place, started_at);
CREATE TRIGGER count_tasks_arrive AFTER INSERT ON pending_analysis BEGIN INSERT INTO analysis_counts (project_id, unfinished, completed, failed, cancelled, resting) VALUES (NEW.project_id, + (NEW.status IN ('pending', 'processing')), + (NEW.status IN ('completed')), + (NEW.status IN ('failed')), + (NEW.status IN ('cancelled')), + (NEW.status IN ('resting'))) ON CONFLICT (project_id) DO UPDATE SET unfinished = analysis_counts.unfinished + excluded.unfinished, completed = analysis_counts.completed + excluded.completed, failed = analysis_counts.failed + excluded.failed, cancelled = analysis_counts.cancelled + excluded.cancelled, resting = analysis_counts.resting + excluded.resting; END;
CREATE TRIGGER count_tasks_leave AFTER DELETE ON pending_analysis BEGIN INSERT INTO analysis_counts (project_id, unfinished, completed, failed, cancelled, resting) VALUES (OLD.project_id, - (OLD.status IN ('pending', 'processing')), - (OLD.status IN ('completed')), - (OLD.status IN ('failed')), - (OLD.status IN ('cancelled')), - (OLD.status IN ('resting'))) ON CONFLICT (project_id) DO UPDATE SET unfinished = analysis_counts.unfinished + excluded.unfinished, completed = analysis_counts.completed + excluded.completed, failed = analysis_counts.failed + excluded.failed, cancelled = analysis_counts.cancelled + excluded.cancelled, resting = analysis_counts.resting + excluded.resting; END;
CREATE TRIGGER count_tasks_change AFTER UPDATE OF status ON pending_analysis WHEN OLD.status <> NEW.status AND NOT (OLD.status IN ('pending', 'processing') AND NEW.status IN ('pending', 'processing')) BEGIN INSERT INTO analysis_counts (project_id, unfinished, completed, failed, cancelled, resting) VALUES (NEW.project_id, + (NEW.status IN ('pending', 'processing')) - (OLD.status IN ('pending', 'processing')), + (NEW.status IN ('completed')) - (OLD.status IN ('completed')), + (NEW.status IN ('failed')) - (OLD.status IN ('failed')), + (NEW.status IN ('cancelled')) - (OLD.status IN ('cancelled')), + (NEW.status IN ('resting')) - (OLD.status IN ('resting'))) ON CONFLICT (project_id) DO UPDATE SET unfinished = analysis_counts.unfinished + excluded.unfinished, completed = analysis_counts.completed + excluded.completed, failed = analysis_counts.failed + excluded.failed, cancelled = analysis_counts.cancelled + excluded.cancelled, resting = analysis_counts.resting + excluded.resting; END;
CREATE TRIGGER count_calls_arrive AFTER INSERT ON model_calls WHEN NEW.came_with_file = 0 BEGIN INSERT INTO call_totals (provider, model, currency, slot, calls, prompt_tokens, completion_tokens, cost) VALUES (NEW.provider, NEW.model, coalesce(NEW.currency, ''), NEW.id % 8, 1, NEW.prompt_tokens, NEW.completion_tokens, coalesce(NEW.cost, 0)) ON CONFLICT (provider, model, currency, slot) DO UPDATE SET calls = call_totals.calls + excluded.calls, prompt_tokens = call_totals.prompt_tokens + excluded.prompt_tokens, completion_tokens = call_totals.completion_tokens + excluded.completion_tokens, cost = call_totals.cost + excluded.cost; END;
CREATE TRIGGER count_calls_leave AFTER DELETE ON model_calls WHEN OLD.came_with_file = 0 BEGIN INSERT INTO call_totals (provider, model, currency, slot, calls, prompt_tokens, completion_tokens, cost) VALUES (OLD.provider, OLD.model, coalesce(OLD.currency, ''), OLD.id % 8, -1, -OLD.prompt_tokens, -OLD.completion_tokens, -coalesce(OLD.cost, 0)) ON CONFLICT (provider, model, currency, slot) DO UPDATE SET calls = call_totals.calls + excluded.calls, prompt_tokens = call_totals.prompt_tokens + excluded.prompt_tokens, completion_tokens = call_totals.completion_tokens + excluded.completion_tokens, cost = call_totals.cost + excluded.cost; END;
COMMIT;
