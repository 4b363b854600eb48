package dev.tidemark;

/** The types of values in rows, each with its one Java type. */
public enum ColumnType {
    /** {@link Boolean}. */
    BOOLEAN(Boolean.class),
    /** {@link Long}: a whole number of 64 bits. */
    INTEGER(Long.class),
    /** {@link Double}: IEEE 754, 64 bits. */
    FLOAT(Double.class),
    /** {@link java.math.BigDecimal}. */
    DECIMAL(java.math.BigDecimal.class),
    /** {@link String}. */
    TEXT(String.class),
    /** {@link java.time.LocalDate}. */
    DATE(java.time.LocalDate.class),
    /** {@link java.time.LocalDateTime}: a local time, without zone. */
    TIMESTAMP(java.time.LocalDateTime.class),
    /** {@link java.time.Instant}: a point in time. */
    INSTANT(java.time.Instant.class);

    private final Class<?> javaType;

    ColumnType(Class<?> javaType) {
        this.javaType = javaType;
    }

    public Class<?> javaType() {
        return javaType;
    }
}
