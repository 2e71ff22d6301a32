/* Preloaded into PostgreSQL: every flush takes a millisecond longer, as on a usual disk. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

static void wait_for_the_platter(void) {
  const struct timespec one_millisecond = {0, 1000000};
  nanosleep(&one_millisecond, 0);
}

int fdatasync(int file) {
  static int (*original)(int);
  if (!original) original = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  wait_for_the_platter();
  return original(file);
}
