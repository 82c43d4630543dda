/*
 * Calls to the system that no command makes and that whoever takes a process
 * over would like to: refused with an error from here on, by a filter of
 * seccomp. On processors that the table in the .c does not have, nothing is.
 */
#ifndef JIYUE_SYSTEM_SYSCALL_FILTER_H
#define JIYUE_SYSTEM_SYSCALL_FILTER_H

#include "base/arena.h"

/* Which sockets there are, beside those inside the machine. */
enum syscall_sockets {
	SOCKETS_NONE,
	SOCKETS_STREAMS, /* TCP */
	SOCKETS_ALL,	 /* of IPv4 and IPv6: names are asked by datagrams */
};

/* Needs no_new_privs. False: see errno. */
MUST_USE bool syscall_filter_enter(enum syscall_sockets sockets,
				   struct arena *arena);

#endif
