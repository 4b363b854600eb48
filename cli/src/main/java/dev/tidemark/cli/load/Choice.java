package dev.tidemark.cli.load;

import dev.tidemark.TidemarkException;
import java.util.List;
import java.util.stream.Collectors;

/** Which of the classes found is the pipeline that was asked for. */
final class Choice {
    private final Address address;
    private final PipelineCode code;
    private final List<Candidate> candidates;

    private Choice(Address address, PipelineCode code, List<Candidate> candidates) {
        this.address = address;
        this.code = code;
        this.candidates = candidates;
    }

    /** The name of the class to make. */
    static String of(Address address, PipelineCode code, List<Candidate> candidates) {
        return new Choice(address, code, eligible(code, candidates)).className();
    }

    /** Those that may be meant: in a file, not those of the files around it. */
    static List<Candidate> eligible(PipelineCode code, List<Candidate> candidates) {
        return switch (code) {
            case PipelineCode.Sources sources when sources.main().isPresent() ->
                    candidates.stream()
                            .filter(each -> sources.main().get().equals(each.source()))
                            .toList();
            case PipelineCode.Sources _, PipelineCode.Jar _ -> candidates;
        };
    }

    private String className() {
        List<Candidate> wanted = wanted();
        List<Candidate> open = wanted.stream().filter(Candidate::makeable).toList();
        if (open.size() == 1) {
            return open.getFirst().className();
        }
        if (open.size() > 1) {
            throw several(open);
        }
        if (!wanted.isEmpty()) {
            throw Unloadable.because(
                    name(wanted.getFirst())
                            + " implements PipelineSource but is not public; declare it as public"
                            + " final class");
        }
        throw candidates.isEmpty() ? none() : unknown();
    }

    private List<Candidate> wanted() {
        if (address.className().isPresent()) {
            return candidates.stream().filter(each -> address.names(each.className())).toList();
        }
        List<Candidate> main =
                candidates.stream()
                        .filter(each -> each.standing() == Candidate.Standing.MAIN)
                        .toList();
        return main.isEmpty() ? candidates : main;
    }

    private TidemarkException several(List<Candidate> open) {
        return Unloadable.because(
                code.named()
                        + " has "
                        + open.size()
                        + " pipelines: "
                        + names(open)
                        + ". Say which, as in "
                        + code.named()
                        + "#"
                        + open.getFirst().className());
    }

    private TidemarkException unknown() {
        return Unloadable.because(
                code.named()
                        + " has no pipeline "
                        + address.className().orElse("")
                        + "; it has "
                        + names(candidates));
    }

    private TidemarkException none() {
        return Unloadable.because(
                code.named()
                        + " has no pipeline: no class in it implements"
                        + " dev.tidemark.PipelineSource");
    }

    private static String names(List<Candidate> candidates) {
        return candidates.stream().map(Choice::name).collect(Collectors.joining(", "));
    }

    private static String name(Candidate candidate) {
        return candidate.source().isEmpty()
                ? candidate.className()
                : candidate.className() + " (" + candidate.source() + ")";
    }
}
