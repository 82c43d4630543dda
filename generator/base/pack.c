#include "base/pack.h"

void pack_bytes(struct buf *out, const void *bytes, size_t size)
{
	buf_add(out, (str){ bytes, size });
}

void pack_text(struct buf *out, str text)
{
	uint32_t length = (uint32_t)text.len;

	pack_bytes(out, &length, sizeof(length));
	buf_add(out, text);
}

bool unpack_text(str *out, str *rest)
{
	uint32_t length;

	if (!unpack_bytes(&length, sizeof(length), rest) || rest->len < length)
		return false;
	*out = str_between(*rest, 0, length);
	*rest = str_from(*rest, length);
	return true;
}
