/*
 * Lines that say where a link leads, [办法]: banfa.md, are no text: cmark takes
 * them out. What nobody refers to was meant as text in most cases, as a note or
 * an entry of a bibliography, and would be lost without a word.
 *
 * cmark does not tell which lines it took. So they are read again, a little
 * more narrowly than it does: in one line, behind an empty one or another of
 * their kind.
 */
#include "markup/markdown_hints.h"

#include <cmark.h>

#include "base/map.h"

enum { LABEL_BYTES = 300 };

struct definitions {
	const struct markdown_hints *hints;
	const bool *literal; /* by line: code or HTML */
	struct map used;     /* labels that stand somewhere else */
	struct map known;    /* labels that are defined */
};

/* Small letters of ASCII, and one blank for several. */
static str key_of(str label, struct arena *arena)
{
	struct buf key;

	buf_init(&key, arena);
	label = str_trim(label);
	for (size_t i = 0; i < label.len; i++)
		if (!byte_is_space(label.data[i]))
			buf_add_byte(&key, byte_lower(label.data[i]));
		else if (!byte_is_space(label.data[i - 1]))
			buf_add_byte(&key, ' ');
	return buf_str(&key);
}

/* Nothing, or words between quotation marks or brackets. */
static bool is_title(str text)
{
	char first = str_at(text, 0);
	char last = '\0';

	if (text.len > 1)
		last = text.data[text.len - 1];
	return text.len == 0 ||
	       (last != '\0' &&
		(first == '('
			 ? last == ')'
			 : (first == '"' || first == '\'') && last == first));
}

/* "[//]: # (…)" and "[comment]: <> (…)" are meant to be seen by nobody. */
static bool is_note_to_oneself(str address)
{
	return str_equal(address, STR("#")) || str_equal(address, STR("<>"));
}

/* The label of a line that defines one, with its "["; else empty. */
static str label_of(str line)
{
	str text = str_trim(str_from(line, markdown_hint_skip(line, 0, " >")));
	size_t close = str_find(text, STR("]:"));
	str label = str_between(text, 1, close);
	str address;

	if (close == STR_NONE || text.data[0] != '[' || label.len == 0 ||
	    label.len > LABEL_BYTES || label.data[0] == '^' ||
	    str_trim(label).len == 0 || str_find_byte(label, '[') != STR_NONE ||
	    str_find_byte(label, ']') != STR_NONE)
		return STR("");
	text = str_trim(str_from(text, close + 2));
	(void)str_split_next(&text, ' ', &address);
	return address.len > 0 && !is_note_to_oneself(address) &&
			       is_title(str_trim(text))
		       ? (str){ label.data - 1, label.len + 1 }
		       : STR("");
}

static str line_at(const struct definitions *definitions, size_t number)
{
	return markdown_hint_line(definitions->hints, (int)number + 1);
}

/* Each pair of brackets without another one in it, but the line's own. */
static void note_used(struct definitions *definitions, str line, str own)
{
	struct arena *arena = definitions->hints->arena;
	size_t open = STR_NONE;

	for (size_t at = 0; at < line.len; at++) {
		if (line.data[at] == '[')
			open = at;
		if (line.data[at] != ']' || open == STR_NONE)
			continue;
		if (own.len == 0 || line.data + open != own.data)
			(void)map_add(
				&definitions->used,
				key_of(str_between(line, open + 1, at), arena),
				definitions);
		open = STR_NONE;
	}
}

static void tell(const struct definitions *definitions, str label,
		 bool is_second)
{
	const struct markdown_hints *hints = definitions->hints;
	str name = str_from(label, 1);
	struct diag *diag = diag_warning(
		hints->diags, markdown_hint_span(hints, label),
		"markdown-reference",
		is_second ? _("[%.*s] stands for something already: this line "
			      "is not shown and leads nowhere")
			  : _("nothing refers to [%.*s]: this line is not "
			      "shown"),
		STR_ARG(name));

	diag_help(hints->diags, diag,
		  is_second ? _("write another label than [%.*s], or delete "
				"the line")
			    : _("write [%.*s] where the link belongs; if the "
				"line is text, put a \\ before its first ["),
		  STR_ARG(name));
}

static void check_all(struct definitions *definitions, size_t count)
{
	bool may_follow = true;

	for (size_t i = 0; i < count; i++) {
		str line = line_at(definitions, i);
		str label = definitions->literal[i] || !may_follow
				    ? STR("")
				    : label_of(line);
		str key;

		may_follow = label.len > 0 || str_trim(line).len == 0;
		if (label.len == 0)
			continue;
		key = key_of(str_from(label, 1), definitions->hints->arena);
		if (!map_has(&definitions->used, key))
			tell(definitions, label, false);
		else if (!map_add(&definitions->known, key, definitions))
			tell(definitions, label, true);
	}
}

void markdown_hint_definitions(const struct markdown_hints *hints,
			       cmark_node *tree)
{
	size_t count = hints->text->lines.count;
	struct definitions definitions = { .hints = hints };

	if (str_find(hints->text->source->text, STR("]:")) == STR_NONE)
		return;
	definitions.literal = markdown_text_literal(tree, count, hints->arena);
	map_init(&definitions.used, hints->arena);
	map_init(&definitions.known, hints->arena);
	for (size_t i = 0; i < count; i++) {
		str line = line_at(&definitions, i);

		if (str_find_byte(line, '[') != STR_NONE)
			note_used(&definitions, line, label_of(line));
	}
	check_all(&definitions, count);
}
