CREATE TABLE sails (name TEXT);
INSERT INTO nowhere VALUES (1);
