/*
 * Messages about characters that no text may have (unicode_is_unsafe).
 *
 * They come with files, with the escapes of quoted YAML (\u202e) and with the
 * character references of Markdown (&#x202e;). Each of the three is asked once,
 * where the text enters, so that nothing behind it has to expect them.
 */
#ifndef JIYUE_BASE_UNSAFE_TEXT_H
#define JIYUE_BASE_UNSAFE_TEXT_H

#include "base/diag.h"

/* "right-to-left override", in the language of messages. */
const char *unsafe_text_name(uint32_t code_point);

/* An error at the place of the character itself. */
struct diag *unsafe_text_report(struct diag_list *diags, struct span span,
				uint32_t code_point);

/*
 * Whether all of the source's text is safe; it must be UTF-8. At most 20
 * characters are reported one by one, the rest is counted.
 */
MUST_USE bool unsafe_text_check(const struct source *source,
				struct diag_list *diags);

#endif
