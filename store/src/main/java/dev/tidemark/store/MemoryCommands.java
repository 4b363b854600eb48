package dev.tidemark.store;

import dev.tidemark.core.Answer;
import dev.tidemark.core.Change;
import dev.tidemark.core.Command;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Posted commands and their answers, in memory. */
final class MemoryCommands {
    private final MemoryTable<String, Row> commands;
    private long posted;

    private record Row(long number, Posted posted, Optional<Answer> answer) {}

    MemoryCommands(Undo undo) {
        commands = new MemoryTable<>(Comparator.<String>naturalOrder(), undo);
    }

    void post(String key, Command command, Instant at) {
        if (!commands.has(key)) {
            posted++;
            commands.put(key, new Row(posted, new Posted(key, command, at), Optional.empty()));
        }
    }

    void answer(Change.CommandAnswered it) {
        Row row =
                commands.get(it.key())
                        .filter(there -> there.answer().isEmpty())
                        .orElseThrow(() -> Disagreement.about(it));
        commands.put(it.key(), new Row(row.number(), row.posted(), Optional.of(it.answer())));
    }

    List<Posted> posted(int limit) {
        return commands.all().stream()
                .filter(row -> row.answer().isEmpty())
                .sorted(Comparator.comparingLong(Row::number))
                .limit(limit)
                .map(Row::posted)
                .toList();
    }

    Optional<Answer> answer(String key) {
        return commands.get(key).flatMap(Row::answer);
    }
}
