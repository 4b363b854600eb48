package dev.tidemark.data;

/** What a {@link Check} asks of the rows of one publish, by when it can be answered. */
sealed interface Rule permits RowRule, TotalRule, SqlRule {}
