/*
 * Who may see a preview that others can reach: whoever knows its token. It
 * comes once in an address (?token=) and from then on as a cookie, which has
 * not the token in it but a digest of it; no link and no page says either.
 *
 * Always true: a secret is compared in the same time whatever was sent.
 */
#ifndef JIYUE_PREVIEW_ACCESS_H
#define JIYUE_PREVIEW_ACCESS_H

#include "base/buf.h"
#include "base/sha256.h"

enum { ACCESS_TOKEN_LEAST = 16, ACCESS_TOKEN_MOST = 256 };

struct access {
	bool is_needed;
	struct sha256 secret; /* the cookie has it in hexadecimal digits */
};

/* NULL: no token is needed. */
void access_init(struct access *out, const char *token);

/* May it stand in an address as it is, and is it too long to be guessed? */
bool access_is_token(str text);

bool access_fits_token(const struct access *access, str token);

/* `cookie` is the value of one. */
bool access_fits_cookie(const struct access *access, str cookie);

void access_print_cookie(struct buf *out, const struct access *access);

#endif
