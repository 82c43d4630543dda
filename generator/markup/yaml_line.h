/*
 * One line of YAML as an editor wrote it, and the line that was meant, for help
 * that is followed to the letter.
 *
 * Always true: what yaml_line_quoted and yaml_line_written give is a line that
 * YAML reads as the text that was meant.
 *
 * Private to markup/yaml*.c.
 */
#ifndef JIYUE_MARKUP_YAML_LINE_H
#define JIYUE_MARKUP_YAML_LINE_H

#include "base/diag.h"
#include "markup/yaml.h"

struct yaml_line {
	size_t start;	/* byte of the source */
	str text;	/* without its end */
	size_t indent;	/* bytes of white space at its head */
	str body;	/* behind the indent and "- " */
	str key;	/* the word at the head of the body */
	str behind_key; /* all that follows the word and its spaces */
	str value;	/* behind "key:" and its space; trimmed */
	bool has_value; /* the line is "key: value" or "key:" */
	bool is_item;	/* it begins with "- " */
};

/* The line that holds byte `at`, within bytes [start, end) of the source. */
struct yaml_line yaml_line_at(const struct source *source, size_t start,
			      size_t end, size_t at);

/* Nothing, or a comment. */
bool yaml_line_is_blank(const struct yaml_line *line);

/* The text an item or a value of the line consists of. */
str yaml_line_content(const struct yaml_line *line);

/* Where a quoted text that begins `text` ends: its last quote, or STR_NONE. */
size_t yaml_closing_quote(str text);
bool yaml_starts_with_quote(str text);

/* "|", ">-", "|2+": the head of a text of several lines. */
bool yaml_is_block_head(str text);

/*
 * The text that `content` was meant to be, when YAML does not read it: without
 * quotation marks around all of it, with those that belong to it.
 */
str yaml_meant(str content);

/*
 * The whole line again, from its key on, with its value between quotation
 * marks; empty when it is too long for a message.
 */
str yaml_line_quoted(const struct yaml_line *line, str value,
		     struct arena *arena);

/* A help of `form` and that line. */
void yaml_line_help(const struct yaml_line *line, str value, const char *form,
		    struct diag *diag, struct diag_list *diags);

/* The same for `key`, with quotation marks only if the value needs them. */
str yaml_line_written(str key, str value, struct arena *arena);

/* Does it begin as a list in "[…]" or a mapping in "{…}"? */
bool yaml_opens_flow(str text);

#endif
