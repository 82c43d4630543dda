#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void buf_init_limited(struct buf *buf, struct arena *arena, size_t limit)
{
	*buf = (struct buf){ .arena = arena, .limit = limit };
}

void buf_init(struct buf *buf, struct arena *arena)
{
	buf_init_limited(buf, arena, SIZE_MAX);
}

static bool grow(struct buf *buf, size_t more)
{
	size_t capacity = buf->capacity == 0 ? 256 : buf->capacity;
	char *data;

	if (buf->full || more > buf->limit - buf->len) {
		buf->full = true;
		return false;
	}
	while (capacity <= buf->len + more)
		capacity *= 2;
	data = arena_raw(buf->arena, capacity);
	if (buf->len > 0)
		memcpy(data, buf->data, buf->len);
	buf->data = data;
	buf->capacity = capacity;
	return true;
}

static inline bool reserve(struct buf *buf, size_t more)
{
	return (more < buf->capacity - buf->len && !buf->full &&
		more <= buf->limit - buf->len) ||
	       grow(buf, more);
}

void buf_add(struct buf *buf, str text)
{
	if (text.len == 0 || !reserve(buf, text.len))
		return;
	memcpy(buf->data + buf->len, text.data, text.len);
	buf->len += text.len;
	buf->data[buf->len] = '\0';
}

void buf_add_c(struct buf *buf, const char *text)
{
	buf_add(buf, str_from_c(text));
}

void buf_add_byte(struct buf *buf, char byte)
{
	if (!reserve(buf, 1))
		return;
	buf->data[buf->len++] = byte;
	buf->data[buf->len] = '\0';
}

void buf_add_number(struct buf *buf, uint64_t number, size_t width)
{
	char digits[20];
	size_t first = sizeof(digits);

	do {
		digits[--first] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	while (sizeof(digits) - first < width && first > 0)
		digits[--first] = '0';
	buf_add(buf, (str){ digits + first, sizeof(digits) - first });
}

void buf_add_utf8(struct buf *buf, uint32_t code_point)
{
	uint32_t c = code_point;
	char bytes[4];
	size_t len;

	if (c < 0x80) {
		bytes[0] = (char)c;
		len = 1;
	} else if (c < 0x800) {
		bytes[0] = (char)(0xc0 | (c >> 6));
		bytes[1] = (char)(0x80 | (c & 0x3f));
		len = 2;
	} else if (c < 0x10000) {
		bytes[0] = (char)(0xe0 | (c >> 12));
		bytes[1] = (char)(0x80 | ((c >> 6) & 0x3f));
		bytes[2] = (char)(0x80 | (c & 0x3f));
		len = 3;
	} else {
		bytes[0] = (char)(0xf0 | (c >> 18));
		bytes[1] = (char)(0x80 | ((c >> 12) & 0x3f));
		bytes[2] = (char)(0x80 | ((c >> 6) & 0x3f));
		bytes[3] = (char)(0x80 | (c & 0x3f));
		len = 4;
	}
	buf_add(buf, (str){ bytes, len });
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	char most[256]; /* nearly all fit, and need one pass */
	va_list arguments;
	va_list again;
	int len;

	va_start(arguments, format);
	va_copy(again, arguments);
	len = vsnprintf(most, sizeof(most), format, arguments);
	va_end(arguments);
	if (len > 0 && (size_t)len < sizeof(most)) {
		buf_add(buf, (str){ most, (size_t)len });
	} else if (len > 0 && reserve(buf, (size_t)len)) {
		vsnprintf(buf->data + buf->len, (size_t)len + 1, format, again);
		buf->len += (size_t)len;
	}
	va_end(again);
}

str buf_str(const struct buf *buf)
{
	return (str){ buf->data == NULL ? "" : buf->data, buf->len };
}
