package dev.tidemark.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class ProgramVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {
            "tidemark " + (version == null ? "(development)" : version), "java " + Runtime.version()
        };
    }
}
