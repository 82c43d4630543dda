/*
 * The reader is the part of the HTML tokenizer that matters for escaping:
 *
 *	text --<--> "<" --letter--> tag name --space--> tag --letter-->
 *attribute ^          |                 |                 | ^              | |
 *! comment, …      >                 > +-- quoted <-- =
 *	  +----------+-----------------+-----------------+
 *
 * Behind the > of <title>, <script> and their like come places that only the
 * element's own end tag leaves.
 */
#include "theme/template_context.h"

#include "base/diag.h"
#include "theme/template_literal.h"

/* Values of `match` in a comment of HTML behind the number of hyphens. */
enum {
	COMMENT_BANG = 3,	/* behind "--!" */
	COMMENT_START = 4,	/* behind "<!--" */
	COMMENT_START_DASH = 5, /* behind "<!---" */
};

enum context_format context_format_of(str template_name)
{
	if (str_ends_with(template_name, STR(".xml")))
		return CONTEXT_FORMAT_XML;
	if (str_ends_with(template_name, STR(".txt")))
		return CONTEXT_FORMAT_PLAIN;
	if (str_ends_with(template_name, STR(".json")) ||
	    str_ends_with(template_name, STR(".webmanifest")))
		return CONTEXT_FORMAT_JSON;
	return CONTEXT_FORMAT_HTML;
}

struct context_state context_start(enum context_format format)
{
	struct context_state state = { .format = format };

	if (format == CONTEXT_FORMAT_PLAIN || format == CONTEXT_FORMAT_JSON)
		state.place = PLACE_PLAIN;
	return state;
}

static void word_start(struct context_word *word, char byte)
{
	word->len = 0;
	word_add(word, byte);
}

/* --- elements and attributes ---------------------------------------------- */

static enum context_place place_in_element(const struct context_state *state)
{
	static const char *const text_only[] = { "title", "textarea" };
	static const char *const raw[] = { "script",   "style",	  "xmp",
					   "iframe",   "noembed", "noframes",
					   "plaintext" };

	if (state->format != CONTEXT_FORMAT_HTML || state->is_end_tag)
		return PLACE_TEXT;
	if (word_is_among(&state->tag, text_only, COUNT_OF(text_only)))
		return PLACE_TITLE;
	if (!word_is_among(&state->tag, raw, COUNT_OF(raw)))
		return PLACE_TEXT;
	return state->is_data_script && word_is(&state->tag, "script")
		       ? PLACE_JSON
		       : PLACE_SCRIPT;
}

static void close_tag(struct context_state *state)
{
	state->place = place_in_element(state);
	state->match = 0;
}

static void open_tag(struct context_state *state, char byte)
{
	state->place = PLACE_TAG_NAME;
	state->is_data_script = false;
	state->has_type = false;
	state->has_content = false;
	state->is_refresh = false;
	word_start(&state->tag, byte);
}

/* Of two attributes with one name browsers keep the first. */
static void end_attribute_name(struct context_state *state)
{
	state->is_type = word_is(&state->word, "type") && !state->has_type;
	state->has_type |= state->is_type;
	state->has_content |= word_is(&state->word, "content");
}

static const char *open_value(struct context_state *state, char quote)
{
	state->attribute = literal_attribute_kind(&state->word);
	if (state->is_refresh && word_is(&state->word, "content"))
		state->attribute = ATTRIBUTE_REFRESH;
	state->use = literal_url_use(state);
	state->url = URL_SCHEME;
	state->match = 0;
	state->quote = quote;
	state->place = PLACE_QUOTED;
	state->word.len = 0;
	return state->attribute == ATTRIBUTE_CODE &&
			       state->format == CONTEXT_FORMAT_HTML
		       ? literal_own_code()
		       : NULL;
}

static const char *close_value(struct context_state *state)
{
	const char *wrong = literal_check_equiv(state);

	if (state->attribute == ATTRIBUTE_EQUIV)
		state->is_refresh |= word_is(&state->word, "refresh");
	if (state->is_type)
		state->is_data_script =
			word_is(&state->word, "application/ld+json") ||
			word_is(&state->word, "application/json");
	state->place = PLACE_TAG_GAP;
	return wrong;
}

