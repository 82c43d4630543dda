/*
 * Bytes of old pages to UTF-8. What a page says of its encoding is wrong often
 * enough, so it is one witness among three: a byte order mark, the page's own
 * word, and whether the bytes can be read that way and look like what people
 * write.
 *
 * Always true of what comes out: valid UTF-8 without a character that no text
 * may have (base/unicode.h); NUL and other controls are gone.
 */
#ifndef JIYUE_IMPORT_CHARSET_H
#define JIYUE_IMPORT_CHARSET_H

#include "base/arena.h"
#include "base/str.h"

enum charset {
	CHARSET_UTF8,
	CHARSET_GB18030, /* GB2312 and GBK are parts of it */
	CHARSET_BIG5,
	CHARSET_UTF16LE,
	CHARSET_UTF16BE,
	CHARSET_COUNT
};

/* Converters of one thread; they are opened when they are needed. */
struct charset_reader {
	void *converters[CHARSET_COUNT];
};

struct decoded {
	str text;
	enum charset charset;
	bool is_other; /* than the page says */
	size_t lost;   /* bytes that are U+FFFD now */
};

void charset_open(struct charset_reader *reader);
void charset_close(struct charset_reader *reader);

/*
 * False when no encoding fits: too many bytes cannot be read in any of them.
 * `is_page`: its head may say an encoding (<meta charset>).
 */
MUST_USE bool charset_decode(struct decoded *out, struct charset_reader *reader,
			     str bytes, bool is_page, struct arena *arena);

/* The name of a file, which was written by who knows what system. */
str charset_guess_name(str bytes, struct arena *arena);

const char *charset_name(enum charset charset);

#endif
