package dev.tidemark.engine;

import dev.tidemark.core.BackfillPlan;

/** What a request became. */
record Requested(long backfill, BackfillPlan plan) {}
