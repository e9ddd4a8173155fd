#!/bin/sh
# Makes the icon's sizes from its two drawings. Needs librsvg2-bin and imagemagick.
set -eu
cd "$(dirname "$0")"

for tool in rsvg-convert convert; do
    command -v "$tool" >/dev/null || { echo "make.sh: $tool is missing. Install librsvg2-bin and imagemagick" >&2; exit 1; }
done

for size in 16 24 32; do
    rsvg-convert --width "$size" --height "$size" --output "fieldloom-$size.png" fieldloom-small.svg
done
for size in 48 64 128 256 512; do
    rsvg-convert --width "$size" --height "$size" --output "fieldloom-$size.png" fieldloom.svg
done
convert fieldloom-16.png fieldloom-24.png fieldloom-32.png fieldloom-48.png fieldloom-64.png fieldloom-256.png fieldloom.ico
