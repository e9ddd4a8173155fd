#!/bin/bash
# Builds what people install, with a Java runtime inside:
#   target/installer/fieldloom                       the app-image: a folder that runs as it is
#   target/installer/fieldloom_VERSION-1_ARCH.deb    the Debian package
# Usage: installer/build.sh [app-image|deb]          (deb, the default, makes both)
# Needs JDK 17 or later (JAVA_HOME or PATH), Maven, binutils and unzip; the package also dpkg-dev, fakeroot and zip.
# The runtime is that JDK's, and so are the system libraries that the package depends on.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
    echo "build.sh: $*" >&2
    exit 1
}

# size PATH...: how many megabytes (of 1,000,000 bytes) they take.
size() {
    du -s --block-size=1MB "$@" | sed 's/\t/ MB\t/'
}

kind=${1:-deb}
case $kind in
    app-image | deb) ;;
    *) fail "unknown kind '$kind'. Say app-image or deb" ;;
esac

jdk=${JAVA_HOME:+$JAVA_HOME/bin/}
tools=("${jdk}java" "${jdk}jlink" "${jdk}jpackage" mvn objcopy unzip)
if [ "$kind" = deb ]; then
    tools+=(dpkg-deb fakeroot zip)
fi
for tool in "${tools[@]}"; do
    command -v "$tool" >/dev/null || fail "$tool is missing"
done

# What jdeps finds, and two that are only named at run time: elliptic curves for TLS, and zipfs.
# jdeps itself is of no use here: it stops at the first jar that names a module which is not on its path.
modules=java.compiler,java.naming,java.prefs,java.scripting,java.sql,jdk.jfr,jdk.management,jdk.unsupported
modules+=,jdk.unsupported.desktop,jdk.crypto.ec,jdk.zipfs

mvn -B -q -DskipTests package
package=target/fieldloom
version=$(sed -n 's/^version=//p' target/classes/io/fieldloom/version.properties)
[ -n "$version" ] || fail "no version in target/classes/io/fieldloom/version.properties"

out=target/installer
rm -rf "$out"
mkdir -p "$out/work/lib"

# The jars that the program names, no others: target/fieldloom/lib may hold leftovers of an earlier build.
jars=$(unzip -p "$package/lib/fieldloom.jar" META-INF/MANIFEST.MF | tr -d '\r' \
    | awk '/^ / { printf "%s", substr($0, 2); next } { printf "\n%s", $0 }' | sed -n 's/^Class-Path: //p')
[ -n "$jars" ] || fail "$package/lib/fieldloom.jar names no class path"
for jar in fieldloom.jar $jars; do
    [ -f "$package/lib/$jar" ] || fail "$package/lib/$jar is missing"
    cp "$package/lib/$jar" "$out/work/lib/"
done

# image FOLDER COMPRESSION: the app-image in FOLDER, its runtime compressed so by jlink.
image() {
    "${jdk}jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --compress="$2" \
        --output "$out/work/runtime-$2"
    "${jdk}jpackage" --type app-image --name fieldloom --app-version "$version" --dest "$1" \
        --runtime-image "$out/work/runtime-$2" --input "$out/work/lib" --main-jar fieldloom.jar \
        --icon icons/fieldloom-512.png --java-options -Dfile.encoding=UTF-8 \
        --java-options --enable-native-access=ALL-UNNAMED
    cp LICENSE "$1/fieldloom/"
}

image "$out" 2
size "$out"/fieldloom/lib/{app,runtime}
size "$out/fieldloom"
if [ "$kind" = app-image ]; then
    rm -rf "$out/work"
    exit 0
fi

# In the package nothing is compressed but the package: xz finds much more in plain classes than in zipped ones, and
# half the size to download is worth more than the room on disk. The program starts as fast either way.
for jar in "$out"/work/lib/*.jar; do
    rm -rf "$out/work/jar"
    unzip -q "$jar" -d "$out/work/jar"
    rm "$jar"
    (cd "$out/work/jar" && zip -q -0 -X -r "../lib/$(basename "$jar")" .)
done
image "$out/work" 0

# jpackage looks for the libraries of the runtime, but not inside JavaFX's jars.
DPKG_DEB_COMPRESSOR_TYPE=none "${jdk}jpackage" --type deb --app-image "$out/work/fieldloom" --name fieldloom \
    --app-version "$version" --dest "$out/work" --license-file LICENSE \
    --description "Workbench for commissioning a plant's Unified Namespace" --vendor "Fieldloom contributors" \
    --linux-package-deps 'libgtk-3-0, libxtst6, libxxf86vm1, libgl1' --linux-app-category devel

deb=("$out"/work/*.deb)
[ ${#deb[@]} = 1 ] || fail "jpackage made ${#deb[@]} packages"
root=$out/work/root
dpkg-deb -R "${deb[0]}" "$root"
install -D -m 644 installer/linux/fieldloom.desktop "$root/usr/share/applications/fieldloom.desktop"
install -D -m 644 installer/linux/fieldloom.xml "$root/usr/share/mime/packages/fieldloom.xml"
install -D -m 644 icons/fieldloom.svg "$root/usr/share/icons/hicolor/scalable/apps/fieldloom.svg"
for size in 16 24 32 48 64 128 256 512; do
    install -D -m 644 "icons/fieldloom-$size.png" "$root/usr/share/icons/hicolor/${size}x$size/apps/fieldloom.png"
done
mkdir -p "$root/usr/bin"
ln -s /opt/fieldloom/bin/fieldloom "$root/usr/bin/fieldloom"
final=$out/$(basename "${deb[0]}")
dpkg-deb --root-owner-group -Zxz -z6 -b "$root" "$final" >/dev/null
rm -rf "$out/work"

dpkg-deb -f "$final" Package Version Architecture Installed-Size Depends
size "$final"
