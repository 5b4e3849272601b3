/* k_conv_first.c: direct convolution from plain input to channel-blocked output: first layers,
 * whose one to four channels would fill a small part of a block. The same tiles as
 * k_conv_direct.c with input blocks of a single channel: every pixel is broadcast by a scalar
 * load, so the caller's buffer needs no alignment. */
#include "emit.h"

bool emit_conv_first(Kernel *k) { return conv_emit(k, CONV_PLAIN); }
