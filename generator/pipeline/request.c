#include "pipeline/request.h"

struct build_request build_request_of(const struct build_options *options)
{
	const struct library_options *library = &options->library;

	return (struct build_request){
		.library = library->folder,
		.revision = library->revision,
		.as_of_text = library->as_of_text,
		.as_of = library->as_of,
		.front_matter_dates = library->front_matter_dates,
		.worktree = library->worktree,
		.drafts = library->drafts,
	};
}

bool build_has_all_sites(const struct build *build)
{
	const struct output *output = &build->output;
	str domains = { NULL, 0 };
	str domain;

	if (!folder_read(&domains, output->state, "domains", output->arena))
		return false;
	while (str_split_next(&domains, '\n', &domain))
		if (domain.len > 0 && !output_has_site(output, domain))
			return false;
	return true;
}

bool build_is_current(struct build *build)
{
	const struct build_options *options = build->options;
	const struct build_request request = build_request_of(options);
	struct last_build last, now;

	if (!store_is_intact(build->store) || options->library.worktree ||
	    options->site != NULL || !last_build_read(&last, build->store) ||
	    !last_build_resolve(&now, &request, &build->arena, &build->diags) ||
	    !last_build_is_current(&last, &now, &request) ||
	    last.findings > 0 || !build_has_all_sites(build))
		return false;
	build->result = (struct build_result){ .pages = last.pages,
					       .fresh = last.pages,
					       .unchanged = last.pages,
					       .sites = last.sites };
	return true;
}