/* --- one byte at each place ----------------------------------------------- */

static void read_less_than(struct context_state *state, char byte)
{
	state->is_end_tag = false;
	state->match = 0;
	if (byte_is_letter(byte)) {
		open_tag(state, byte);
	} else if (byte == '/') {
		state->is_end_tag = true;
		state->place = PLACE_TAG_NAME;
		state->tag.len = 0;
	} else if (byte == '!') {
		state->place = PLACE_BANG;
		state->word.len = 0;
	} else if (byte == '?') {
		state->place = PLACE_DECLARATION;
	} else if (byte != '<') {
		state->place = PLACE_TEXT;
	}
}

/* Whether HTML has CDATA depends on what a browser takes the element for. */
static const char *read_bang(struct context_state *state, char byte)
{
	word_add(&state->word, byte);
	if (word_is(&state->word, "--")) {
		state->place = PLACE_COMMENT;
		state->match = state->format == CONTEXT_FORMAT_HTML
				       ? COMMENT_START
				       : 0;
	} else if (word_is(&state->word, "[cdata[")) {
		if (state->format != CONTEXT_FORMAT_XML)
			return _(
				"a page has no CDATA; write its text as it is, "
				"with &lt; for <");
		state->place = PLACE_CDATA;
		state->match = 0;
	} else if (byte == '>') {
		state->place = PLACE_TEXT;
	} else if (state->word.len == 1 ? byte != '-' && byte != '['
					: state->word.len > 7) {
		state->place = PLACE_DECLARATION;
	}
	return NULL;
}

static const char *read_tag(struct context_state *state, char byte)
{
	if (byte == '>') {
		close_tag(state);
	} else if (byte_is_space(byte)) {
		state->place = PLACE_TAG;
	} else if (byte == '/') {
		state->place = PLACE_TAG_GAP;
	} else if (state->place == PLACE_TAG_GAP) {
		return _("a space must come before this attribute");
	} else if (byte == '"' || byte == '\'' || byte == '=' || byte == '<') {
		return _("an attribute cannot begin like this");
	} else {
		state->place = PLACE_ATTRIBUTE_NAME;
		word_start(&state->word, byte);
	}
	return NULL;
}

static const char *read_tag_name(struct context_state *state, char byte)
{
	if (byte == '>' || byte == '/' || byte_is_space(byte)) {
		const char *wrong = literal_check_tag(state);

		return wrong != NULL ? wrong : read_tag(state, byte);
	}
	word_add(&state->tag, byte);
	return NULL;
}

static const char *read_attribute(struct context_state *state, char byte)
{
	if (state->place == PLACE_ATTRIBUTE_NAME &&
	    (byte == '=' || byte == '>' || byte == '/' || byte_is_space(byte)))
		end_attribute_name(state);
	if (byte == '=') {
		state->place = PLACE_BEFORE_VALUE;
	} else if (byte_is_space(byte)) {
		state->place = PLACE_ATTRIBUTE_BEHIND;
	} else if (byte == '>' || byte == '/' ||
		   state->place == PLACE_ATTRIBUTE_BEHIND) {
		state->place = PLACE_TAG;
		return read_tag(state, byte);
	} else {
		word_add(&state->word, byte);
	}
	return NULL;
}

static const char *read_before_value(struct context_state *state, char byte)
{
	const char *wrong = NULL;

	if (byte == '"' || byte == '\'') {
		wrong = open_value(state, byte);
	} else if (byte == '>') {
		close_tag(state);
	} else if (!byte_is_space(byte)) {
		wrong = open_value(state, ' ');
		state->place = PLACE_UNQUOTED;
		if (wrong == NULL && state->attribute != ATTRIBUTE_PLAIN)
			wrong = _("put the value of the attribute in quotes");
		word_add(&state->word, byte);
	}
	return wrong;
}

static const char *read_quoted(struct context_state *state, char byte)
{
	if (byte == state->quote)
		return close_value(state);
	/* what is text to browsers, as in <noscript>, must not end there */
	if (byte == '<' && state->format == CONTEXT_FORMAT_HTML)
		return _("write &lt; for < in the value of an attribute");
	if (state->attribute == ATTRIBUTE_URL ||
	    state->attribute == ATTRIBUTE_URL_LIST)
		return literal_read_url(state, byte);
	word_add(&state->word, byte);
	return NULL;
}

