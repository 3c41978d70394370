/*
 * Loaded into pcscd (LD_PRELOAD) beside the vpcd driver, for demonstrations and tests:
 *  - the virtual reader listens on 127.0.0.1 only, not on every interface;
 *  - its connections do not wait for Nagle's algorithm (about 49 ms for each command otherwise);
 *  - pcscd ends with the program that started it.
 * Build: cc -shared -fPIC -O2 -o vpcd-shim.so vpcd-shim.c
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>

__attribute__((constructor)) static void end_with_parent(void) { prctl(PR_SET_PDEATHSIG, SIGTERM); }

int bind(int fd, const struct sockaddr *address, socklen_t size) {
  static int (*next)(int, const struct sockaddr *, socklen_t);
  if (!next) next = (int (*)(int, const struct sockaddr *, socklen_t))dlsym(RTLD_NEXT, "bind");
  if (address && address->sa_family == AF_INET && size >= sizeof(struct sockaddr_in)) {
    struct sockaddr_in local = *(const struct sockaddr_in *)address;
    if (local.sin_addr.s_addr == htonl(INADDR_ANY)) local.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return next(fd, (const struct sockaddr *)&local, sizeof local);
  }
  return next(fd, address, size);
}

int accept(int fd, struct sockaddr *address, socklen_t *size) {
  static int (*next)(int, struct sockaddr *, socklen_t *);
  if (!next) next = (int (*)(int, struct sockaddr *, socklen_t *))dlsym(RTLD_NEXT, "accept");
  int client = next(fd, address, size);
  int on = 1;
  /* Fails harmlessly on the Unix sockets of PC/SC clients. */
  if (client >= 0) setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return client;
}
