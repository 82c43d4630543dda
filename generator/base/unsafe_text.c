#include "base/unsafe_text.h"

#include "base/unicode.h"

enum { REPORT_LIMIT = 20 }; /* in one text */

const char *unsafe_text_name(uint32_t code_point)
{
	static const struct {
		uint32_t code_point;
		const char *name;
	} names[] = {
		{ 0x00, N_("null") },
		{ 0x07, N_("bell") },
		{ 0x08, N_("backspace") },
		{ '\t', N_("tab") },
		{ '\n', N_("line feed") },
		{ 0x0b, N_("vertical tab") },
		{ 0x0c, N_("form feed") },
		{ '\r', N_("carriage return") },
		{ 0x1b, N_("escape") },
		{ 0x7f, N_("delete") },
		{ 0x85, N_("next line") },
		{ 0x2028, N_("line separator") },
		{ 0x2029, N_("paragraph separator") },
		{ 0x202a, N_("left-to-right embedding") },
		{ 0x202b, N_("right-to-left embedding") },
		{ 0x202c, N_("pop directional formatting") },
		{ 0x202d, N_("left-to-right override") },
		{ 0x202e, N_("right-to-left override") },
		{ 0x2066, N_("left-to-right isolate") },
		{ 0x2067, N_("right-to-left isolate") },
		{ 0x2068, N_("first strong isolate") },
		{ 0x2069, N_("pop directional isolate") },
		{ 0xfeff, N_("byte order mark") },
	};

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (names[i].code_point == code_point)
			return _(names[i].name);
	return unicode_is_control(code_point) ? _("control character")
					      : _("noncharacter");
}

static bool ends_a_line(uint32_t code_point)
{
	return code_point == 0x0b || code_point == 0x0c || code_point == 0x85 ||
	       code_point == 0x2028 || code_point == 0x2029;
}

struct diag *unsafe_text_report(struct diag_list *diags, struct span span,
				uint32_t code_point)
{
	struct diag *diag =
		diag_error(diags, span, "text-control",
			   _("a character that no text may have: U+%04X %s"),
			   code_point, unsafe_text_name(code_point));

	diag_help(diags, diag, "%s",
		  ends_a_line(code_point)
			  ? _("write an ordinary line break in its place")
			  : _("delete it; it often comes along when text is "
			      "pasted"));
	return diag;
}

static void report_rest(const struct source *source, size_t at,
			struct diag_list *diags)
{
	struct span span = span_of(source, at, at + 1);
	size_t count = 0;

	for (; at != STR_NONE; count++) {
		unicode_next(source->text, &at);
		at = unicode_unsafe_at(source->text, at);
	}
	diag_help(diags,
		  diag_error(diags, span, "text-control",
			     _("from here on %zu more characters that no text "
			       "may have"),
			     count),
		  "%s",
		  _("is this a text at all? Copy it without formatting and "
		    "save it again"));
}

bool unsafe_text_check(const struct source *source, struct diag_list *diags)
{
	size_t at = unicode_unsafe_at(source->text, 0);
	bool is_safe = at == STR_NONE;

	for (size_t count = 0; at != STR_NONE; count++) {
		size_t end = at;
		uint32_t code_point = unicode_next(source->text, &end);

		if (count == REPORT_LIMIT) {
			report_rest(source, at, diags);
			break;
		}
		unsafe_text_report(diags, span_of(source, at, end), code_point);
		at = unicode_unsafe_at(source->text, end);
	}
	return is_safe;
}
