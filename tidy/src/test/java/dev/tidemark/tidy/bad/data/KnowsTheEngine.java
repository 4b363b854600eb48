package dev.tidemark.tidy.bad.data;

import dev.tidemark.tidy.bad.engine.JobManager;

record KnowsTheEngine(JobManager manager) {}