static void read_unquoted(struct context_state *state, char byte)
{
	if (byte == '>') {
		(void)close_value(state); /* which is of kind PLAIN */
		close_tag(state);
	} else if (byte_is_space(byte)) {
		(void)close_value(state);
		state->place = PLACE_TAG;
	} else {
		word_add(&state->word, byte);
	}
}

/* Counts up to the three bytes "]]>", or "-->" in XML. */
static void read_until(struct context_state *state, char byte, char repeated)
{
	if (byte == '>' && state->match >= 2)
		state->place = PLACE_TEXT;
	else if (byte == repeated)
		state->match = state->match < 2 ? state->match + 1 : 2;
	else
		state->match = 0;
}

/* In HTML "<!-->", "<!--->" and "--!>" end a comment too. */
static void read_comment(struct context_state *state, char byte)
{
	uint8_t match = state->match;

	if (match < COMMENT_BANG &&
	    (match != 2 || byte != '!' || state->format != CONTEXT_FORMAT_HTML))
		read_until(state, byte, '-');
	else if (byte == '>')
		state->place = PLACE_TEXT;
	else if (match == 2)
		state->match = COMMENT_BANG;
	else if (byte != '-')
		state->match = 0;
	else if (match == COMMENT_START)
		state->match = COMMENT_START_DASH;
	else
		state->match = match == COMMENT_BANG ? 1 : 2;
}

/* Counts the bytes of "</title" or the like. */
static void match_end_tag(struct context_state *state, char byte)
{
	size_t wanted = (size_t)state->tag.len + 2;
	char lower = byte_lower(byte);

	if (state->match == wanted) {
		state->match = 0;
		if (byte != '>' && byte != '/' && !byte_is_space(byte))
			return;
		state->is_end_tag = true;
		state->place = PLACE_TAG_NAME;
		(void)read_tag(state, byte);
	} else if (byte == '<') {
		state->match = 1;
	} else if (state->match == 1 && byte == '/') {
		state->match = 2;
	} else if (state->match >= 2 &&
		   lower == state->tag.text[state->match - 2]) {
		state->match++;
	} else {
		state->match = 0;
	}
}

/* In a drawing the same names are elements that have others in them. */
static const char *read_title(struct context_state *state, char byte)
{
	bool opens = state->match == 1 &&
		     (byte_is_letter(byte) || byte == '!' || byte == '?');

	match_end_tag(state, byte);
	return opens ? _("write &lt; for < here: a title is text without tags")
		     : NULL;
}

/* Between <script> or <style> and its end there is white space at most. */
static const char *read_script(struct context_state *state, char byte)
{
	match_end_tag(state, byte);
	if (state->place != PLACE_SCRIPT || state->match > 0 ||
	    byte_is_space(byte))
		return NULL;
	return literal_own_code();
}

static void read_outside_tags(struct context_state *state, char byte)
{
	switch (state->place) {
	case PLACE_TEXT:
		if (byte == '<')
			state->place = PLACE_LESS_THAN;
		break;
	case PLACE_LESS_THAN:
		read_less_than(state, byte);
		break;
	case PLACE_DECLARATION:
		if (byte == '>')
			state->place = PLACE_TEXT;
		break;
	case PLACE_COMMENT:
		read_comment(state, byte);
		break;
	case PLACE_CDATA:
		read_until(state, byte, ']');
		break;
	case PLACE_JSON:
		match_end_tag(state, byte);
		break;
	default:
		break;
	}
}

/* What is wrong with the byte, or NULL. */
static const char *read_byte(struct context_state *state, char byte)
{
	switch (state->place) {
	case PLACE_TAG_NAME:
		return read_tag_name(state, byte);
	case PLACE_TAG:
	case PLACE_TAG_GAP:
		return read_tag(state, byte);
	case PLACE_ATTRIBUTE_NAME:
	case PLACE_ATTRIBUTE_BEHIND:
		return read_attribute(state, byte);
	case PLACE_BEFORE_VALUE:
		return read_before_value(state, byte);
	case PLACE_BANG:
		return read_bang(state, byte);
	case PLACE_TITLE:
		return read_title(state, byte);
	case PLACE_SCRIPT:
		return read_script(state, byte);
	case PLACE_QUOTED:
		return read_quoted(state, byte);
	case PLACE_UNQUOTED:
		read_unquoted(state, byte);
		return NULL;
	default:
		read_outside_tags(state, byte);
		return NULL;
	}
}

