package dev.tidemark;

/** A column of a {@link Schema}. */
public record Column(String name, ColumnType type) {
    public Column {
        Names.check("column", name);
    }
}
