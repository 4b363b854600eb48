-- Two statements; a text with a semicolon in a comment: ;
INSERT INTO boats VALUES ('Ann');
INSERT INTO boats VALUES ('Bea');
