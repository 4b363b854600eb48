package dev.tidemark.simulation;

/** After each step, whatever runs at the owner holds its token: all else was stopped. */
final class AttemptsHoldTokens extends Invariant {
    private final World world;

    AttemptsHoldTokens(World world) {
        this.world = world;
    }

    @Override
    void stepped(EngineProcess process) {
        long epoch = world.invariant(OneOwner.class).epoch();
        if (!process.isActive() || process.member.health().epoch() != epoch) {
            return;
        }
        for (long token : process.executor.running()) {
            check(world.ledger.isCurrent(token), process, "still runs token", token);
        }
    }
}
