#include "preview/access.h"

#include "base/file_digest.h"

static struct sha256 digest_token(str token)
{
	struct sha256_maker *maker = sha256_open();
	struct sha256 digest;
	struct arena arena;

	arena_init(&arena);
	digest = sha256_of(maker, arena_printf(&arena, "jiyue preview %.*s",
					       STR_ARG(token)));
	arena_release(&arena);
	sha256_close(maker);
	return digest;
}

void access_init(struct access *out, const char *token)
{
	*out = (struct access){ .is_needed = token != NULL };
	if (token != NULL)
		out->secret = digest_token(str_from_c(token));
}

bool access_is_token(str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!byte_is_letter(text.data[i]) &&
		    !byte_is_digit(text.data[i]) &&
		    str_find_byte(STR("-._~"), text.data[i]) == STR_NONE)
			return false;
	return text.len >= ACCESS_TOKEN_LEAST && text.len <= ACCESS_TOKEN_MOST;
}

bool access_fits_token(const struct access *access, str token)
{
	struct sha256 given;

	if (token.len > ACCESS_TOKEN_MOST)
		return false;
	given = digest_token(token);
	return sha256_is_same_secret(&given, &access->secret);
}

bool access_fits_cookie(const struct access *access, str cookie)
{
	struct sha256 given;

	return file_digest_parse(&given, &cookie) && cookie.len == 0 &&
	       sha256_is_same_secret(&given, &access->secret);
}

void access_print_cookie(struct buf *out, const struct access *access)
{
	file_digest_print(out, &access->secret);
}
