"""Guarantees, the test that stands for each, and the change that breaks it.

`tests/broken` makes the changes and expects the tests to fail. A test is

    unit FOLDER/NAME        a program of tests/unit/
    soak NAME KEY=value …   a program of tests/soak/
    run TEXT                CASE=TEXT tests/run
"""

import collections


class Row(collections.namedtuple("Row",
                                 "guarantee test broken path old new")):
    def line(self):
        """As ARCHITECTURE.md has it."""
        return f"| {self.guarantee} | `{self.test}` | {self.broken} |"


FUNCTION = "a function of its inputs: "
BOUNDED = "bounded: "
LOST = "nothing lost: "
WHOLE = "what is live is one whole release: "
READ = "what is read is what was written: "
ATTACK = "no attack: "

ROWS = [
    Row(FUNCTION + "number of threads", "run properties",
        "the last item of work is forgotten when there are several threads",
        "generator/system/workers.c",
        ".items = items };",
        ".items = items > 3 && threads > 1 ? items - 1 : items };"),
    Row(FUNCTION + "order in which threads end", "run front-matter",
        "messages are not sorted",
        "generator/base/diag.c",
        "	qsort(items, list->items.count, sizeof(*items), compare_items);",
        "	if (list->items.count > 1000000)\n"
        "		qsort(items, list->items.count, sizeof(*items),\n"
        "		      compare_items);"),
    Row(FUNCTION + "order of names in a folder",
        "unit snapshot/test_directory_snapshot",
        "a listing is not sorted",
        "generator/snapshot/listing.c",
        "for (size_t i = 1; i < items->count; i++) {\n"
        "		if (compare(&item[i - 1]",
        "for (size_t i = 1; i + 1000000 < items->count; i++) {\n"
        "		if (compare(&item[i - 1]"),
    Row(FUNCTION + "time zone of the machine", "run properties",
        "the platform's zone begins with the machine's",
        "generator/site/cluster.c",
        ".offset = 8 * 60,",
        ".offset = getenv(\"TZ\") == NULL || getenv(\"TZ\")[0] == 'U'\n"
        "				  ? 8 * 60\n				  : 0,"),
    Row(FUNCTION + "incremental equals full", "soak proof PROOF=policy[.]doc_no",
        "the document number is no part of a list's fingerprint",
        "generator/plan/fingerprint.c",
        "			      resource->doc_no,\n",
        "			      STR(\"\"),\n"),
    Row(FUNCTION + "a check of what changed says all",
        "unit pipeline/test_check",
        "what stands in a column is no input of its rules",
        "generator/audit/judge.c",
        "		add_rows(&key, pass, list->live, list->live_count);\n",
        ""),
    Row(FUNCTION + "versions of the libraries", "run build/other-library",
        "the record's key leaves the loaded libraries out",
        "generator/record/version.c",
        "	dl_iterate_phdr(add_library, &digest);",
        "	if (file < -1)\n		dl_iterate_phdr(add_library, &digest);"),
    Row(FUNCTION + "history: who was first keeps an address",
        "run histories/twins", "the later site keeps the domain",
        "generator/site/owner.c",
        "return a->since < b->since;",
        "return a->since > b->since;"),
    Row(BOUNDED + "memory follows metadata", "soak memory",
        "the size of an attachment is found by reading it",
        "generator/render/link_files.c",
        "	if (!snapshot_size(&bytes, job->reader, file, link->diags))\n"
        "		return;\n",
        "	if (!snapshot_read(&size, job->reader, file, job->arena,\n"
        "			   link->diags))\n"
        "		return;\n	bytes = size.len;\n"),
    Row(BOUNDED + "linear time before every parser",
        "unit markup/test_markdown_guard",
        "a paragraph may have any number of images",
        "generator/markup/markdown_guard.h",
        "MARKDOWN_IMAGE_LIMIT = 200,",
        "MARKDOWN_IMAGE_LIMIT = 200000000,"),
    Row(BOUNDED + "memory of one page", "unit markup/test_markdown_guard",
        "a page may take 100 times its memory",
        "generator/markup/markdown_guard.h",
        "MARKDOWN_MEMORY_LIMIT = 128 * 1024 * 1024,",
        "MARKDOWN_MEMORY_LIMIT = 2000 * 1024 * 1024,"),
    Row(LOST + "a build that is killed", "unit record/test_commit",
        "what will change is not noted before it changes",
        "generator/record/commit.c",
        "	add_paths(&bytes, &work->sites[number].pending);\n	return",
        "	add_paths(&bytes, &work->sites[number].pending);\n"
        "	if (bytes.len > 0)\n		return true;\n	return"),
    Row(LOST + "a power cut", "soak order",
        "pages are not brought to the disk before the record",
        "generator/output/output.c",
        "	if (syncfs(output->root) == 0)",
        "	if (output->root >= 0)"),
    Row(LOST + "what the last sync did not reach", "soak power CUTS=12",
        "pages are not brought to the disk before the record",
        "generator/output/output.c",
        "	if (syncfs(output->root) == 0)",
        "	if (output->root >= 0)"),
    Row(LOST + "pages that came back empty", "run build/power-cut",
        "a page of another size counts as the one of the record",
        "generator/output/output.c",
        "S_ISREG(status.st_mode) && (uint64_t)status.st_size == size;",
        "S_ISREG(status.st_mode) && (uint64_t)status.st_size + size > 0;"),
    Row(LOST + "a full disk", "soak fault SCENES=change FAULTS=1",
        "a write without room counts as done",
        "generator/system/folder.c",
        "		if (count < 0 && errno == EINTR)\n			continue;\n"
        "		if (count < 0) {\n			int reason",
        "		if (count < 0 && errno == ENOSPC)\n			break;\n"
        "		if (count < 0) {\n			int reason"),
    Row(LOST + "an object that cannot be read", "run library/broken-object",
        "it is not told",
        "generator/snapshot/revision_snapshot.c",
        "	if (error < 0)\n		report_blob(",
        "	if (error < -1000)\n		report_blob("),
    Row(LOST + "newest correct version", "run histories/versions",
        "no earlier version is correct enough",
        "generator/library/version_reader.c",
        "	return reader->has_types &&\n",
        "	return reader->has_types && version == NULL &&\n"),
    Row(LOST + "resources of a type whose file is gone", "run types/gone",
        "a type that is gone is not looked for",
        "generator/site/cluster_types.c",
        "	if (search.count > 0)\n		version_search_run(",
        "	if (search.count > 128)\n		version_search_run("),
    Row(LOST + "looks when a theme's name is misspelt",
        "run histories/settings",
        "a theme's name is not looked at",
        "generator/site/cluster_themes.c",
        "	if (cluster_had_theme(reader, platform->theme))",
        "	if (platform->theme.len > 0)"),
    Row(LOST + "what is live when the program's theme is broken",
        "run build/broken-builtin", "the build goes on",
        "generator/pipeline/build.c",
        "	library_load_themes(library, diags);\n"
        "	if (diags->failed)\n		return false;\n",
        "	library_load_themes(library, diags);\n"),
    Row(READ + "emphasis beside Chinese signs", "unit markup/test_text_table",
        "stars mean what cmark takes them for",
        "generator/markup/markdown_flank.c",
        "	return wanted == native_star(sides) ? MARKDOWN_FLANK_NATIVE : "
        "wanted;",
        "	return wanted == native_star(sides) ? MARKDOWN_FLANK_NATIVE\n"
        "					    : MARKDOWN_FLANK_NATIVE;"),
    Row(READ + "no gap at the end of a line", "unit markup/test_text_table",
        "lines are never joined",
        "generator/markup/markdown_plain.c",
        "	return are_joined(look(soft_break, true, footnotes),",
        "	return soft_break == NULL &&\n"
        "	       are_joined(look(soft_break, true, footnotes),"),
    Row(READ + "names of files in addresses", "unit markup/test_url_path",
        "# and ? stand in a path as they are",
        "generator/markup/url_path.c",
        "STR(\"-._~!*'();/:@&=+$,\")",
        "STR(\"-._~!*'();/:@&=+$,#?\")"),
    Row(READ + "nothing is dropped silently", "run markdown/raw-html",
        "what is left out of raw HTML is not told",
        "generator/markup/markdown_remarks.c",
        "	for (size_t i = 0; i < writer->remarks.count; i++) {\n"
        "		const struct remark *remark = &remarks[i];\n"
        "		const struct reason",
        "	for (size_t i = 0; i + 1000000 < writer->remarks.count; i++) {\n"
        "		const struct remark *remark = &remarks[i];\n"
        "		const struct reason"),
    Row(WHOLE + "killed or failing at any call",
        "soak release SCENES=faults FAULTS=3",
        "the tree that is live is changed",
        "generator/release/go_live.c",
        "	return releases->live == 0 ? 1 : 0;",
        "	return releases->live == 1 ? 1 : 0;"),
    Row(WHOLE + "what was begun is taken back",
        "soak release SCENES=faults FAULTS=3",
        "the other tree counts as whole",
        "generator/release/go_live.c",
        "	if (state.target == 0)\n		return true;\n	return read",
        "	if (state.target != 1000000)\n		return true;\n	return read"),
    Row(WHOLE + "a power cut", "soak release SCENES=order",
        "the link is set before the files are on the disk",
        "generator/release/go_live.c",
        "	if (!releases_sync(releases, diags))\n		return false;\n"
        "	if (!set_link(releases, tree)) {",
        "	if (!set_link(releases, tree)) {"),
    Row(WHOLE + "what is changed by others is found", "run release/publish",
        "a file counts as the one of the manifest by its size",
        "generator/base/file_digest.c",
        "	return a->size == b->size &&\n"
        "	       memcmp(&a->sha256, &b->sha256, sizeof(a->sha256)) == 0 &&\n"
        "	       memcmp(&a->sm3, &b->sm3, sizeof(a->sm3)) == 0;",
        "	return a->size == b->size || a->size != 0;"),
    Row(WHOLE + "the manifest is what was signed",
        "unit release/test_manifest", "its roots are not worked out again",
        "generator/release/manifest.c",
        "	return said.files == out->files && said.bytes == out->bytes &&\n"
        "	       memcmp(&said.root, &out->root, sizeof(said.root)) == 0 &&",
        "	*out = said;\n"
        "	return said.files == out->files && said.bytes == out->bytes &&\n"
        "	       memcmp(&said.root, &out->root, sizeof(said.root)) == 0 &&"),
    Row(WHOLE + "its cost is that of the change",
        "soak release SCENES=growth", "every file is read again",
        "generator/release/gather.c",
        "	if (old == NULL || !is_same(&old->digest, &file->digest))",
        "	if (old == NULL || old->path.len > 0)"),
    Row("columns are one tree", "run histories/columns",
        "sitemap.xml leaves the last column out",
        "generator/render/sitemap_xml.c",
        "for (size_t i = 0; i < site->column_count; i++) {",
        "for (size_t i = 0; i + 1 < site->column_count; i++) {"),
    Row("the proof of the columns", "run theme/column-forgotten",
        "what differs is not told",
        "generator/audit/column_sets.c",
        "	diag_error(proof->diags, span, \"column-sets\", \"%.*s\", "
        "STR_ARG(message));",
        "	(void)span;\n	(void)message;"),
    Row(ATTACK + "raw HTML", "unit markup/test_html",
        "javascript: is an allowed scheme",
        "generator/markup/html_attribute.c",
        "html_value_is_one_of(scheme, \"http https\")",
        "html_value_is_one_of(scheme, \"http https javascript\")"),
    Row(ATTACK + "templates escape", "unit theme/test_manual",
        "< stands as it is",
        "generator/theme/template_escape.c",
        "['<'] = \"&lt;\",", ""),
    Row(ATTACK + "budgets of templates", "run theme/budgets",
        "a page may take any number of steps",
        "generator/theme/template_eval.c",
        "	if (evaluator->steps <= limit)",
        "	if (evaluator->steps <= limit + 1000000000)"),
    Row(ATTACK + "paths stay in the output folder", "unit output/test_output",
        "links on the way to a page are followed",
        "generator/system/folder.c",
        "	int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;",
        "	int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;"),
    Row(ATTACK + "the record is no link", "run build/state-links",
        "a link in the place of .jiyue is followed",
        "generator/output/claim.c",
        "	return openat(parent, name, FOLDER_FLAGS | O_NOFOLLOW);",
        "	return openat(parent, name, FOLDER_FLAGS);"),
    Row(ATTACK + "no script of its own in a page", "unit theme/test_template",
        "text between <script> and its end is let through",
        "generator/theme/template_context.c",
        "	if (state->place != PLACE_SCRIPT || state->match > 0 ||\n"
        "	    byte_is_space(byte))",
        "	if (state->place == PLACE_SCRIPT || state->match > 0 ||\n"
        "	    byte_is_space(byte))"),
    Row(ATTACK + "attachments that would run", "run files/active",
        "nothing is active",
        "generator/markup/file_kind.c",
        "	if (is_active(extension))",
        "	if (is_active(extension) && extension.len > 100)"),
]
