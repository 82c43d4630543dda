#include "base/sha1.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "base/buf.h"

enum { SHA1_SIZE = 20 };

/* With a context of its own, as in sha256.c. */
str sha1_of(str data, struct arena *arena)
{
	OSSL_LIB_CTX *library = OSSL_LIB_CTX_new();
	EVP_MD *method =
		library == NULL ? NULL : EVP_MD_fetch(library, "SHA1", NULL);
	unsigned char bytes[SHA1_SIZE];
	struct buf out;

	if (method == NULL ||
	    EVP_Digest(data.data, data.len, bytes, NULL, method, NULL) != 1)
		arena_out_of_memory(data.len);
	EVP_MD_free(method);
	OSSL_LIB_CTX_free(library);
	buf_init(&out, arena);
	for (size_t i = 0; i < SHA1_SIZE; i++)
		buf_printf(&out, "%02x", bytes[i]);
	return buf_str(&out);
}
