// header.cc: the emitted header is C++, and the model links into a C++ program.
//   c++ -DHEADER='"lenet.h"' -DMODEL=lenet -DUPPER=LENET header.cc lenet.o netrt.o
#include HEADER

#include <cstdio>

#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)

static unsigned char arena_size[JOIN(UPPER, _ARENA_BYTES)(4) + 1]; // an integer constant expression

int main(int argc, char **argv) {
  JOIN(MODEL, _model) *model = nullptr;
  const int status = JOIN(MODEL, _open)(&model, argc > 1 ? argv[1] : "");
  std::printf("%s, arena %lu\n", netrt_strerror(status),
              static_cast<unsigned long>(sizeof arena_size - 1));
  JOIN(MODEL, _close)(model);
  return status;
}
