package dev.tidemark.cli.lint;

import dev.tidemark.cli.flow.Spot;

/**
 * What a rule says of a piece of code.
 *
 * @param message without the place
 */
record Problem(Rule rule, Spot spot, String message) {}
