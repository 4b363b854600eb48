package dev.tidemark.cli;

import dev.tidemark.core.Change;
import dev.tidemark.core.RunState;
import dev.tidemark.engine.Watcher;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Tells, line by line, what becomes of runs, and every alert. */
final class RunLog implements Watcher {
    private final boolean all;
    private final Consumer<String> say;
    private final Map<Long, String> names = new ConcurrentHashMap<>();

    /**
     * @param all whether runs that go well are told of too
     */
    RunLog(boolean all, Consumer<String> say) {
        this.all = all;
        this.say = say;
    }

    @Override
    public void committed(List<Change> changes, Instant at) {
        for (Change change : changes) {
            if (change instanceof Change.RunCreated it) {
                names.put(it.run(), it.identity().pipeline() + " " + it.identity().name());
            } else if (change instanceof Change.RunMoved it) {
                moved(it, at);
            } else if (change instanceof Change.IntervalsPassed it && all) {
                say(
                        at,
                        it.pipeline()
                                + " passed over "
                                + it.count()
                                + (it.count() == 1 ? " interval: " : " intervals: ")
                                + word(it.why()));
            } else if (change instanceof Change.AlertRaised it) {
                say(at, "ALERT " + word(it.alert().kind()) + ": " + it.alert().message());
            }
        }
    }

    private void moved(Change.RunMoved it, Instant at) {
        String name = names.getOrDefault(it.run(), "run " + it.run());
        if (all || it.to() == RunState.FAILED) {
            say(at, name + " " + word(it.to()));
        }
        if (it.to().isFinal()) {
            names.remove(it.run());
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void say(Instant at, String what) {
        say.accept(at.truncatedTo(ChronoUnit.SECONDS) + " " + what);
    }
}
