/*
 * One pass over the text: at each sign that may begin something, what it would
 * be in HTML or Markdown is measured by its form alone, without a parser, as a
 * field is a line or two. The first of a text is told and no more. Signs that
 * prose has for other reasons (stars in names that are hidden) are let through
 * by what stands beside them.
 */
#include "library/field_markup.h"

#include "base/unicode.h"

enum {
	NAME_BYTES = 12,   /* of an element or a character */
	TAG_BYTES = 200,   /* of a tag */
	MARKED_BYTES = 300 /* between two signs */
};

static bool is_name_byte(char c)
{
	return byte_is_letter(c) || (c >= '0' && c <= '9');
}

/* --- what it may be; each gives its length at `at`, or 0 -------------------
 */

/* &nbsp; and &#160; */
static size_t reference_length(str text, size_t at)
{
	size_t end = at + 1;

	if (end < text.len && text.data[end] == '#')
		end++;
	while (end < text.len && end - at < NAME_BYTES &&
	       is_name_byte(text.data[end]))
		end++;
	return end - at > 2 && end < text.len && text.data[end] == ';'
		       ? end + 1 - at
		       : 0;
}

/* <br>, </b>, <font color="red">: elements that texts are pasted with. */
static size_t tag_length(str text, size_t at)
{
	static const char names[] =
		" a b i u s p br em del ins sub sup div img big font span "
		"small strong center strike section ";
	size_t start = at + 1;
	size_t end;
	size_t close;
	str rest;

	if (start < text.len && text.data[start] == '/')
		start++;
	end = start;
	while (end < text.len && end - start < NAME_BYTES &&
	       byte_is_letter(text.data[end]))
		end++;
	if (end == start || end == text.len ||
	    str_find_byte(STR(" />\t"), text.data[end]) == STR_NONE ||
	    !str_is_word_of(str_between(text, start, end), names))
		return 0;
	close = str_find_byte(str_between(text, end, end + TAG_BYTES), '>');
	if (close == STR_NONE)
		return 0;
	rest = str_trim(str_between(text, end, end + close));
	/* a<b 且 c>d is no tag */
	return rest.len <= 1 || str_find_byte(rest, '=') != STR_NONE
		       ? end + close + 1 - at
		       : 0;
}

/* **words** where a word begins; 王**、李** are names that are hidden. */
static size_t strong_length(str text, size_t at)
{
	str before = str_between(text, 0, at);
	str rest = str_between(text, at + 2, at + 2 + MARKED_BYTES);
	size_t close = str_find(rest, STR("**"));
	size_t start = at;

	if (!str_starts_with(str_from(text, at), STR("**")) ||
	    close == STR_NONE || close == 0 || rest.data[0] == '*')
		return 0;
	if (unicode_is_word(unicode_previous(before, &start)))
		return 0;
	return close + 4;
}

/* [text](address) */
static size_t link_length(str text, size_t at)
{
	str rest = str_between(text, at, at + MARKED_BYTES);
	size_t middle = str_find(rest, STR("]("));
	size_t end;

	if (middle == STR_NONE || middle == 1)
		return 0;
	end = str_find_byte(str_from(rest, middle), ')');
	return end == STR_NONE || end == 2 ? 0 : middle + end + 1;
}

static size_t markup_length(str text, size_t at)
{
	switch (text.data[at]) {
	case '&':
		return reference_length(text, at);
	case '<':
		return tag_length(text, at);
	case '*':
		return strong_length(text, at);
	case '[':
		return link_length(text, at);
	default:
		return 0;
	}
}

/* --- telling -------------------------------------------------------------- */

static void report_markup(const struct field *field, str part, struct span span,
			  struct diag_list *diags)
{
	struct diag *diag = diag_warning(
		diags, span, "text-markup",
		_("“%.*s” in \"%s\" (%s) would be shown as it is typed"),
		STR_ARG(unicode_prefix(part, 40)), field->key, field->label);

	diag_help(diags, diag, "%s",
		  part.data[0] == '&'
			  ? _("write the character itself, or delete it")
			  : _("fields are plain text: leave the signs out"));
}

/* U+200B and U+2060: of no width, in the middle of a word. */
static bool has_unseen(str text)
{
	return str_find(text, STR("\xe2\x80\x8b")) != STR_NONE ||
	       str_find(text, STR("\xe2\x81\xa0")) != STR_NONE;
}

void field_markup_check(const struct field *field, str text, struct span span,
			struct diag_list *diags)
{
	size_t tries = MARKED_BYTES;
	struct diag *diag;

	for (size_t at = 0; at < text.len && tries > 0; at++) {
		char c = text.data[at];
		size_t length;

		if (c != '&' && c != '<' && c != '*' && c != '[')
			continue;
		tries--;
		length = markup_length(text, at);
		if (length > 0) {
			report_markup(field, str_between(text, at, at + length),
				      span, diags);
			break;
		}
	}
	if (!has_unseen(text))
		return;
	diag = diag_warning(diags, span, "text-unseen",
			    _("\"%s\" (%s) has a character in it that nobody "
			      "sees: a zero width space"),
			    field->key, field->label);
	diag_help(diags, diag,
		  _("delete it, for no search finds the words around it; it "
		    "often comes along when text is pasted"));
}
