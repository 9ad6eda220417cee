CREATE TABLE review (
	week TEXT NOT NULL,
	topic TEXT NOT NULL,
	language TEXT NOT NULL,
	note TEXT NOT NULL,
	approved_at BIGINT,
	approved_by TEXT NOT NULL,
	PRIMARY KEY (week, topic, language)
)
