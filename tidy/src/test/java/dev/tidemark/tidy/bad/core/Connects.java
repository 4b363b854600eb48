package dev.tidemark.tidy.bad.core;

import java.net.URI;
import java.sql.Connection;

record Connects(Connection connection, URI address) {}
