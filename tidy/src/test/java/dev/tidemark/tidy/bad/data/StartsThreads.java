package dev.tidemark.tidy.bad.data;

import java.util.List;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

final class StartsThreads {
    private StartsThreads() {}

    static void start(Runnable work) {
        new Thread(work).start();
        Thread.ofVirtual().start(work);
    }

    static ExecutorService pool() {
        return Executors.newCachedThreadPool();
    }

    static CompletableFuture<String> later() {
        return CompletableFuture.supplyAsync(() -> "later");
    }

    static Timer timer() {
        return new Timer();
    }

    static long count(List<String> list) {
        return list.parallelStream().count() + IntStream.range(0, 3).parallel().count();
    }
}
