/*
 * Both revisions are planned whole and their pages laid beside each other. An
 * address that only the older one has is a link of somebody else that breaks:
 * what answers there now is looked for, and which text should say that it did.
 */
#include "base/diag.h"
#include "command/command.h"
#include "command/messages.h"
#include "command/options.h"
#include "markup/url_path.h"
#include "plan/gone_pages.h"
#include "plan/permalink.h"
#include "plan/redirects.h"

const struct command_usage usage_diff = {
	.name = "diff",
	.letters = "lajdnqh",
	.about = N_(
		"Lists the pages that differ between two revisions: + new, ~ "
		"changed, - gone. Nothing is written."),
	.arguments = "REV REV",
	.example = "HEAD~1 HEAD",
};

static void print_page(char sign, const struct site_plan *site,
		       const struct page *page, uint32_t reasons)
{
	printf("%c %.*s/%.*s", sign, STR_ARG(site->site->domain),
	       STR_ARG(page->path));
	for (size_t i = 0; i < PART_COUNT; i++)
		if (reasons & (UINT32_C(1) << i))
			printf(" %s", fingerprint_parts[i]);
	printf("\n");
}

static const struct site_plan *find_domain(const struct page_plan *plan,
					   str domain)
{
	for (size_t i = 0; i < plan->count; i++)
		if (str_equal(plan->sites[i].site->domain, domain))
			return &plan->sites[i];
	return NULL;
}

/*
 * What a body leads to is known of the new revision; when the file is the
 * same in both, it leads to the same names.
 */
static uint32_t compare(const struct page_plan *old_plan,
			const struct site_plan *old_site,
			const struct page *old_page,
			const struct page_work *work, size_t item,
			const struct site_plan *site, const struct page *page)
{
	const struct dependency_list *leads = &work->dependencies[item];
	struct recorded_page known = {
		.path = old_page->path,
		.fingerprint = build_record_fingerprint(old_plan, old_site,
							old_page, leads),
		.dependencies = *leads,
	};

	return build_record_compare(work->plan, site, page, &known).reasons;
}

static void print_new_and_changed(const struct page_plan *old_plan,
				  const struct page_work *work, size_t number)
{
	const struct site_plan *site = &work->plan->sites[number];
	const struct site_plan *old_site =
		find_domain(old_plan, site->site->domain);

	for (size_t i = 0; i < site->count; i++) {
		const struct page *page = &site->pages[i];
		const struct page *old_page =
			old_site == NULL ? NULL
					 : site_plan_find(old_site, page->path);
		uint32_t reasons;

		if (old_page == NULL) {
			print_page('+', site, page, 0);
			continue;
		}
		reasons = compare(old_plan, old_site, old_page, work,
				  work->site_starts[number] + i, site, page);
		if (reasons != 0)
			print_page('~', site, page, reasons);
	}
}

/* --- addresses that vanish --- */

/* The text itself; else a new one with its bytes, or with its file's name. */
static str successor(const struct page_plan *old_plan,
		     const struct page_plan *plan, size_t old_file)
{
	const struct snapshot *old = old_plan->snapshot;
	const struct snapshot *now = plan->snapshot;
	str blob = snapshot_blob(old, old_file);
	str path = snapshot_path(old, old_file);
	str name = str_file_name(path);
	str found = STR("");
	size_t first, behind;

	if (snapshot_find(now, path) != STR_NONE)
		return path; /* its column has another place */
	snapshot_range(now, STR("content/"), &first, &behind);
	for (; first < behind; first++) {
		str other = snapshot_path(now, first);

		if (!str_ends_with(other, STR(".md")))
			continue;
		if (str_equal(snapshot_blob(now, first), blob) &&
		    snapshot_find(old, other) == STR_NONE)
			return other;
		if (str_equal(str_file_name(other), name) &&
		    !str_equal(name, STR("index.md")) &&
		    snapshot_find(old, other) == STR_NONE)
			found = other;
	}
	return found;
}

/* Of a text: does anything answer there now, a page, another address or 410? */
static bool is_answered(const struct page_plan *plan,
			const struct site_plan *site, str address,
			struct arena *arena)
{
	str key = url_path_key(address, arena);
	struct old_address old = redirects_find(site, key);

	return old.resource != RESOURCE_NONE || old.redirect != NULL ||
	       gone_pages_at(plan, site->site, key, arena) != RESOURCE_NONE;
}

static void look_at_gone(const struct page_plan *old_plan, struct build *now,
			 const struct site_plan *site, const struct page *page)
{
	const struct page_plan *plan = &now->library.plan;
	struct diag_list *diags = &now->diags;
	str address = permalink_address(page->path, &now->arena);
	struct diag *diag;
	str text;

	if (page->kind != PAGE_ARTICLE || site == NULL ||
	    is_answered(plan, site, address, &now->arena))
		return;
	text = successor(
		old_plan, plan,
		catalog_file(old_plan->arrangement->catalog, page->resource));
	diag = diag_warning(diags, span_none(), "address-vanished",
			    _("nothing answers at “%.*s” of %.*s any more"),
			    STR_ARG(address), STR_ARG(site->site->domain));
	if (text.len > 0)
		diag_help(diags, diag, _("write in %.*s: aliases: [%.*s]"),
			  STR_ARG(text), STR_ARG(address));
	else
		diag_help(diags, diag,
			  _("write aliases: [%.*s] in the text that takes its "
			    "place; or, if nothing does, keep the text with "
			    "status: withdrawn"),
			  STR_ARG(address));
}

static void print_gone(const struct page_plan *old_plan, struct build *now)
{
	const struct page_plan *plan = &now->library.plan;

	for (size_t i = 0; i < old_plan->count; i++) {
		const struct site_plan *old_site = &old_plan->sites[i];
		const struct site_plan *site =
			find_domain(plan, old_site->site->domain);

		for (size_t j = 0; j < old_site->count; j++) {
			const struct page *page = &old_site->pages[j];

			if (site != NULL &&
			    site_plan_find(site, page->path) != NULL)
				continue;
			print_page('-', old_site, page, 0);
			look_at_gone(old_plan, now, site, page);
		}
	}
}

static int compare_revisions(struct build *old, struct build *now)
{
	const struct page_plan *old_plan = &old->library.plan;
	const struct page_plan *plan = &now->library.plan;

	if (build_make(now)) {
		for (size_t i = 0; i < plan->count; i++)
			print_new_and_changed(old_plan, &now->work, i);
		print_gone(old_plan, now);
	}
	return messages_finish(now);
}

int command_diff(int argc, char **argv)
{
	struct command_options options;
	struct build_options before;
	struct build old, now;
	int code;

	if (!options_parse(&options, &usage_diff, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	before = options.build;
	before.library.revision = options.argument;
	options.build.library.revision = options.argument_2;
	if (!build_open(&old, &before)) {
		code = messages_finish(&old);
		build_close(&old);
		return code;
	}
	if (build_open(&now, &options.build))
		code = compare_revisions(&old, &now);
	else
		code = messages_finish(&now);
	build_close(&now);
	build_close(&old);
	return code;
}
