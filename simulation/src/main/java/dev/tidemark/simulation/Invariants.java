package dev.tidemark.simulation;

import java.util.List;

/** All that must always hold. */
final class Invariants {
    private Invariants() {}

    static List<Invariant> all(World world) {
        Ledger ledger = world.ledger;
        return List.of(
                new OneOwner(world),
                new LegalWays(ledger),
                new OneCurrentToken(ledger),
                new GateHolds(ledger),
                new RetriesCounted(ledger),
                new NoFalseDeath(ledger),
                new OneRunPerInterval(),
                new BackfillsCoverTheirPlans(ledger),
                new SchedulesCoverTheirTime(world),
                new UnknownEffectsAccepted(world),
                new WatermarksStopBeforeGaps(world),
                new RunsEndAsTheirTasks(ledger),
                new RerunsReachDown(ledger),
                new SlotsKept(world),
                new LimitsKept(world),
                new StartsAreCommitted(ledger),
                new AttemptsHoldTokens(world),
                new CommandsTakeEffectOnce(world),
                new AcknowledgedIsDurable(world),
                new HistoryIsState(world),
                new NothingWaitsInVain(world));
    }
}
