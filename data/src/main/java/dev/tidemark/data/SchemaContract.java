package dev.tidemark.data;

/**
 * What happens to columns and values that are not as declared: of a {@link CsvFiles} source, those
 * of a file; of a target, those of the rows that are published into it. Whatever is let pass is
 * told in the manifest and in the run's report.
 */
public enum SchemaContract {
    /**
     * Nothing is published unless the columns are the declared ones. Holds where nothing is said.
     */
    FREEZE,
    /**
     * Columns that nobody declared are left out, declared ones that do not come are null. A value
     * of another type is refused. The columns declared for a target may differ from those published
     * before: a table gets new ones added, and keeps those that are gone.
     */
    EVOLVE,
    /**
     * Rows with a value in a column that nobody declared, or with one that is not of its column's
     * type, go to the dead letter as they came. A column that does not come at all is refused.
     */
    REJECT_ROWS,
    /**
     * Values in columns that nobody declared are left out; those that are not of their column's
     * type, or do not come, are null.
     */
    REJECT_VALUES
}
