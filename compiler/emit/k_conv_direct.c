/* k_conv_direct.c: direct convolution from channel-blocked input to channel-blocked output.
 * The weights stand in the order in which the tiles read them: [output group][input block]
 * [kernel row][input lane][kernel column][output channels of a tile]. The work is done by
 * conv_rows.c and conv_tile.c. */
#include "emit.h"

bool emit_conv_direct(Kernel *k) { return conv_emit(k, CONV_BLOCKED); }
