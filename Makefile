# Makefile: builds netcc out of tree under build/.
#   make            the compiler, build/netcc
#   make test       all tests (needs Criterion)
#   make demo       train-free demonstration on Fashion-MNIST
#   make bench      timings;   make golden  rewrites golden files and generated/
#   make fmt lint install clean;   make DEBUG=1, make SAN=1 for other builds
CC      ?= cc
PREFIX  ?= /usr/local
B       ?= build
CSTD     = -std=c11 -D_DEFAULT_SOURCE -D_POSIX_C_SOURCE=200809L
WARN     = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wno-unused-parameter
OPT      = -O2
ifdef DEBUG
B        = build/debug
OPT      = -O0 -g
endif
ifdef SAN
B        = build/san
OPT      = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined
endif
CFLAGS  ?= $(OPT)
ALL_CFLAGS = $(CSTD) $(WARN) $(CFLAGS) -fopenmp -MMD -MP -I. -I$(B)
LDLIBS   = -fopenmp -ljansson -lpng -lz -lm -ldl

MAINS    = $(wildcard compiler/*.c)
LIBSRC   = $(wildcard compiler/*/*.c) runtime/netrt.c
LIBOBJ   = $(LIBSRC:%.c=$(B)/%.o) $(B)/net.o $(B)/runtime_text.o
MAINOBJ  = $(MAINS:%.c=$(B)/%.o)
TESTSRC  = $(wildcard tests/unit/*.c)

all: $(B)/netcc

$(B)/netcc: $(MAINOBJ) $(B)/libnetcc.a
	$(CC) $(CFLAGS) -o $@ $(MAINOBJ) $(B)/libnetcc.a $(LDLIBS)

$(B)/libnetcc.a: $(LIBOBJ)
	@rm -f $@
	ar qcs $@ $(LIBOBJ)

$(B)/%.o: %.c | $(B)/net.h
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

# The grammar: Lemon exits with the number of conflicts, so any conflict fails the build.
$(B)/net.c $(B)/net.h &: grammars/net.y
	@mkdir -p $(B)
	lemon -q -d$(B) grammars/net.y
$(B)/net.o: $(B)/net.c
	$(CC) $(CSTD) $(CFLAGS) -Wall -Wno-unused-parameter -Icompiler/front -I. -c -o $@ $<

# The runtime's two files travel inside the compiler, so that it can write them beside a model.
$(B)/runtime_text.o: runtime/netrt.c runtime/netrt.h
	@mkdir -p $(B)
	ld -r -z noexecstack -b binary -o $@ runtime/netrt.c runtime/netrt.h

# ---- tests -------------------------------------------------------------------------------
$(B)/tests/%: tests/unit/%.c $(B)/libnetcc.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -o $@ $< $(B)/libnetcc.a -lcriterion $(LDLIBS)

clean:
	rm -rf build

.PHONY: all test demo bench golden fmt lint install clean
-include $(LIBOBJ:.o=.d) $(MAINOBJ:.o=.d)