size_t context_read(struct context_state *state, str text, const char **wrong)
{
	if (state->place == PLACE_PLAIN)
		return STR_NONE;
	for (size_t i = 0; i < text.len; i++) {
		*wrong = read_byte(state, text.data[i]);
		if (*wrong != NULL)
			return i;
	}
	return STR_NONE;
}

/* --- tags ----------------------------------------------------------------- */

/* What a browser does by these words depends on no value. */
static bool is_written_out(const struct context_state *state)
{
	return state->format == CONTEXT_FORMAT_HTML &&
	       (state->attribute == ATTRIBUTE_EQUIV ||
		state->attribute == ATTRIBUTE_REFRESH);
}

static const char *no_value_here(void)
{
	return _("no value may stand in http-equiv or in a character "
		 "reference");
}

static enum print_context print_quoted(struct context_state *state,
				       const char **wrong)
{
	if (state->attribute == ATTRIBUTE_CODE) {
		*wrong = _("no value may stand in a style or script "
			   "attribute; use a class or a data- attribute");
		return PRINT_NOWHERE;
	}
	if (state->match > 0 || is_written_out(state)) {
		*wrong = no_value_here();
		return PRINT_NOWHERE;
	}
	if (state->is_type && word_is(&state->tag, "script")) {
		*wrong = _("the type of a script must be written out");
		return PRINT_NOWHERE;
	}
	if (state->attribute == ATTRIBUTE_PLAIN ||
	    state->attribute == ATTRIBUTE_EQUIV ||
	    state->attribute == ATTRIBUTE_REFRESH)
		return PRINT_ATTRIBUTE;
	if (state->url == URL_UNSAFE) {
		*wrong = _("an address with a value in it must be relative "
			   "or begin with http:, https:, mailto: or tel:");
		return PRINT_NOWHERE;
	}
	if (state->url == URL_SCHEME)
		state->url = URL_MIXED;
	if (state->url == URL_SLASH)
		state->url = URL_SAFE;
	return PRINT_URL;
}

/* Why nothing can be printed at a place; NULL where something can. */
static const char *reason_against(const struct context_state *state)
{
	switch (state->place) {
	case PLACE_LESS_THAN:
	case PLACE_TAG_NAME:
		return _("no tag may stand in the name of an element");
	case PLACE_TAG:
	case PLACE_TAG_GAP:
	case PLACE_ATTRIBUTE_NAME:
	case PLACE_ATTRIBUTE_BEHIND:
		return _("no value may stand in the name of an attribute");
	case PLACE_BEFORE_VALUE:
	case PLACE_UNQUOTED:
		return _("put the value of the attribute in quotes");
	case PLACE_BANG:
	case PLACE_DECLARATION:
	case PLACE_CDATA:
		return _("no tag may stand in a declaration");
	case PLACE_COMMENT:
		return _("no tag may stand in an HTML comment; write "
			 "{{! }} for a comment of the template");
	case PLACE_SCRIPT:
		return _("no tag may stand in a script or style sheet; put "
			 "the value in a data- attribute and read it there");
	default:
		return NULL;
	}
}

/* "</ti" and a tag: the end of the element must not depend on a value. */
static bool is_inside_end_tag(const struct context_state *state)
{
	return (state->place == PLACE_TITLE || state->place == PLACE_JSON) &&
	       state->match > 0;
}

enum print_context context_print(struct context_state *state,
				 const char **wrong)
{
	*wrong = reason_against(state);
	if (*wrong == NULL && is_inside_end_tag(state))
		*wrong = _("no tag may stand in the name of an element");
	if (*wrong != NULL)
		return PRINT_NOWHERE;
	switch (state->place) {
	case PLACE_QUOTED:
		return print_quoted(state, wrong);
	case PLACE_TITLE:
		return PRINT_TITLE;
	case PLACE_JSON:
		return PRINT_JSON;
	case PLACE_PLAIN:
		return state->format == CONTEXT_FORMAT_JSON ? PRINT_JSON
							    : PRINT_PLAIN;
	default:
		return PRINT_TEXT;
	}
}

