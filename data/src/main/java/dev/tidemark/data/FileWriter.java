package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.Receipt;
import dev.tidemark.Rows;
import dev.tidemark.TidemarkException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Says how rows are published into a {@link FileDataset}, and does it. Each call that sets
 * something returns the writer to go on with.
 */
public final class FileWriter {
    private final FileDataset dataset;
    private final Boundary boundary;
    private final PublishRules rules;

    FileWriter(FileDataset dataset, Boundary boundary, PublishRules rules) {
        this.dataset = dataset;
        this.boundary = boundary;
        this.rules = rules;
    }

    /** Publishes only if these pass. */
    public FileWriter check(Check... checks) {
        return with(rules.check(checks));
    }

    /** Publishes only if every row lies in the partition's interval by this column. */
    public FileWriter within(String column) {
        return with(rules.within(column));
    }

    /** Nothing may replace something, and a source that usually has rows may have none. */
    public FileWriter allowEmpty() {
        return with(rules.silence(PublishRules.HouseRule.NOTHING_OVER_SOMETHING));
    }

    /** An input may be the same as for the partition before. */
    public FileWriter mayRepeat() {
        return with(rules.silence(PublishRules.HouseRule.SAME_INPUT_AS_BEFORE));
    }

    /** The columns may differ from those published before: {@link SchemaContract#EVOLVE}. */
    public FileWriter acceptSchemaChange() {
        return contract(SchemaContract.EVOLVE);
    }

    /**
     * What becomes of columns and values that are not as declared. Without it nothing that differs
     * is published: {@link SchemaContract#FREEZE}.
     */
    public FileWriter contract(SchemaContract contract) {
        return with(rules.contract(contract));
    }

    private FileWriter with(PublishRules changed) {
        return new FileWriter(dataset, boundary, changed);
    }

    /**
     * Replaces what readers see of the partition by these rows, all at once, and closes them.
     *
     * @throws TidemarkException where the rows may not be published, or another attempt owns the
     *     partition; readers see what they saw before
     */
    public Receipt publish(Rows rows) {
        String piece = dataset.name() + " " + boundary.partition().key();
        try (rows) {
            return new FilePublication(dataset, boundary, rules).publish(rows);
        } catch (IOException e) {
            throw Durable.failed("publishing " + piece, e);
        } catch (UncheckedIOException e) {
            throw Durable.failed("publishing " + piece, e);
        }
    }
}
