# Makefile: builds netcc out of tree under build/.
#   make            the compiler, build/netcc
#   make test       all tests (needs Criterion)
#   make demo       compiles a trained LeNet and classifies Fashion-MNIST with it
#   make test-torch operators and examples/ against PyTorch (needs it)
#   make bench      timings;   make golden  rewrites golden files and generated/
#   make screenshot          the picture of a report in README (needs Chromium)
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
LIBOBJ   = $(LIBSRC:%.c=$(B)/%.o) $(B)/net.o $(B)/runtime_text.o $(B)/templates.o \
           $(B)/page.o
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

# The runtime's files travel inside the compiler, so that it can write them beside a model.
RUNTIME  = runtime/netrt.c runtime/netrt.h runtime/netrt_debug.h
$(B)/runtime_text.o: $(RUNTIME)
	@mkdir -p $(B)
	ld -r -b binary -o $@ $(RUNTIME)
	objcopy --add-section .note.GNU-stack=/dev/null $@

# The examples and the files of a new project, strung together: netcc new writes them out.
TEMPLATES = $(wildcard examples/*.net) $(wildcard examples/new/*.in)
$(B)/templates: $(TEMPLATES)
	@mkdir -p $(B)
	@for f in $(TEMPLATES); do printf '\f%s\n' $${f##*/}; cat $$f; done > $@
	@printf '\0' >> $@
$(B)/templates.o: $(B)/templates
	cd $(B) && ld -r -b binary -o templates.o templates
	objcopy --add-section .note.GNU-stack=/dev/null $@

# The page of report --html: text, style and scripts, strung together.
PAGE     = compiler/report/page
PAGE_JS  = $(addprefix $(PAGE)/,util.js model.js select.js table.js layers.js graph_layout.js \
             graph.js charts.js memory.js layouts.js decisions.js source.js details.js selftest.js \
             main.js)
$(B)/page: $(PAGE)/head.html $(PAGE)/style.css $(PAGE)/body.html $(PAGE_JS)
	@mkdir -p $(B)
	@{ cat $(PAGE)/head.html && echo '<style>' && cat $(PAGE)/style.css && echo '</style>' && \
	  cat $(PAGE)/body.html && echo '<script>"use strict";' && cat $(PAGE_JS) && \
	  printf '</script>\n\0'; } > $@
$(B)/page.o: $(B)/page
	cd $(B) && ld -r -b binary -o page.o page
	objcopy --add-section .note.GNU-stack=/dev/null $@

# ---- tests -------------------------------------------------------------------------------
# One binary of all unit tests; those of whole programs find the compiler through $NETCC. Tests
# that call make themselves must not take this make's job server for theirs.
TESTOBJ  = $(TESTSRC:%.c=$(B)/%.o)
COMMANDS = $(filter-out $(B)/compiler/main.o,$(MAINOBJ))

$(B)/unit-tests: $(TESTOBJ) $(COMMANDS) $(B)/libnetcc.a
	$(CC) $(CFLAGS) -o $@ $(TESTOBJ) $(COMMANDS) $(B)/libnetcc.a -lcriterion $(LDLIBS)

test: $(B)/unit-tests $(B)/netcc
	$(MAKE) -s SAN=1 all
	env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL NETCC=$(B)/netcc $(B)/unit-tests

# Every operator against PyTorch; names and results of examples/ against torchvision,
# TORCH_NETWORKS="resnet18 vgg11" for some.
PYTHON  ?= python3
test-torch: $(B)/netcc
	$(PYTHON) tests/torch/operators.py --netcc $(B)/netcc
	$(PYTHON) tests/torch/zoo.py --netcc $(B)/netcc $(TORCH_NETWORKS)

# One file's tests alone: build/tests/test_ir && build/tests/test_ir
$(B)/tests/%: $(B)/tests/unit/%.o $(COMMANDS) $(B)/libnetcc.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -o $@ $< $(COMMANDS) $(B)/libnetcc.a -lcriterion $(LDLIBS)

