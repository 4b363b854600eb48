# shellcheck shell=sh disable=SC2034 # $jdk is for the scripts that source this
# Sourced by ./build and ./tidemark: finds the JDK that each needs. It reads files, since starting a
# java to ask for its version takes longer than all the rest, and remembers nothing that could go
# stale.

# fits HOME LEAST MOST: is HOME a JDK (not a JRE) of a feature release from LEAST to MOST?
# If so, $jdk is HOME and $jdk_release its exact release.
fits() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    feature='' jdk_release=''
    while IFS='="' read -r key _ value _; do # KEY="value"
        case $key in
            JAVA_RUNTIME_VERSION) jdk_release=$value ;;
            JAVA_VERSION) feature=${value%%[!0-9]*} ;;
        esac
        [ -z "$feature" ] || [ -z "$jdk_release" ] || break
    done <"$1/release"
    [ "${feature:-0}" -ge "$2" ] && [ "$feature" -le "$3" ] && jdk=$1
}

# find_jdk LEAST MOST: the first that fits. What was asked for comes first, then what is used
# anyway, then what lies about.
find_jdk() {
    for home in "${TIDEMARK_JAVA_HOME:-}" "${JAVA_HOME:-}"; do
        fits "$home" "$1" "$2" && return
    done
    if java=$(command -v java) && java=$(readlink -f "$java"); then
        fits "${java%/bin/java}" "$1" "$2" && return
    fi
    for home in \
        /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/*jdk* /usr/local/*jdk* \
        "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
        "${HOME:-}"/.local/share/mise/installs/java/* "${HOME:-}"/.asdf/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        fits "$home" "$1" "$2" && return
    done
    echo 'Tidemark needs a JDK 25 and found none: install one ("apt install openjdk-25-jdk", "brew install openjdk@25", "sdk install java 25-tem", or from adoptium.net), or set TIDEMARK_JAVA_HOME to one.' >&2
    exit 69 # EX_UNAVAILABLE
}

# What a build needs: exactly JDK 25, since Error Prone and the formatter live inside javac.
find_build_tools() {
    find_jdk 25 25
    if ! command -v mvn >/dev/null; then
        echo 'Tidemark builds with Maven 3.8 or newer, and there is no mvn on the PATH: install it ("apt install maven", "brew install maven").' >&2
        exit 69
    fi
}
