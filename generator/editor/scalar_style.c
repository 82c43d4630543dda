#include "editor/scalar_style.h"

#include <string.h>

#include "base/unicode.h"
#include "markup/yaml.h"

/* What YAML, or the next program that reads it, takes for more than text. */
static const char *const words[] = { "true", "false", "yes", "no",   "on",
				     "off",  "y",     "n",   "null", "nan" };

static bool begins_text(char byte)
{
	byte = byte_lower(byte);
	return (byte >= 'a' && byte <= 'z') || (unsigned char)byte >= 0x80;
}

static bool is_word(str value)
{
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (str_equal_ignoring_case(value, str_from_c(words[i])))
			return true;
	return false;
}

/* Signs that mean something somewhere in YAML keep their quotes. */
static bool is_plain(str value)
{
	if (value.len == 0 || !begins_text(value.data[0]) || is_word(value) ||
	    unicode_trim(value).len != value.len)
		return false;
	for (size_t i = 0; i < value.len; i++) {
		char byte = value.data[i];

		if ((unsigned char)byte < ' ' ||
		    strchr(":#'\"\\,[]{}&*!|>%@`=~<", byte) != NULL)
			return false;
	}
	return true;
}

str scalar_style(str written, str value, struct arena *arena)
{
	char quote = str_at(written, 0);

	if ((quote != '\'' && quote != '"') ||
	    str_find_byte(written, '\n') != STR_NONE ||
	    (quote == '"' && str_find_byte(written, '\\') != STR_NONE))
		return written;
	return is_plain(value) ? value : yaml_quoted(value, arena);
}
