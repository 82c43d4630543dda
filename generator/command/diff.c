#include "base/diag.h"
#include "command/command.h"
#include "command/messages.h"
#include "command/options.h"

static const struct command_usage usage = {
	"diff", "lajdnh",
	N_("Lists the pages that differ between two revisions: + new, ~ "
	   "changed, - gone. Nothing is written."),
	"REV REV", "HEAD~1 HEAD"
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

static void print_gone(const struct page_plan *old_plan,
		       const struct page_plan *plan)
{
	for (size_t i = 0; i < old_plan->count; i++) {
		const struct site_plan *old_site = &old_plan->sites[i];
		const struct site_plan *site =
			find_domain(plan, old_site->site->domain);

		for (size_t j = 0; j < old_site->count; j++)
			if (site == NULL ||
			    site_plan_find(site, old_site->pages[j].path) ==
				    NULL)
				print_page('-', old_site, &old_site->pages[j],
					   0);
	}
}

static int compare_revisions(struct build *old, struct build *now)
{
	const struct page_plan *old_plan = &old->library.plan;
	const struct page_plan *plan = &now->library.plan;

	if (build_make(now)) {
		for (size_t i = 0; i < plan->count; i++)
			print_new_and_changed(old_plan, &now->work, i);
		print_gone(old_plan, plan);
	}
	return messages_finish(now);
}

int command_diff(int argc, char **argv)
{
	struct command_options options;
	struct build_options before;
	struct build old, now;
	int code;

	if (!options_parse(&options, &usage, argc, argv))
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
