package dev.tidemark.data;

import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.TidemarkException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What somebody found who looked at a partition again.
 *
 * @param chain the hashes of the manifests in its target, oldest first
 * @param content what was looked at beside the manifests
 * @param faults what is not as it was published; empty where all is
 */
public record Audit(List<String> chain, Content content, List<String> faults) {
    /** What was looked at beside the manifests. */
    public enum Content {
        /** Every row, against the last manifest. */
        ROWS,
        /**
         * Nothing: rows that were merged or appended are among those of others, and no manifest
         * tells of all of them.
         */
        MANIFESTS_ONLY
    }

    public Audit {
        chain = List.copyOf(chain);
        faults = List.copyOf(faults);
    }

    /** A manifest as it lies in its target. */
    record Link(String document, String hash) {}

    /** Gathers what is found. Belongs to one thread. */
    static final class Findings {
        private final List<String> chain = new ArrayList<>();
        private final List<String> faults = new ArrayList<>();
        private Content content = Content.MANIFESTS_ONLY;

        /** The manifests of a partition, oldest first. */
        void chain(List<Link> links) {
            Optional<String> before = Optional.empty();
            for (Link link : links) {
                String hash = Sha256.hex(link.document());
                if (!hash.equals(link.hash())) {
                    faults.add(
                            "a manifest was altered: its hash is %s, and it is kept with %s"
                                    .formatted(hash, link.hash()));
                }
                Optional<String> previous = ManifestJson.read(link.document()).piece().previous();
                if (!previous.equals(before)) {
                    faults.add(
                            "manifest %s follows %s, and before it lies %s"
                                    .formatted(
                                            link.hash(),
                                            previous.orElse("none"),
                                            before.orElse("none")));
                }
                before = Optional.of(link.hash());
                chain.add(link.hash());
            }
        }

        /** All rows that readers see of the partition. */
        void rows(Manifest head, Rows rows) {
            content = Content.ROWS;
            ContentHash hash = new ContentHash();
            long count = 0;
            for (Row row : rows) {
                hash.add(row);
                count++;
            }
            long published = head.outcome().rows().published();
            if (count != published) {
                faults.add("it has %,d rows, and %,d were published".formatted(count, published));
            }
            if (!hash.hex().equals(head.output().contentHash())) {
                faults.add(
                        "its rows have the content hash %s, and what was published had %s"
                                .formatted(hash.hex(), head.output().contentHash()));
            }
        }

        /** Looks, and takes what cannot be read any more for a finding. */
        Audit of(Supplier<Boolean> looking) {
            try {
                var _ = looking.get();
            } catch (TidemarkException e) {
                faults.add(String.valueOf(e.getMessage()));
            }
            return new Audit(chain, content, faults);
        }
    }
}
