/*
 * An address in any form (encoded, with index.html, with slashes): its key is
 * the same for all of them, and has no name in it that leads elsewhere.
 */
#include "markup/url_path.h"

#include "tests/fuzz/support/input.h"

static void check_key(str key)
{
	str rest = key;
	str name;

	if (key.len == 0)
		return;
	fuzz_require(key.data[0] != '/' && key.data[key.len - 1] != '/',
		     "a key has no slash at its ends");
	while (str_split_next(&rest, '/', &name))
		fuzz_require(name.len > 0 && !str_equal_c(name, ".") &&
				     !str_equal_c(name, ".."),
			     "a key has only names");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str address = { (const char *)data, size };
	struct arena arena;
	struct buf encoded;
	str key;

	if (!fuzz_is_text(address))
		return -1;
	arena_init(&arena);
	key = url_path_key(address, &arena);
	check_key(key);
	buf_init(&encoded, &arena);
	buf_add_byte(&encoded, '/');
	url_path_encode(&encoded, key);
	fuzz_require(str_equal(url_path_key(buf_str(&encoded), &arena), key),
		     "a key that is encoded has itself as its key");
	arena_release(&arena);
	return 0;
}
