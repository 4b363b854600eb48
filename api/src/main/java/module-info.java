/** All that the author of a pipeline sees. It depends on nothing but the JDK. */
module dev.tidemark.api {
    requires static transitive org.jspecify;
    requires transitive java.sql;
    requires java.net.http;

    exports dev.tidemark;
}
