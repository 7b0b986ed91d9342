# make demo   one TPS sends its Governor result, from photos to receipt (DEMO_EXIT=1 ends at once)
# make kit    a kit on screen, to be used by hand: keys, lamps, printer and paper on a page
# make test   everything installed, formatted, typed and tested
# make bench  the figures that the project promises, measured on this machine
# make train  the models again, from npm data alone

ARCH := $(if $(filter aarch64,$(shell uname -m)),arm64,x64)
export PATH := $(CURDIR)/node_modules/node-linux-$(ARCH)/bin:$(CURDIR)/node_modules/.bin:$(PATH)
# Nothing on a voting kit may phone home; opencv4nodejs must not try to download and build OpenCV.
export ORT_DISABLE_TELEMETRY := 1
export OPENCV4NODEJS_DISABLE_AUTOBUILD := 1

.PHONY: setup demo kit test check bench train clean

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

train: setup
	@models/train/run
	@models/train/run-words

clean:
	rm -rf node_modules out .cache
