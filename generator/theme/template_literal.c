/*
 * Bytes are judged one at a time, as template_context.c reads them, and never
 * looked at again: what a template writes can be cut anywhere by a value. Where
 * browsers would decode something, as character references in an address, it is
 * refused instead, so that no table of theirs has to be known here.
 */
#include "theme/template_literal.h"

#include "base/diag.h"
#include "theme/template_escape.h"

/* --- words ---------------------------------------------------------------- */

str word_text(const struct context_word *word)
{
	return (str){ word->text, word->len };
}

void word_add(struct context_word *word, char byte)
{
	if (word->len < CONTEXT_WORD)
		word->text[word->len++] = byte_lower(byte);
}

bool word_is_among(const struct context_word *word, const char *const *names,
		   size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal_c(word_text(word), names[i]))
			return true;
	return false;
}

bool word_is(const struct context_word *word, const char *name)
{
	return str_equal_c(word_text(word), name);
}

/* --- elements and attributes ---------------------------------------------- */

enum attribute_kind literal_attribute_kind(const struct context_word *name)
{
	static const char *const urls[] = {
		"href", "src",	    "action",	  "formaction", "poster",
		"cite", "data",	    "longdesc",	  "background", "manifest",
		"icon", "codebase", "xlink:href",
	};
	static const char *const url_lists[] = { "srcset", "imagesrcset",
						 "ping", "attributionsrc" };
	static const char *const code[] = { "style", "srcdoc" };

	if (word_is_among(name, urls, COUNT_OF(urls)))
		return ATTRIBUTE_URL;
	if (word_is_among(name, url_lists, COUNT_OF(url_lists)))
		return ATTRIBUTE_URL_LIST;
	if (word_is_among(name, code, COUNT_OF(code)) ||
	    (name->len > 2 && name->text[0] == 'o' && name->text[1] == 'n'))
		return ATTRIBUTE_CODE;
	return word_is(name, "http-equiv") ? ATTRIBUTE_EQUIV : ATTRIBUTE_PLAIN;
}

/* Such an element can write any attribute of another one. */
const char *literal_check_tag(const struct context_state *state)
{
	static const char *const moving[] = { "set", "animate", "animatemotion",
					      "animatetransform",
					      "animatecolor" };

	if (state->format != CONTEXT_FORMAT_HTML || state->is_end_tag ||
	    !word_is_among(&state->tag, moving, COUNT_OF(moving)))
		return NULL;
	return _("drawings in a page are static; let a style sheet below "
		 "assets/ move them");
}

/*
 * "120; url=/kiosk/": a page that nobody touches may go back to a page of its
 * own site, and not while it is read.
 */
static bool is_way_back(const struct context_word *word)
{
	str rest = { word->text, word->len };
	str seconds = str_take_digits(&rest);

	if (word->len == CONTEXT_WORD || seconds.len < 2 || seconds.len > 4 ||
	    seconds.data[0] == '0' || !str_starts_with(rest, STR("; url=/")) ||
	    str_find(rest, STR("//")) != STR_NONE)
		return false;
	rest = str_from(rest, STR("; url=/").len);
	for (size_t i = 0; i < rest.len; i++)
		if (!byte_is_letter(rest.data[i]) &&
		    !byte_is_digit(rest.data[i]) && rest.data[i] != '-' &&
		    rest.data[i] != '/')
			return false;
	return true;
}

/* Anything else, in whatever spelling, might be "refresh". */
const char *literal_check_equiv(const struct context_state *state)
{
	static const char *const harmless[] = { "content-type",
						"content-language",
						"x-ua-compatible" };

	if (state->format != CONTEXT_FORMAT_HTML)
		return NULL;
	if (state->attribute == ATTRIBUTE_REFRESH)
		return is_way_back(&state->word)
			       ? NULL
			       : _("a page goes back to a page of its site "
				   "after 10 seconds or more: content=\"120; "
				   "url=/kiosk/\"");
	if (state->attribute != ATTRIBUTE_EQUIV ||
	    word_is_among(&state->word, harmless, COUNT_OF(harmless)) ||
	    (word_is(&state->word, "refresh") && !state->has_content &&
	     word_is(&state->tag, "meta")))
		return NULL;
	return _("http-equiv may be content-type, content-language or "
		 "x-ua-compatible, or refresh in front of content; a page "
		 "does not reload or lead elsewhere by itself");
}

/* --- addresses ------------------------------------------------------------ */

