#include "library/loose_files.h"

/* How texts end elsewhere, and what Windows makes of a hidden extension. */
static const str text_endings[] = {
	{ ".md", 3 },	{ ".markdown", 9 }, { ".mdown", 6 },  { ".mkd", 4 },
	{ ".mkdn", 5 }, { ".mdx", 4 },	    { ".mdtext", 7 }, { ".rmd", 4 },
	{ ".qmd", 4 },	{ ".rst", 4 },	    { ".adoc", 5 },   { ".md ", 4 },
	{ ".ｍｄ", 7 }, { "．md", 5 },	    { "。md", 5 },
};

bool loose_file_is_nearly_text(str name)
{
	for (size_t i = 0; i < COUNT_OF(text_endings); i++)
		if (str_has_ending(name, text_endings[i]))
			return !str_ends_with(name, STR(".md"));
	return false;
}

static bool is_page(str name)
{
	return str_has_ending(name, STR(".html")) ||
	       str_has_ending(name, STR(".htm"));
}

static bool has_text_inside(str name)
{
	size_t dot = str_find_last_byte(name, '.');

	return dot != STR_NONE && dot > 0 &&
	       str_has_ending(str_between(name, 0, dot), STR(".md"));
}

/* "_default.yaml", "_defaults.yml", "defaults.yaml". */
static bool is_nearly_defaults(str name)
{
	static const str right = { "_defaults.yaml", 14 };

	return str_nearest(name, &right, 1).len > 0 &&
	       (name.data[0] == '_' || str_ends_with(name, STR(".yaml")) ||
		str_ends_with(name, STR(".yml")));
}

static const char *help_for(str name, bool has_index)
{
	if (is_nearly_defaults(name))
		return _("did you mean “_defaults.yaml”? Until then nothing "
			 "inherits what it says");
	if (name.data[0] == '.' || name.data[0] == '_')
		return _("names that begin with “.” or “_” are kept for the "
			 "program; rename it to publish it");
	if (loose_file_is_nearly_text(name) || has_text_inside(name))
		return _("a text ends in .md in small letters; rename it");
	if (is_page(name))
		return _("a page is written as .md; take over its text");
	return has_index ? _("rename it to publish it")
			 : _("attachments lie beside an index.md: put both "
			     "into a folder of their own");
}

void loose_files_report(struct diag_list *diags, size_t file, str name,
			bool has_index)
{
	struct span span = { (uint32_t)file, 0, 0 };
	struct diag *diag =
		diag_warning(diags, span, "file-loose",
			     _("the file leads to nothing: it is neither a "
			       "text nor an attachment of one"));

	diag_help(diags, diag, "%s", help_for(name, has_index));
}

void loose_files_report_shared_text(struct diag_list *diags, size_t file)
{
	struct span span = { (uint32_t)file, 0, 0 };
	struct diag *diag = diag_warning(
		diags, span, "file-shared-text",
		_("this text is no shared file: like every text it is a "
		  "resource with a page of its own"));

	diag_help(diags, diag, "%s",
		  _("move it out of “_files/”; a document that others link to "
		    "is published as PDF"));
}

void loose_files_look_at_text(struct diag_list *diags, size_t file, str name)
{
	struct span span = { (uint32_t)file, 0, 0 };
	struct diag *diag;

	if (str_equal_c(name, "index.md") ||
	    !str_equal_ignoring_case(name, STR("index.md")))
		return;
	diag = diag_warning(diags, span, "file-index",
			    _("“%.*s” is an ordinary text and carries no "
			      "attachments"),
			    STR_ARG(name));
	diag_help(diags, diag, "%s",
		  _("name it index.md in small letters if it is the text of "
		    "its folder"));
}

static void check_readme(struct snapshot_reader *reader, size_t file,
			 struct diag_list *diags)
{
	struct span span = { (uint32_t)file, 0, 3 };
	struct diag_list ignored;
	struct arena scratch;
	struct diag *diag;
	str bytes;

	arena_init(&scratch);
	diag_list_init(&ignored, &scratch);
	if (snapshot_read(&bytes, reader, file, &scratch, &ignored) &&
	    (str_starts_with(bytes, STR("---\n")) ||
	     str_starts_with(bytes, STR("---\r\n")))) {
		diag = diag_warning(diags, span, "file-readme",
				    _("a README.md is a note for those who "
				      "edit; it is not published"));
		diag_help(diags, diag, "%s",
			  _("rename it to publish it: git mv"));
	}
	arena_release(&scratch);
}

void loose_files_check_readmes(const struct snapshot *snapshot,
			       struct snapshot_reader *reader,
			       struct diag_list *diags)
{
	size_t first, behind;

	snapshot_range(snapshot, STR("content/"), &first, &behind);
	for (; first < behind; first++)
		if (str_ends_with(snapshot_path(snapshot, first),
				  STR("/README.md")))
			check_readme(reader, first, diags);
}
