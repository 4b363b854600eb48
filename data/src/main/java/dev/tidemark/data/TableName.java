package dev.tidemark.data;

import java.util.Optional;

/**
 * The name of a table: alone, or with the schema that it is in. Where it is alone, the connection
 * says which schema is meant.
 */
record TableName(Optional<String> schema, String table) {
    /** What is before the first dot is the schema. */
    static TableName parse(String text) {
        int dot = text.indexOf('.');
        return dot <= 0
                ? new TableName(Optional.empty(), text)
                : new TableName(Optional.of(text.substring(0, dot)), text.substring(dot + 1));
    }

    static TableName alone(String table) {
        return new TableName(Optional.empty(), table);
    }

    @Override
    public String toString() {
        return schema.map(it -> it + "." + table).orElse(table);
    }
}
