package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.ErrorCode;
import dev.tidemark.Receipt;
import dev.tidemark.Rows;
import dev.tidemark.TidemarkException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says how rows are published into a table, and publishes them: {@code
 * task.into(table).replaceWindow("day").rows(rows)}. Nothing happens before {@link #rows}.
 */
public final class TableWriter {
    private final TableTarget target;
    private final Boundary boundary;
    private PublishRules rules = PublishRules.STRICT;
    private @Nullable Publication publication;

    TableWriter(TableTarget target, Boundary boundary) {
        this.target = target;
        this.boundary = boundary;
    }

    /**
     * The rows take the place of the partition's rows: those whose value in this column lies in the
     * partition's interval. A DATE or TIMESTAMP is a local one in the partition's zone; a TEXT
     * equals the partition's key. The partition {@code all} replaces the whole table.
     */
    public TableWriter replaceWindow(String column) {
        var _ = target.schema().position(column);
        return publishing(new Replace(Optional.of(column)));
    }

    /** The rows take the place of all rows. Only for the partition {@code all}. */
    public TableWriter replaceAll() {
        return publishing(new Replace(Optional.empty()));
    }

    /**
     * The rows come to those that are there, once for this partition, for tables of events that
     * nobody changes. A partition that was appended stays as it is, however often the task runs and
     * whatever its rows are then: nothing is read, checked or written, and the receipt is that of
     * the publish that counts. Where the rows of a partition can change, take {@link
     * #replaceWindow}.
     */
    public TableWriter appendOnce() {
        return publishing(new AppendOnce());
    }

    /** Each row takes the place of the row with the same key; others stay. */
    public TableWriter mergeOn(String... keys) {
        if (keys.length == 0) {
            throw invalid("mergeOn needs a column");
        }
        for (String key : keys) {
            var _ = target.schema().position(key);
        }
        return publishing(new Merge(List.of(keys), Optional.empty(), Optional.empty()));
    }

    /**
     * After {@link #mergeOn}: a row is only replaced by one with a higher value in this column, in
     * whatever order they come. Of several rows of a load with one key, the newest is taken.
     */
    public TableWriter newestBy(String column) {
        Merge merge = merging("newestBy");
        var _ = target.schema().position(column);
        publication = new Merge(merge.keys(), Optional.of(column), merge.deleteMissingWithin());
        return this;
    }

    /**
     * After {@link #mergeOn}: rows of the partition, by this column, whose key the load does not
     * have are deleted.
     */
    public TableWriter deleteMissingWithin(String column) {
        Merge merge = merging("deleteMissingWithin");
        var _ = target.schema().position(column);
        publication = new Merge(merge.keys(), merge.newestBy(), Optional.of(column));
        return this;
    }

    /** Gates that the staged rows must pass. */
    public TableWriter check(Check... checks) {
        rules = rules.check(checks);
        return this;
    }

    /** No rows are fine, also where there were some. */
    public TableWriter allowEmpty() {
        return silence(PublishRules.HouseRule.NOTHING_OVER_SOMETHING);
    }

    /** The same input as for the partition before is fine. */
    public TableWriter mayRepeat() {
        return silence(PublishRules.HouseRule.SAME_INPUT_AS_BEFORE);
    }

    /**
     * Other columns than before are fine: new ones are added to the table, and null in earlier
     * rows; ones that are gone stay, and are null in new rows. See {@link SchemaContract#EVOLVE}.
     */
    public TableWriter acceptSchemaChange() {
        return contract(SchemaContract.EVOLVE);
    }

    /**
     * What becomes of columns and values that are not as declared. Without it nothing that differs
     * is published: {@link SchemaContract#FREEZE}.
     */
    public TableWriter contract(SchemaContract contract) {
        rules = rules.contract(contract);
        return this;
    }

    /**
     * Publishes the rows, all of them or none, and closes them.
     *
     * @throws TidemarkException with the code of the rule that refused; nothing is published then
     */
    public Receipt rows(Rows rows) {
        Publication chosen = publication;
        if (chosen == null) {
            throw invalid(
                    "say how: replaceWindow(column), replaceAll(), mergeOn(key) or appendOnce()");
        }
        return new TablePublish(target, boundary, chosen, rules).publish(rows);
    }

    private TableWriter publishing(Publication chosen) {
        if (publication != null) {
            throw invalid("it is said twice how rows are published");
        }
        publication = chosen;
        return this;
    }

    private Merge merging(String call) {
        if (publication instanceof Merge merge) {
            return merge;
        }
        throw invalid(call + " belongs after mergeOn(key)");
    }

    private TableWriter silence(PublishRules.HouseRule rule) {
        rules = rules.silence(rule);
        return this;
    }

    private TidemarkException invalid(String why) {
        return new TidemarkException(
                ErrorCode.INVALID_DEFINITION, "writing into " + target.name() + ": " + why);
    }
}
