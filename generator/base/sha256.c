/*
 * libcrypto with a context of its own: the process-wide one would read
 * openssl.cnf, and take providers from it that nobody here has chosen.
 */
#include "base/sha256.h"

#include <stdlib.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "base/arena.h"

struct sha256_maker {
	OSSL_LIB_CTX *library;
	EVP_MD *method;
	EVP_MD_CTX *context;
};

struct sha256_maker *sha256_open(void)
{
	struct sha256_maker *maker = calloc(1, sizeof(*maker));

	if (maker == NULL)
		arena_out_of_memory(sizeof(*maker));
	maker->library = OSSL_LIB_CTX_new();
	if (maker->library != NULL)
		maker->method = EVP_MD_fetch(maker->library, "SHA256", NULL);
	maker->context = EVP_MD_CTX_new();
	if (maker->method == NULL || maker->context == NULL)
		arena_out_of_memory(sizeof(*maker));
	return maker;
}

void sha256_close(struct sha256_maker *maker)
{
	EVP_MD_CTX_free(maker->context);
	EVP_MD_free(maker->method);
	OSSL_LIB_CTX_free(maker->library);
	free(maker);
}

struct sha256 sha256_of(struct sha256_maker *maker, str data)
{
	struct sha256 out;

	if (EVP_DigestInit_ex2(maker->context, maker->method, NULL) != 1 ||
	    EVP_DigestUpdate(maker->context, data.data, data.len) != 1 ||
	    EVP_DigestFinal_ex(maker->context, out.bytes, NULL) != 1)
		arena_out_of_memory(data.len);
	return out;
}

bool sha256_is_same_secret(const struct sha256 *a, const struct sha256 *b)
{
	return CRYPTO_memcmp(a->bytes, b->bytes, SHA256_SIZE) == 0;
}
