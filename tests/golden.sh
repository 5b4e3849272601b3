#!/bin/sh
# golden.sh: writes the samples of generated/ with a given compiler into a folder.
#   tests/golden.sh build/netcc generated
# `make golden` calls it; tests/unit/test_golden.c calls it for another folder and compares.
set -eu
netcc=$1
out=$2

sample() { # name, file, further options
  name=$1
  file=examples/$2.net
  shift 2
  "$netcc" compile "$file" --target=x86-64-v3 --no-selftest "$@" -o "$out"
  rm -f "$out/$name.weights"
}

report() { # name, file
  "$netcc" report "examples/$2.net" --target=x86-64-v3 >"$out/$1.report.txt"
}

sample sobel sobel
sample lenet lenet
sample vgg16 vgg16
sample resnet18 resnet --prefix=resnet18
sample googlenet googlenet
for pair in sobel:sobel lenet:lenet vgg16:vgg16 resnet18:resnet googlenet:googlenet; do
  report "${pair%:*}" "${pair#*:}"
done
"$netcc" report examples/lenet.net --target=x86-64-v3 --svg="$out/lenet.svg" >/dev/null
