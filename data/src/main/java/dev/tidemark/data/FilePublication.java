package dev.tidemark.data;

import dev.tidemark.Boundary;
import dev.tidemark.Partition;
import dev.tidemark.ProtocolStep;
import dev.tidemark.Receipt;
import dev.tidemark.Rejection;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One publish of one attempt into a {@link FileDataset}: claim, stage, check, publish. */
final class FilePublication {
    private final FileDataset dataset;
    private final Boundary boundary;
    private final PublishRules rules;
    private final Path folder;
    private final FileLog log;

    FilePublication(FileDataset dataset, Boundary boundary, PublishRules rules) {
        this.dataset = dataset;
        this.boundary = boundary;
        this.rules = rules;
        this.folder = dataset.folder(boundary, boundary.partition());
        this.log = new FileLog(folder);
    }

    Receipt publish(Rows rows) throws IOException {
        FileFence fence = new FileFence(log, boundary, dataset.name());
        CurrentLink link = new CurrentLink(folder, log, dataset.format());
        LogEntry claim = fence.claim();
        link.follow();
        new LeftOvers(folder, log).collect(claim, boundary.now());
        boundary.reached(ProtocolStep.CLAIMED, dataset);

        try (Staging staging = new Staging(boundary, dataset, rules, precedent(claim))) {
            return publish(rows, staging, fence, link);
        }
    }

    private Receipt publish(Rows rows, Staging staging, FileFence fence, CurrentLink link)
            throws IOException {
        Manifest.Output output = stage(rows, staging);
        boundary.reached(ProtocolStep.STAGED, dataset);

        staging.verify(
                new FileQueries(
                        boundary.partition(),
                        dataset.schema(),
                        output.files().stream().map(part -> folder.resolve(part.name())).toList()));
        boundary.reached(ProtocolStep.CHECKED, dataset);

        VisibleVersion visible =
                fence.publish((version, previous) -> staging.manifest(version, previous, output));
        boundary.reached(ProtocolStep.PUBLISHED, dataset);
        link.follow();
        boundary.published(visible.evidence());
        return visible.manifest().receipt();
    }

    private Precedent precedent(LogEntry claim) throws IOException {
        Optional<Partition> previous = boundary.previousPartition();
        Optional<LogEntry> previousHead =
                previous.isEmpty()
                        ? Optional.empty()
                        : new FileLog(dataset.folder(boundary, previous.get())).head();
        return new Precedent(
                claim.visible().map(VisibleVersion::manifest),
                previousHead.flatMap(LogEntry::visible).map(VisibleVersion::manifest),
                new FileHistory(folder)::rowsBefore);
    }

    /** Writes the rows, durably, into files that only this attempt knows. */
    private Manifest.Output stage(Rows rows, Staging staging) throws IOException {
        AttemptName attempt = AttemptName.of(boundary);
        Format format = dataset.format();
        try (PartFile part =
                        PartFile.create(
                                folder,
                                number -> attempt.part(number, format.extension()),
                                dataset.schema(),
                                format);
                RejectedRows rejected = new RejectedRows(folder, attempt, format)) {
            staging.load(rows, dataset.schema(), new Files(part, rejected));
            List<Manifest.Part> parts = List.of(part.finish());
            List<Manifest.Part> rejectedParts = rejected.finish();
            Durable.syncFolder(folder);
            return new Manifest.Output(
                    dataset.location(boundary.partition()),
                    parts,
                    rejectedParts,
                    dataset.schema(),
                    staging.contentHash().hex());
        }
    }

    private record Files(PartFile part, RejectedRows rejected) implements Staging.Place {
        @Override
        public void accept(Row row) {
            part.write(row);
        }

        @Override
        public void reject(Rejection rejection) {
            rejected.accept(rejection);
        }
    }
}