# ---- demonstration -------------------------------------------------------------------------
DEMO     = $(B)/demo
FASHION ?= /usr/share/datasets/fashion-mnist

demo: $(B)/netcc
	@mkdir -p $(DEMO)
	$(B)/netcc compile examples/fashion/fashion.net --with-runtime -o $(DEMO) \
	  --weights examples/fashion/lenet_fashion.safetensors
	$(CC) -O3 -fopenmp -I$(DEMO) -o $(DEMO)/classify examples/fashion/main.c \
	  $(DEMO)/fashion.c $(DEMO)/netrt.c -lz -lm
	$(DEMO)/classify $(DEMO)/fashion.weights $(FASHION)
	$(B)/netcc report examples/fashion/fashion.net

# ---- timings (Python packages: see tests/bench/ort.py) ---------------------------------------
bench: $(B)/netcc
	$(PYTHON) tests/bench/zoo.py --netcc $(B)/netcc
	$(PYTHON) tests/bench/ort.py --netcc $(B)/netcc

# What is written from the tables of the compiler: the operators' documentation, editor support.
DOC      = grammars/README.md
golden: language $(B)/netcc
	tests/golden.sh $(B)/netcc generated
# The picture of a report in README, as Chromium shows it.
SHOT     = tab=graph&theme=light&select=inception4a.branch2.0
screenshot: $(B)/netcc
	$(B)/netcc report --target=x86-64-v3 --html=- examples/googlenet.net > $(B)/report.html
	chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars --no-first-run \
	  --user-data-dir=$(B)/browser --window-size=1500,900 --virtual-time-budget=5000 \
	  --screenshot=generated/report.png 'file://$(abspath $(B)/report.html)#$(SHOT)' 2> $(B)/report.log
	rm -rf $(B)/browser
language: $(B)/netcc
	$(B)/netcc ops --textmate > grammars/netcc.tmLanguage.json
	$(B)/netcc ops --vim > grammars/net.vim
	$(B)/netcc ops --markdown > $(B)/operators.md
	sed -i -e '/^<!-- operators:/,/^<!-- end of operators/{/^<!-- /!d}' \
	  -e '/^<!-- operators:/r $(B)/operators.md' $(DOC)

# ---- upkeep ------------------------------------------------------------------------------------
SOURCES  = $(wildcard compiler/*.[ch] compiler/*/*.[ch] runtime/*.[ch] tests/unit/*.[ch] \
             tests/emitted/*.c examples/*/*.c $(PAGE)/*.js)
fmt:
	clang-format -i $(SOURCES)
lint: $(B)/net.h
	clang-format --dry-run -Werror $(SOURCES)
	for f in $(filter %.c,$(SOURCES)); do \
	  case $$f in compiler/*|runtime/*) clang $(CSTD) $(WARN) -Werror -fopenmp -fsyntax-only \
	    -I. -I$(B) $$f || exit 1;; esac; done

install: $(B)/netcc
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/include $(DESTDIR)$(PREFIX)/share/netcc
	install -m 755 $(B)/netcc $(DESTDIR)$(PREFIX)/bin/netcc
	install -m 644 runtime/netrt.h runtime/netrt_debug.h $(DESTDIR)$(PREFIX)/include
	install -m 644 runtime/netrt.c $(DESTDIR)$(PREFIX)/share/netcc/netrt.c
	install -m 644 grammars/net.vim grammars/netcc.tmLanguage.json $(DESTDIR)$(PREFIX)/share/netcc
	install -d $(DESTDIR)$(PREFIX)/share/man/man1
	$(B)/netcc --man > $(DESTDIR)$(PREFIX)/share/man/man1/netcc.1
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	$(B)/netcc --bash-completion > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/netcc

clean:
	rm -rf build

.PHONY: screenshot language all test test-torch demo bench golden fmt lint install clean
-include $(LIBOBJ:.o=.d) $(MAINOBJ:.o=.d) $(TESTOBJ:.o=.d)
