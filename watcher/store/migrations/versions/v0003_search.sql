DROP TABLE entry_search;
CREATE VIEW entry_text AS
SELECT id, title, substr(summary || char(10) || coalesce(content, ''), 1, 50000) AS body
FROM entry LEFT JOIN entry_content ON entry_id = id;
CREATE VIRTUAL TABLE entry_search USING fts5(title, body, content='entry_text', content_rowid='id',
tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE entry_word USING fts5vocab(entry_search, row);
INSERT INTO entry_search (entry_search, rank) VALUES ('hashsize', 8000000);
INSERT INTO entry_search (entry_search) VALUES ('rebuild')