bool context_divide(struct context_state *state, const char **wrong)
{
	switch (state->place) {
	case PLACE_TAG_NAME:
		*wrong = literal_check_tag(state);
		if (*wrong != NULL)
			return false;
		if (state->tag.len > 0) {
			state->place = PLACE_TAG_GAP;
			return true;
		}
		break;
	case PLACE_ATTRIBUTE_NAME:
		end_attribute_name(state);
		state->place = PLACE_TAG_GAP;
		return true;
	case PLACE_ATTRIBUTE_BEHIND:
		state->place = PLACE_TAG;
		return true;
	case PLACE_TAG:
	case PLACE_TAG_GAP:
		return true;
	default:
		break;
	}
	*wrong = reason_against(state);
	if (*wrong == NULL && is_inside_end_tag(state))
		*wrong = _("no tag may stand in the name of an element");
	if (*wrong == NULL && state->place == PLACE_QUOTED &&
	    is_written_out(state))
		*wrong = no_value_here();
	return *wrong == NULL;
}

static bool is_in_tag(const struct context_state *state)
{
	return state->place == PLACE_TAG || state->place == PLACE_TAG_GAP;
}

static bool same_place(const struct context_state *a,
		       const struct context_state *b)
{
	if (is_in_tag(a) && is_in_tag(b))
		return str_equal(word_text(&a->tag), word_text(&b->tag)) &&
		       a->is_end_tag == b->is_end_tag &&
		       a->is_data_script == b->is_data_script;
	if (a->place != b->place || a->format != b->format)
		return false;
	if (a->place == PLACE_QUOTED)
		return a->attribute == b->attribute && a->quote == b->quote &&
		       a->is_type == b->is_type && a->use == b->use &&
		       a->match == b->match;
	if (a->place == PLACE_TITLE || a->place == PLACE_JSON)
		return str_equal(word_text(&a->tag), word_text(&b->tag)) &&
		       a->match == b->match;
	return true;
}

/* Behind a section nobody knows whether a slash was the last byte. */
static enum url_progress url_behind(enum url_progress url)
{
	return url == URL_SLASH ? URL_SAFE : url;
}

bool context_join(struct context_state *state,
		  const struct context_state *other)
{
	if (!same_place(state, other))
		return false;
	state->has_type |= other->has_type;
	state->has_content |= other->has_content;
	state->is_refresh |= other->is_refresh;
	if (other->place == PLACE_TAG_GAP)
		state->place = PLACE_TAG_GAP;
	if (state->place == PLACE_QUOTED &&
	    (url_behind(state->url) != url_behind(other->url) ||
	     !str_equal(word_text(&state->word), word_text(&other->word))))
		state->url =
			state->url == URL_UNSAFE || other->url == URL_UNSAFE
				? URL_UNSAFE
				: URL_MIXED;
	return true;
}

const char *context_describe(const struct context_state *state)
{
	switch (state->place) {
	case PLACE_TEXT:
	case PLACE_LESS_THAN:
	case PLACE_PLAIN:
		return _("in text");
	case PLACE_TAG_NAME:
	case PLACE_TAG:
	case PLACE_TAG_GAP:
	case PLACE_ATTRIBUTE_NAME:
	case PLACE_ATTRIBUTE_BEHIND:
	case PLACE_BEFORE_VALUE:
		return _("between < and > of a tag");
	case PLACE_QUOTED:
	case PLACE_UNQUOTED:
		return _("in the value of an attribute");
	case PLACE_BANG:
	case PLACE_DECLARATION:
	case PLACE_CDATA:
		return _("in a declaration");
	case PLACE_COMMENT:
		return _("in an HTML comment");
	case PLACE_TITLE:
		return _("in an element that holds text only");
	case PLACE_SCRIPT:
	case PLACE_JSON:
		return _("in a script or style sheet");
	}
	return "";
}
