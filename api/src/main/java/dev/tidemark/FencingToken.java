package dev.tidemark;

/**
 * The right to publish. A target accepts only the highest number it has seen from its issuer.
 *
 * @param issuer the store that handed the token out
 * @param number grows with every attempt of that issuer
 */
public record FencingToken(String issuer, long number) {}
