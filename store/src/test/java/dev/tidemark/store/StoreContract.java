package dev.tidemark.store;

/** What every store does. Each part is a set of tests over {@link #store()}, which begins empty. */
interface StoreContract
        extends RunChangesContract,
                TaskChangesContract,
                TaskPagesContract,
                GuardsContract,
                LookupContract,
                OwnershipContract,
                CommandsContract,
                SchedulesContract,
                PoolsContract,
                WatermarksContract,
                BackfillsContract,
                ReplayContract,
                OddTextContract {}
