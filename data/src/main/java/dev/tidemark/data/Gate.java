package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.Consumption;
import dev.tidemark.ErrorCode;
import dev.tidemark.Partition;
import dev.tidemark.RowCounts;
import dev.tidemark.TidemarkException;
import java.util.List;
import java.util.Optional;

/** What stands between staged rows and their readers. Each rule refuses with its own error code. */
final class Gate {
    private final Boundary boundary;
    private final String asset;
    private final Precedent before;

    Gate(Boundary boundary, String asset, Precedent before) {
        this.boundary = boundary;
        this.asset = asset;
        this.before = before;
    }

    void verifyBalance(RowCounts rows) {
        if (!rows.balance()) {
            throw Manifest.unbalanced(asset, boundary.partition().key(), rows);
        }
    }

    /** A window that had rows is not replaced by nothing; a source that had some has some. */
    void verifyNotEmptyOverData(RowCounts rows) {
        long visible = publishedRows(before.current());
        if (rows.published() == 0 && visible > 0) {
            throw refuse(
                    ErrorCode.EMPTY_OVER_DATA,
                    ("no rows would replace the %d that readers see. Where that is meant, "
                                    + "say allowEmpty()")
                            .formatted(visible));
        }
        long readBefore = before.previous().map(found -> found.outcome().rows().read()).orElse(0L);
        if (rows.read() == 0 && readBefore > 0) {
            throw refuse(
                    ErrorCode.EMPTY_OVER_DATA,
                    ("no rows were read, and %d for the partition before it. Where that "
                                    + "is meant, say allowEmpty()")
                            .formatted(readBefore));
        }
    }

    private static long publishedRows(Optional<Manifest> manifest) {
        return manifest.map(found -> found.outcome().rows().published()).orElse(0L);
    }

    /** Yesterday's file is not today's. */
    void verifyInputsAreNew() {
        Optional<Partition> previous = boundary.previousPartition();
        if (previous.isEmpty() || before.previous().isEmpty()) {
            return;
        }
        List<Consumption> consumedBefore = before.previous().get().inputs();
        for (Consumption input : boundary.consumptions()) {
            if (input.partition().equals(boundary.partition().key()) && input.rows() > 0) {
                consumedBefore.stream()
                        .filter(earlier -> earlier.partition().equals(previous.get().key()))
                        .filter(earlier -> earlier.source().equals(input.source()))
                        .filter(earlier -> earlier.version().equals(input.version()))
                        .findFirst()
                        .ifPresent(earlier -> refuseRepeated(input, earlier));
            }
        }
    }

    private void refuseRepeated(Consumption input, Consumption earlier) {
        throw refuse(
                ErrorCode.SAME_INPUT_AS_BEFORE,
                ("%s has the same %d rows (version %s) as for the partition before it, "
                                + "%s. Where that is meant, say mayRepeat()")
                        .formatted(
                                input.source(),
                                input.rows(),
                                input.version(),
                                earlier.partition()));
    }

    /** All that failed at once, so that one run tells the whole story. */
    void verifyChecks(List<CheckResult> results) {
        List<String> failed =
                results.stream()
                        .filter(result -> result.verdict() == CheckResult.Verdict.FAILED)
                        .map(CheckResult::toString)
                        .toList();
        if (!failed.isEmpty()) {
            throw refuse(
                    ErrorCode.CHECK_FAILED,
                    "%d of %d checks failed: %s"
                            .formatted(failed.size(), results.size(), String.join("; ", failed)));
        }
    }

    private TidemarkException refuse(ErrorCode code, String why) {
        return new TidemarkException(
                code,
                "%s %s: %s. Nothing is published; readers see what they saw before"
                        .formatted(asset, boundary.partition().key(), why));
    }
}
