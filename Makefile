# The metering stack on this machine: make start-multi, make k6-load-multi, make verify-windows, make stop-multi.
#
#   LB=nginx                      nginx in front of the two instances in place of EvenKeel's gateway
#   METERING_PROFILES=k6,k6-spike breakers on; SPRING_PROFILES_ACTIVE is the same. Default: k6
#   SEED=7                        another plan of the load
LB ?= evenkeel
SEED ?= 1
SPRING_PROFILES_ACTIVE ?= k6
METERING_PROFILES ?= $(SPRING_PROFILES_ACTIVE)
export METERING_PROFILES

MULTI := $(if $(filter nginx,$(LB)),deploy/metering/multi-nginx.yaml,deploy/metering/multi.yaml)
URL := http://127.0.0.1:8080
LOADS := warmup smoke load stress spike

.PHONY: help start stop start-multi stop-multi verify-windows k6-test k6-test-multi $(LOADS:%=k6-%) $(LOADS:%=k6-%-multi)

help:
	@sed -n 's/^#  *//p' Makefile
	@echo "targets: start stop start-multi stop-multi verify-windows k6-test k6-test-multi $(LOADS:%=k6-%) $(LOADS:%=k6-%-multi)"

start:
	@deploy/metering/start deploy/metering/single.yaml metering

stop:
	@./evenkeel down --name metering

start-multi:
	@deploy/metering/start $(MULTI) metering-multi

stop-multi:
	@./evenkeel down --name metering-multi

$(LOADS:%=k6-%):
	@deploy/metering/load $(@:k6-%=%) $(URL) metering $(SEED)

$(LOADS:%=k6-%-multi):
	@deploy/metering/load $(@:k6-%-multi=%) $(URL) metering-multi $(SEED)

# One after the other: each adds to the same windows, and a failure ends the row.
k6-test:
	@for load in $(LOADS); do $(MAKE) --no-print-directory k6-$$load || exit $$?; done

k6-test-multi:
	@for load in $(LOADS); do $(MAKE) --no-print-directory k6-$$load-multi || exit $$?; done

verify-windows:
	@deploy/metering/verify $(URL)
