/* libcrypto with a context of its own, as in base/sha256.c. */
#include "base/file_digest.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

enum { METHODS = 2 };

struct file_digest_maker {
	OSSL_LIB_CTX *library;
	EVP_MD *methods[METHODS];
	EVP_MD_CTX *contexts[METHODS];
	uint64_t size;
};

struct file_digest_maker *file_digest_open(void)
{
	static const char *const names[METHODS] = { "SHA256", "SM3" };
	struct file_digest_maker *maker = calloc(1, sizeof(*maker));

	if (maker == NULL)
		arena_out_of_memory(sizeof(*maker));
	maker->library = OSSL_LIB_CTX_new();
	for (size_t i = 0; i < METHODS; i++) {
		if (maker->library != NULL)
			maker->methods[i] =
				EVP_MD_fetch(maker->library, names[i], NULL);
		maker->contexts[i] = EVP_MD_CTX_new();
		if (maker->methods[i] == NULL || maker->contexts[i] == NULL)
			arena_out_of_memory(sizeof(*maker));
	}
	return maker;
}

void file_digest_close(struct file_digest_maker *maker)
{
	for (size_t i = 0; i < METHODS; i++) {
		EVP_MD_CTX_free(maker->contexts[i]);
		EVP_MD_free(maker->methods[i]);
	}
	OSSL_LIB_CTX_free(maker->library);
	free(maker);
}

void file_digest_begin(struct file_digest_maker *maker)
{
	maker->size = 0;
	for (size_t i = 0; i < METHODS; i++)
		if (EVP_DigestInit_ex2(maker->contexts[i], maker->methods[i],
				       NULL) != 1)
			arena_out_of_memory(sizeof(*maker));
}

void file_digest_add(struct file_digest_maker *maker, str piece)
{
	maker->size += piece.len;
	for (size_t i = 0; i < METHODS; i++)
		if (EVP_DigestUpdate(maker->contexts[i], piece.data,
				     piece.len) != 1)
			arena_out_of_memory(piece.len);
}

struct file_digest file_digest_end(struct file_digest_maker *maker)
{
	struct file_digest out = { .size = maker->size };
	struct sha256 *const places[METHODS] = { &out.sha256, &out.sm3 };

	for (size_t i = 0; i < METHODS; i++)
		if (EVP_DigestFinal_ex(maker->contexts[i], places[i]->bytes,
				       NULL) != 1)
			arena_out_of_memory(sizeof(out));
	return out;
}

struct file_digest file_digest_of(struct file_digest_maker *maker, str data)
{
	file_digest_begin(maker);
	file_digest_add(maker, data);
	return file_digest_end(maker);
}

bool file_digest_equal(const struct file_digest *a, const struct file_digest *b)
{
	return a->size == b->size &&
	       memcmp(&a->sha256, &b->sha256, sizeof(a->sha256)) == 0 &&
	       memcmp(&a->sm3, &b->sm3, sizeof(a->sm3)) == 0;
}

void file_digest_print(struct buf *out, const struct sha256 *digest)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < SHA256_SIZE; i++) {
		buf_add_byte(out, digits[digest->bytes[i] >> 4]);
		buf_add_byte(out, digits[digest->bytes[i] & 15]);
	}
}

bool file_digest_parse(struct sha256 *out, str *rest)
{
	if (rest->len < 2 * (size_t)SHA256_SIZE)
		return false;
	for (size_t i = 0; i < SHA256_SIZE; i++) {
		int high = byte_hex_value(rest->data[2 * i]);
		int low = byte_hex_value(rest->data[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		out->bytes[i] = (uint8_t)(high * 16 + low);
	}
	*rest = str_from(*rest, 2 * (size_t)SHA256_SIZE);
	return true;
}
