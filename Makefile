# make demo   one TPS sends its Governor result, from photos to receipt (DEMO_EXIT=1 ends at once)
# make kit    a kit on screen, to be used by hand: keys, lamps, printer and paper on a page
# make test   everything installed, formatted, typed and tested
# make bench  the figures that the project promises, measured on this machine
# make load-test  an election night with KITS=200 simulated kits, and an account of every record (KITS=2272 for Palembang)
# make deb    the kit's Debian packages for arm64 and amd64, in out/package (DEB_ARCH=amd64 makes one)
#
# These need root, qemu and the packages that make deb has built:
# make test-package  the packages in clean Debians of both architectures, from apt to the centre (6 minutes)
# make test-arm64    the same for arm64 alone, through qemu-user (4 minutes)
# make test-systemd  the units and updates under a real systemd (5 minutes)
# make virtual-kit   an arm64 machine with keys, lamps, camera and serial lines, its power cut 30 times (an hour)
#
# make train  the models again, from npm data alone

ARCH := $(if $(filter aarch64,$(shell uname -m)),arm64,x64)
export PATH := $(CURDIR)/node_modules/node-linux-$(ARCH)/bin:$(CURDIR)/node_modules/.bin:$(PATH)
# Nothing on a voting kit may phone home; opencv4nodejs must not try to download and build OpenCV.
export ORT_DISABLE_TELEMETRY := 1
export OPENCV4NODEJS_DISABLE_AUTOBUILD := 1

.PHONY: setup demo kit test check bench load-test deb test-package test-arm64 test-systemd virtual-kit train clean

setup:
	@./setup

demo: setup
	@node test/demo.ts

kit: setup
	@node test/kit.ts

test: setup check
	@vitest run

check: setup
	@biome check .
	@tsc --noEmit

bench: setup
	@node test/bench/main.ts

KITS := 200
load-test: setup
	@node test/load/main.ts --kits $(KITS)

DEB_ARCH := arm64 amd64
deb:
	@./setup package
	@packaging/build $(DEB_ARCH)

test-package: setup
	@./setup installed
	@vitest run --config test/package/vitest.config.ts

test-arm64: setup
	@./setup installed
	@TPS_KIT_ARCH=arm64 vitest run --config test/package/vitest.config.ts test/package/kit.installed.ts

test-systemd: setup
	@./setup installed
	@vitest run --config test/systemd/vitest.config.ts

virtual-kit: setup
	@vitest run --config test/virtual-kit/vitest.config.ts

train: setup
	@models/train/run
	@models/train/run-words

clean:
	rm -rf node_modules out .cache
