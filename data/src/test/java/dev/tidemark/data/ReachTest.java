package dev.tidemark.data;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tidemark.data.Reach.ToFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How attempts come to a database. */
class ReachTest {
    private static final int ROUNDS = 100;

    @TempDir Path home;

    /** The first of them makes the file. */
    @Test
    void attemptsThatOpenANewFileAtTheSameTimeBothGetIn() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < ROUNDS; round++) {
                String file = round + ".db";
                CyclicBarrier both = new CyclicBarrier(2);
                List<Future<?>> opened = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    opened.add(
                            threads.submit(
                                    () -> {
                                        both.await();
                                        new ToFile(new Sqlite(), file, home.resolve(file))
                                                .open()
                                                .close();
                                        return file;
                                    }));
                }
                for (Future<?> each : opened) {
                    assertThatCode(each::get).doesNotThrowAnyException();
                }
            }
        }
    }
}
