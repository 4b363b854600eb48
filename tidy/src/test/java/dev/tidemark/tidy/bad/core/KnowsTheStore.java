package dev.tidemark.tidy.bad.core;

import dev.tidemark.tidy.bad.store.Shelf;

record KnowsTheStore(Shelf shelf) {}
