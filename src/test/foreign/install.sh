#!/bin/bash
# Installs the programs that the tests tagged 'foreign' run against, none of them ours: a broker, its clients, Modbus
# and OPC UA servers. Debian's packages need root; the node packages and Milo 0.6 go to $FIELDLOOM_FOREIGN, else
# ~/.cache/fieldloom-foreign. What is there already is left alone. Ends with 1 and says what is missing and why, if
# something is.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=${FIELDLOOM_FOREIGN:-$HOME/.cache/fieldloom-foreign}
missing=0

skip() {
    echo "install.sh: skipped $*" >&2
    missing=1
}

# A Debian python3 is asked for by its path: another one on the PATH has no pymodbus.
wanted=(mosquitto mosquitto-clients mbpoll libmodbus-dev gcc libc6-dev openssl python3-pymodbus
    python3-serial python3-serial-asyncio socat)
command -v node >/dev/null || wanted+=(nodejs)
command -v npm >/dev/null || wanted+=(npm)

if command -v dpkg-query >/dev/null; then
    packages=()
    for package in "${wanted[@]}"; do
        dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || packages+=("$package")
    done
    if [ ${#packages[@]} -gt 0 ]; then
        if [ "$(id -u)" != 0 ]; then
            skip "${packages[*]}: not root. Try: sudo apt-get install ${packages[*]}"
        elif ! apt-get update -qq || ! DEBIAN_FRONTEND=noninteractive \
            apt-get install -qq -y --no-install-recommends "${packages[@]}" </dev/null; then
            skip "${packages[*]}: apt-get could not install them (its message is above)"
        fi
    fi
else
    skip "${wanted[*]}: this system has no dpkg. Install them by its own means"
fi

if ! command -v npm >/dev/null; then
    skip "node-opcua and modbus-serial: no npm"
else
    stamp=$(cat "$here/package.json" "$here/package-lock.json" | sha256sum)
    if [ "$(cat "$folder/installed" 2>/dev/null)" != "$stamp" ]; then
        mkdir -p "$folder"
        rm -f "$folder/installed"
        cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$folder/"
        if (cd "$folder" && npm ci --loglevel=error </dev/null); then
            echo "$stamp" >"$folder/installed"
        else
            skip "node-opcua and modbus-serial: npm could not install them (its message is above)"
        fi
    fi
fi

# An OPC UA server on another stack than node-opcua and than ours: one jar with all that it needs, which is never on our
# class path.
milo=server-examples:0.6.14
if ! command -v mvn >/dev/null; then
    skip "Milo 0.6: no mvn"
elif [ ! -f "$folder/milo/${milo/:/-}.jar" ]; then
    mkdir -p "$folder/milo"
    (cd "$folder/milo" && mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
        -Dartifact="org.eclipse.milo:$milo" -DoutputDirectory="$folder/milo" </dev/null) \
        || skip "Milo 0.6: mvn could not fetch it (its message is above)"
fi

if [ $missing = 0 ]; then
    echo "install.sh: all foreign programs are there; those not of Debian in $folder"
fi
exit $missing
