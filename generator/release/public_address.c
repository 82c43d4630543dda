#include "release/public_address.h"

#include <netinet/in.h>
#include <stdint.h>
#include <string.h>

struct range4 {
	uint32_t first;
	unsigned bits;
};

static const struct range4 closed4[] = {
	{ 0x00000000, 8 },  /* this net */
	{ 0x0a000000, 8 },  /* 10/8, inner nets */
	{ 0x64400000, 10 }, /* 100.64/10, of carriers */
	{ 0x7f000000, 8 },  /* 127/8, the own machine */
	{ 0xa9fe0000, 16 }, /* 169.254/16, the own wire */
	{ 0xac100000, 12 }, /* 172.16/12 */
	{ 0xc0000000, 24 }, /* 192.0.0/24, of protocols */
	{ 0xc0000200, 24 }, /* documentation, like the next but two */
	{ 0xc0586300, 24 }, /* 192.88.99/24, 6to4 */
	{ 0xc0a80000, 16 }, /* 192.168/16 */
	{ 0xc6120000, 15 }, /* 198.18/15, measuring */
	{ 0xc6336400, 24 }, { 0xcb007100, 24 }, { 0xe0000000, 4 }, /* groups */
	{ 0xf0000000, 4 }, /* to come, and 255.255.255.255 */
};

static bool is_public4(uint32_t address)
{
	for (size_t i = 0; i < sizeof(closed4) / sizeof(closed4[0]); i++)
		if ((address ^ closed4[i].first) >> (32 - closed4[i].bits) == 0)
			return false;
	return true;
}

static uint32_t four_of(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
	       (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Of 2000::/3 alone, without those of documentation and of tunnels. */
static bool is_public6(const uint8_t *bytes)
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
	static const uint8_t nat64[12] = { 0x00, 0x64, 0xff, 0x9b };

	if (memcmp(bytes, mapped, sizeof(mapped)) == 0 ||
	    memcmp(bytes, nat64, sizeof(nat64)) == 0)
		return is_public4(four_of(bytes + 12));
	if ((bytes[0] & 0xe0) != 0x20)
		return false;
	if (bytes[0] == 0x20 && bytes[1] == 0x02) /* 6to4 */
		return is_public4(four_of(bytes + 2));
	if (bytes[0] == 0x20 && bytes[1] == 0x01)
		return !(bytes[2] == 0x0d && bytes[3] == 0xb8) &&
		       bytes[2] >= 0x02; /* 2001::/23 is of protocols */
	return !(bytes[0] == 0x3f && bytes[1] == 0xff && bytes[2] < 0x10);
}

bool public_address_is(const struct sockaddr *address)
{
	struct sockaddr_in four;
	struct sockaddr_in6 six;

	switch (address->sa_family) {
	case AF_INET:
		memcpy(&four, address, sizeof(four));
		return is_public4(ntohl(four.sin_addr.s_addr));
	case AF_INET6:
		memcpy(&six, address, sizeof(six));
		return is_public6(six.sin6_addr.s6_addr);
	default:
		return false;
	}
}