/*
 * Sites are served with a policy that forbids script and style in a page and
 * whatever comes from another host: a theme that has one would look broken.
 */
const char *literal_own_code(void)
{
	return _("a page has no script or style of its own; put it into a "
		 "file below assets/ and refer to that by {{assets.…}}");
}

static const char *other_host(void)
{
	return _("a page loads nothing from another host; put the file "
		 "below assets/ and refer to it by {{assets.…}}");
}

static const char *sent_away(void)
{
	return _("a page sends nothing to another host; write an address of "
		 "the site such as {{site.search_url}}");
}

enum url_use literal_url_use(const struct context_state *state)
{
	static const char *const links[] = { "a", "area" };
	static const char *const targets[] = { "action", "formaction", "ping",
					       "attributionsrc" };
	static const char *const hrefs[] = { "href", "xlink:href" };

	if (word_is_among(&state->word, targets, COUNT_OF(targets)))
		return URL_USE_SEND;
	if (word_is(&state->word, "cite") ||
	    (word_is_among(&state->word, hrefs, COUNT_OF(hrefs)) &&
	     word_is_among(&state->tag, links, COUNT_OF(links))))
		return URL_USE_FOLLOW;
	return URL_USE_LOAD;
}

/* What is wrong with an address of another host here, or NULL. */
static const char *other_host_here(const struct context_state *state)
{
	if (state->format != CONTEXT_FORMAT_HTML)
		return NULL;
	switch (state->use) {
	case URL_USE_FOLLOW:
		return NULL;
	case URL_USE_SEND:
		return sent_away();
	default:
		return other_host();
	}
}

/* Elsewhere the text of a data: address would be a page, script or style. */
static bool holds_picture(const struct context_state *state)
{
	static const char *const elements[] = { "img", "image", "source",
						"link" };

	return word_is_among(&state->tag, elements, COUNT_OF(elements));
}

/* What the theme itself wrote before the first colon. */
static const char *read_scheme(struct context_state *state)
{
	str scheme = word_text(&state->word);

	state->url = template_scheme_is_safe(scheme) ? URL_SAFE : URL_UNSAFE;
	if (state->format != CONTEXT_FORMAT_HTML)
		return NULL;
	if (str_ends_with(scheme, STR("script")))
		return literal_own_code();
	if (str_equal_c(scheme, "data") && state->use != URL_USE_SEND)
		return holds_picture(state) ? NULL : literal_own_code();
	return other_host_here(state);
}

/* Browsers drop these before they look at an address. */
static bool is_dropped(const struct context_state *state, char byte)
{
	bool is_first = state->url == URL_SCHEME && state->word.len == 0;

	return byte == '\t' || byte == '\n' || byte == '\r' ||
	       (is_first && (unsigned char)byte <= ' ');
}

/*
 * Before the host and scheme are known a character reference could hide a
 * letter or colon of them; only that of & itself, which no scheme has, may
 * come.
 */
static const char *read_reference(struct context_state *state, char byte)
{
	static const char wanted[] = "&amp;";

	if (byte != wanted[state->match])
		return _("of character references only &amp; may stand in the "
			 "beginning of an address");
	state->match++;
	if (wanted[state->match] == '\0') {
		state->match = 0;
		state->url = URL_SAFE;
	}
	return NULL;
}

static const char *read_slash(struct context_state *state)
{
	bool is_first = state->url == URL_SCHEME && state->word.len == 0;
	bool is_second = state->url == URL_SLASH;

	state->url = is_first ? URL_SLASH : URL_SAFE;
	return is_second ? other_host_here(state) : NULL;
}

const char *literal_read_url(struct context_state *state, char byte)
{
	bool is_list = state->attribute == ATTRIBUTE_URL_LIST;

	if (state->match > 0)
		return read_reference(state, byte);
	if (is_list && (byte == ',' || byte_is_space(byte))) {
		state->url = URL_SCHEME;
		state->word.len = 0;
	} else if (state->url == URL_SAFE || state->url == URL_UNSAFE ||
		   is_dropped(state, byte)) {
		return NULL;
	} else if (byte == '&') {
		return read_reference(state, byte);
	} else if (byte == '/' || byte == '\\') {
		return read_slash(state);
	} else if (byte == '?' || byte == '#' || state->url == URL_SLASH) {
		state->url = URL_SAFE;
	} else if (byte != ':') {
		word_add(&state->word, byte);
	} else if (state->url == URL_MIXED) {
		return _("the scheme of an address must be written out");
	} else {
		return read_scheme(state);
	}
	return NULL;
}
