/*
 * Is an address of the net one that everybody can reach? Not those of the own
 * machine, of inner nets, of documentation and of groups, nor IPv6 addresses
 * that are one of these in other clothes (RFC 6890 and its registries).
 */
#ifndef JIYUE_RELEASE_PUBLIC_ADDRESS_H
#define JIYUE_RELEASE_PUBLIC_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/* Of any other family than IPv4 and IPv6: no. */
bool public_address_is(const struct sockaddr *address);

#endif
