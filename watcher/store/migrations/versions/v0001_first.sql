CREATE TABLE feed (
  id INTEGER NOT NULL,
  url TEXT NOT NULL,
  name TEXT,
  configured_language TEXT,
  topics TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  inactive_since BIGINT,
  title TEXT,
  state TEXT,
  PRIMARY KEY (id),
  UNIQUE (url)
);

CREATE TABLE spelling (
  entity TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (entity, kind, text)
)
 WITHOUT ROWID;

CREATE TABLE story (
  id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  merged_into TEXT,
  merged_at BIGINT,
  PRIMARY KEY (id)
);

CREATE INDEX story_merged_into ON story (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE decision (
  id INTEGER NOT NULL,
  act TEXT NOT NULL,
  topic TEXT,
  at BIGINT NOT NULL,
  "by" TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE edition (
  topic TEXT NOT NULL,
  week TEXT NOT NULL,
  language TEXT NOT NULL,
  state TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  files TEXT NOT NULL,
  composed_at BIGINT NOT NULL,
  written_at BIGINT,
  inputs TEXT NOT NULL,
  edition TEXT NOT NULL,
  PRIMARY KEY (topic, week, language)
);

CREATE TABLE printed (
  topic TEXT NOT NULL,
  entry_id INTEGER NOT NULL,
  week TEXT NOT NULL,
  story TEXT NOT NULL,
  PRIMARY KEY (topic, entry_id, week)
)
 WITHOUT ROWID;

CREATE INDEX printed_entry ON printed (entry_id);

CREATE INDEX printed_week ON printed (topic, week);

CREATE TABLE card (
  id TEXT NOT NULL,
  deadline DATE,
  data TEXT NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX card_deadline ON card (deadline);

CREATE TABLE profile (
  topic TEXT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (topic)
);

CREATE TABLE run (
  id INTEGER NOT NULL,
  job TEXT NOT NULL,
  started BIGINT NOT NULL,
  finished BIGINT NOT NULL,
  ok BOOLEAN NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (id)
);

CREATE INDEX run_job ON run (job, started);

CREATE TABLE delivery (
  id INTEGER NOT NULL,
  edition TEXT NOT NULL,
  recipient TEXT NOT NULL,
  address TEXT NOT NULL,
  message_id TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER DEFAULT '0' NOT NULL,
  doubts INTEGER DEFAULT '0' NOT NULL,
  next_attempt BIGINT NOT NULL,
  lease BIGINT,
  error TEXT,
  queued_at BIGINT NOT NULL,
  sent_at BIGINT,
  PRIMARY KEY (id)
);

CREATE INDEX delivery_state ON delivery (state, next_attempt);

CREATE INDEX delivery_edition ON delivery (edition);

CREATE UNIQUE INDEX delivery_once ON delivery (message_id, recipient);

CREATE TABLE entry (
  id INTEGER NOT NULL,
  feed_id INTEGER NOT NULL,
  hash TEXT NOT NULL,
  rules TEXT,
  on_topic BOOLEAN DEFAULT '0' NOT NULL,
  annotated BOOLEAN DEFAULT '0' NOT NULL,
  story TEXT,
  attempts INTEGER DEFAULT '0' NOT NULL,
  error TEXT,
  at BIGINT NOT NULL,
  digest_at BIGINT NOT NULL,
  first_seen BIGINT NOT NULL,
  published BIGINT,
  updated BIGINT,
  date_quality TEXT NOT NULL,
  language TEXT,
  url TEXT,
  author TEXT,
  tags TEXT NOT NULL,
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(feed_id) REFERENCES feed (id)
);

CREATE INDEX entry_story ON entry (story) WHERE story IS NOT NULL;

CREATE INDEX entry_feed_at ON entry (feed_id, at);

CREATE INDEX entry_ungrouped ON entry (at, id) WHERE on_topic = 1 AND story IS NULL;

CREATE INDEX entry_unmatched ON entry (id) WHERE rules IS NULL;

CREATE INDEX entry_at ON entry (at);

CREATE INDEX entry_unannotated ON entry (id) WHERE on_topic = 1 AND annotated = 0;

CREATE INDEX entry_digest_at ON entry (digest_at, rules);

CREATE TABLE decision_entry (
  decision_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  entry_id INTEGER NOT NULL,
  PRIMARY KEY (decision_id, position),
  FOREIGN KEY(decision_id) REFERENCES decision (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX decision_entry_entry ON decision_entry (entry_id);

CREATE TABLE entry_content (
  entry_id INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (entry_id),
  FOREIGN KEY(entry_id) REFERENCES entry (id) ON DELETE CASCADE
);

CREATE TABLE entry_key (
  feed_id INTEGER NOT NULL,
  "key" BIGINT NOT NULL,
  entry_id INTEGER NOT NULL,
  PRIMARY KEY (feed_id, "key"),
  FOREIGN KEY(feed_id) REFERENCES feed (id),
  FOREIGN KEY(entry_id) REFERENCES entry (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX entry_key_entry ON entry_key (entry_id);

CREATE TABLE entry_revision (
  id INTEGER NOT NULL,
  entry_id INTEGER NOT NULL,
  replaced_at BIGINT NOT NULL,
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(entry_id) REFERENCES entry (id) ON DELETE CASCADE
);

CREATE INDEX entry_revision_entry ON entry_revision (entry_id);

CREATE TABLE entry_match (
  entry_id INTEGER NOT NULL,
  topic TEXT NOT NULL,
  score FLOAT NOT NULL,
  reasons TEXT NOT NULL,
  PRIMARY KEY (entry_id, topic),
  FOREIGN KEY(entry_id) REFERENCES entry (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE annotation (
  entry_id INTEGER NOT NULL,
  hash TEXT NOT NULL,
  model TEXT NOT NULL,
  language TEXT,
  truncated BOOLEAN DEFAULT '0' NOT NULL,
  PRIMARY KEY (entry_id),
  FOREIGN KEY(entry_id) REFERENCES entry (id) ON DELETE CASCADE
);

CREATE INDEX annotation_hash ON annotation (hash, model);

CREATE TABLE mention (
  entry_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  entity TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  amount TEXT,
  unit TEXT,
  PRIMARY KEY (entry_id, position),
  FOREIGN KEY(entry_id) REFERENCES entry (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX mention_entity ON mention (entity, entry_id);

CREATE TABLE feature (
  entry_id INTEGER NOT NULL,
  at BIGINT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (entry_id),
  FOREIGN KEY(entry_id) REFERENCES entry (id) ON DELETE CASCADE
);

CREATE TABLE feature_key (
  "key" BIGINT NOT NULL,
  at BIGINT NOT NULL,
  entry_id INTEGER NOT NULL,
  PRIMARY KEY ("key", at, entry_id),
  FOREIGN KEY(entry_id) REFERENCES entry (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX feature_key_entry ON feature_key (entry_id);

CREATE TABLE story_member (
  entry_id INTEGER NOT NULL,
  assigned_at BIGINT NOT NULL,
  story TEXT NOT NULL,
  ended_at BIGINT,
  copy_of INTEGER,
  reasons TEXT NOT NULL,
  PRIMARY KEY (entry_id, assigned_at, story),
  FOREIGN KEY(entry_id) REFERENCES entry (id) ON DELETE CASCADE,
  FOREIGN KEY(story) REFERENCES story (id)
)
 WITHOUT ROWID;

CREATE INDEX story_member_story ON story_member (story);

CREATE VIRTUAL TABLE entry_search USING fts5(title, body, tokenize='unicode61 remove_diacritics 0');
