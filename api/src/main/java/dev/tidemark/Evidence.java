package dev.tidemark;

/**
 * What an attempt proves to the engine about one publish: the receipt, and the manifest it stands
 * for.
 *
 * @param receipt the reference
 * @param manifest the manifest as a JSON document, exactly as it lies in the target
 * @param manifestHash SHA-256 of the manifest's UTF-8 bytes, in hex
 */
public record Evidence(Receipt receipt, String manifest, String manifestHash) {}
