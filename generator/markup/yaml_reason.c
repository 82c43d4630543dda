/*
 * A table of libyaml's words, in part, with what each of them means to somebody
 * who writes articles: its own are about tokens and mappings, and are told only
 * when no row has them. What is pointed at is the line where libyaml stopped,
 * or the one where what it was reading began, if that is where the slip is.
 */
#include "markup/yaml_reason.h"

#include <string.h>

#include "base/unsafe_text.h"
#include "base/unicode.h"
#include "markup/yaml_line.h"

static void say_example(const struct yaml_mistake *mistake, struct diag *diag,
			struct diag_list *diags)
{
	const char *example = mistake->is_settings ? "name: 示范市教育局"
						   : "title: 关于……的通知";

	diag_help(diags, diag,
		  _("write each line as key: value, for example %s"), example);
}

static struct diag *at_problem(const struct yaml_mistake *mistake,
			       const char *id, const char *message,
			       struct diag_list *diags)
{
	struct yaml_line line = yaml_mistake_line(mistake, mistake->problem);
	size_t end = line.start + line.text.len;

	if (end <= mistake->problem)
		end = mistake->problem + 1;
	return diag_error(diags,
			  span_of(mistake->source, mistake->problem, end), id,
			  "%s", message);
}

static void say_syntax(const struct yaml_mistake *mistake,
		       struct diag_list *diags)
{
	struct yaml_line line;
	struct diag *diag;

	diag = at_problem(mistake, "yaml-syntax",
			  _("this cannot be read as YAML"), diags);
	/* an open quote is noticed far behind its line */
	line = yaml_mistake_line(mistake,
				 strstr(mistake->doing, "quoted scalar") != NULL
					 ? mistake->context
					 : mistake->problem);
	if (line.has_value && line.value.len > 0)
		yaml_line_help(&line, line.value,
			       _("put the whole value in quotes"), diag, diags);
	else
		diag_help(diags, diag,
			  _("look at the lines above it, too (libyaml: %s %s)"),
			  mistake->reason, mistake->doing);
}

static void say_indent(const struct yaml_mistake *mistake,
		       struct diag_list *diags)
{
	struct yaml_line line = yaml_mistake_line(mistake, mistake->problem);
	struct diag *diag;

	if (line.value.len > 0 &&
	    mistake->problem >
		    (size_t)(line.value.data - mistake->source->text.data)) {
		say_syntax(mistake, diags);
		return;
	}
	diag = at_problem(mistake, "yaml-indent",
			  _("this line does not fit under the lines above "
			    "it"),
			  diags);
	diag_help(diags, diag,
		  _("begin each \"key: value\" line of one level in the same "
		    "column; deeper lines belong to the key above them"));
}

static void say_no_colon(const struct yaml_mistake *mistake,
			 struct diag_list *diags)
{
	struct yaml_mistake at_start = *mistake;
	struct diag *diag;

	at_start.problem = mistake->context;
	diag = at_problem(&at_start, "yaml-no-colon",
			  _("this line has no \": \""), diags);
	say_example(mistake, diag, diags);
}

static void say_dash(const struct yaml_mistake *mistake,
		     struct diag_list *diags)
{
	struct yaml_line line = yaml_mistake_line(mistake, mistake->problem);
	struct diag *diag = at_problem(
		mistake, "yaml-dash",
		_("a list item beginning with \"- \" cannot stand here"),
		diags);

	if (line.has_value && str_starts_with(line.value, STR("-")))
		yaml_line_help(
			&line, line.value,
			_("put the key on a line of its own and each item "
			  "on a line below it; a text needs quotes"),
			diag, diags);
	else
		diag_help(diags, diag,
			  _("put the key on a line of its own (keywords:) and "
			    "each item on a line below it"));
}

static void say_comma(const struct yaml_mistake *mistake,
		      struct diag_list *diags)
{
	struct yaml_line line = yaml_mistake_line(mistake, mistake->context);
	struct diag *diag = at_problem(
		mistake, "yaml-list",
		_("the list in brackets is not closed, or a comma is missing"),
		diags);

	if (line.has_value && yaml_opens_flow(line.value))
		yaml_line_help(&line, line.value,
			       _("write a list as [one, two], with half-width "
				 "commas; a text needs quotes"),
			       diag, diags);
	else
		diag_help(diags, diag,
			  _("write it as [one, two]: half-width commas, and "
			    "\"]\" at the end"));
}

static void say_documents(const struct yaml_mistake *mistake,
			  struct diag_list *diags)
{
	struct diag *diag = at_problem(
		mistake, "yaml-documents",
		_("there is text behind the end of the YAML text"), diags);

	diag_help(diags, diag,
		  _("remove the line of \"---\" or \"...\" above it"));
}

/* Files have none of them; who parses a text of another origin may. */
static void say_control(const struct yaml_mistake *mistake,
			struct diag_list *diags)
{
	size_t end = mistake->problem;
	uint32_t code_point = unicode_next(mistake->source->text, &end);

	unsafe_text_report(diags,
			   span_of(mistake->source, mistake->problem, end),
			   code_point);
}

static void say_no_mapping(const struct yaml_mistake *mistake,
			   struct diag_list *diags)
{
	struct diag *diag = at_problem(
		mistake, "yaml-mapping",
		_("lines of \"key: value\" are expected here"), diags);

	say_example(mistake, diag, diags);
}

static void say_tag(const struct yaml_mistake *mistake, struct diag_list *diags)
{
	struct yaml_line line = yaml_mistake_line(mistake, mistake->context);
	struct yaml_mistake at_start = *mistake;
	struct diag *diag;

	at_start.problem = mistake->context;
	diag = at_problem(&at_start, "yaml-tag",
			  _("a value cannot begin with \"!\""), diags);
	yaml_line_help(&line, yaml_line_content(&line),
		       _("put the whole value in quotes"), diag, diags);
}

static const struct {
	const char *reason; /* part of libyaml's words */
	void (*say)(const struct yaml_mistake *mistake,
		    struct diag_list *diags);
} reasons[] = {
	{ "no mapping", say_no_mapping },
	{ "expected <document start>", say_documents },
	{ "control characters", say_control },
	{ "could not find expected ':'", say_no_colon },
	{ "block sequence entries are not allowed", say_dash },
	{ "expected ',' or", say_comma },
	{ "tag", say_tag },
	{ "mapping values are not allowed", say_indent },
	{ "did not find expected key", say_indent },
	{ "did not find expected '-' indicator", say_indent },
};

void yaml_reason_report(const struct yaml_mistake *mistake,
			struct diag_list *diags)
{
	for (size_t i = 0; i < COUNT_OF(reasons); i++) {
		if (strstr(mistake->reason, reasons[i].reason) != NULL) {
			reasons[i].say(mistake, diags);
			return;
		}
	}
	say_syntax(mistake, diags);
}
