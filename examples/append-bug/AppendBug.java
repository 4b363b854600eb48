import dev.tidemark.Pipeline;
import dev.tidemark.PipelineSource;
import dev.tidemark.Row;
import dev.tidemark.Rows;
import dev.tidemark.Schedule;
import dev.tidemark.Schema;
import dev.tidemark.TaskContext;
import dev.tidemark.data.CsvFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Broken on purpose: it appends a day's totals to a file by itself, so a second run of a day, or a
 * retry after a crash, counts the day twice. {@code tidemark verify} says so.
 */
public final class AppendBug implements PipelineSource {
    private static final Schema ORDER =
            Schema.of().date("day").text("product").integer("cents");
    private static final CsvFiles ORDERS =
            CsvFiles.named("shop/orders", "data/orders-{date}.csv", ORDER);

    @Override
    public Pipeline pipeline() {
        var revenue =
                Pipeline.named("append-bug").schedule(Schedule.daily()).startingOn("2026-06-18");
        var total = revenue.task("total", Long.class, AppendBug::total);
        revenue.task("append", String.class, total, AppendBug::append);
        return revenue.build();
    }

    static Long total(TaskContext task) {
        long cents = 0;
        try (Rows orders = task.from(ORDERS)) {
            for (Row order : orders) {
                cents += order.integer("cents");
            }
        }
        return cents;
    }

    static String append(TaskContext task, Long cents) throws IOException {
        Path file = task.dataPath("daily_revenue.csv");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                task.date() + "," + cents + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return file.getFileName().toString();
    }
}
