/*
 * Nine tenths of an article's values are the same for all pages of its column.
 * A worker keeps the newest frame of a site and of a column; pages come in
 * that order, so keeping more would be of no use.
 */
#include "render/page_frame.h"

#include "plan/permalink.h"
#include "render/view.h"
#include "theme/template.h"

/* --- the site --- */

/* rules.md C.3, items 1, 2, 7: where the marks of the footer lead */
static void footer_marks(struct value *values, const struct render_job *job)
{
	const struct site *site = job->site->site;
	struct buf digits;

	buf_init(&digits, job->arena);
	for (size_t i = 0; i < site->police_record.len; i++)
		if (site->police_record.data[i] >= '0' &&
		    site->police_record.data[i] <= '9')
			buf_add_byte(&digits, site->police_record.data[i]);
	values[SITE_POLICE_URL] = value_url(arena_printf(
		job->arena,
		"https://beian.mps.gov.cn/#/query/webSearch?code=%.*s",
		STR_ARG(buf_str(&digits))));
	values[SITE_CONAC_URL] = value_url(
		site->conac.len == 0
			? STR("")
			: arena_printf(job->arena,
				       "https://bszs.conac.cn/sitename?"
				       "method=show&id=%.*s",
				       STR_ARG(site->conac)));
	values[SITE_ERROR_REPORT_URL] =
		value_url(arena_printf(job->arena,
				       "https://zfwzgl.www.gov.cn/exposure/"
				       "jiucuo.html?site_code=%.*s",
				       STR_ARG(site->identity_code)));
}

static void site_identity(struct value *values, const struct site *site,
			  const struct render_job *job)
{
	values[SITE_NAME] = value_text(site->name);
	values[SITE_SHORT_NAME] = value_text(site->short_name);
	values[SITE_KIND] = value_text(str_from_c(site_kinds[site->kind]));
	values[SITE_IS_PORTAL] = value_truth(site->kind == KIND_PORTAL);
	values[SITE_IS_DEPARTMENT] = value_truth(site->kind == KIND_DEPARTMENT);
	values[SITE_IS_COUNTY] = value_truth(site->kind == KIND_COUNTY);
	values[SITE_DOMAIN] = value_text(site->domain);
	values[SITE_CHINESE_DOMAIN] = value_text(site->chinese_domain);
	values[SITE_URL] = value_url(STR("/"));
	values[SITE_DESCRIPTION] = value_text(site->description);
	values[SITE_LANGUAGE] = value_text(site->language);
	values[SITE_IDENTITY_CODE] = value_text(site->identity_code);
	values[SITE_SPONSOR] = value_text(site->sponsor);
	values[SITE_OPERATOR] = value_text(site->operator_name);
	values[SITE_PHONE] = value_text(site->phone);
	values[SITE_ADDRESS] = value_text(site->address);
	values[SITE_OFFICE_HOURS] = value_text(site->office_hours);
	values[SITE_POSTCODE] = value_text(site->postcode);
	values[SITE_ICP] = value_text(site->icp);
	values[SITE_POLICE_RECORD] = value_text(site->police_record);
	values[SITE_IPV6] = value_truth(site->ipv6);
	values[SITE_NOTICE] =
		value_text(site->notice.len > 0 ? site->notice
						: view_platform(job)->notice);
	values[SITE_STATE_NOTE] = value_text(site->state_note);
}

/* The site that took over, by its name when it is one of the cluster. */
static struct value moved_to(const struct render_job *job)
{
	str address = job->site->site->moved_to;
	const struct site *site = cluster_site_in(
		job->context->plan->arrangement->cluster, address);

	if (address.len == 0)
		return value_none();
	return view_link(job, site == NULL ? address : site->name, address);
}

/* The portal has the directory of sites for all of them. */
static struct value sites_url(const struct render_job *job)
{
	const struct site *portal =
		job->context->plan->arrangement->cluster->portal;

	if (portal == NULL || site_is_notice_only(portal))
		return value_url(STR(""));
	return value_url(permalink_from(job->site->site, portal,
					STR("sites.html"), job->arena));
}

/* A site of which only a notice is left has no other pages. */
static struct value own_page(const struct render_job *job, const char *address)
{
	return value_url(site_is_notice_only(job->site->site)
				 ? STR("")
				 : str_from_c(address));
}

static void fill_site(struct value *values, const struct render_job *job)
{
	const struct site *site = job->site->site;
	const struct site *portal =
		job->context->plan->arrangement->cluster->portal;

	site_identity(values, site, job);
	footer_marks(values, job);
	values[SITE_STAMP] =
		view_stamp(job,
			   site->state == STATE_ARCHIVED ? site->archived_on
							 : (struct moment){ 0 },
			   site->moved_to);
	values[SITE_PORTAL] =
		portal == NULL ? value_none()
			       : view_link(job, portal->name,
					   permalink_from(site, portal,
							  STR("index.html"),
							  job->arena));
	values[SITE_MOVED] = moved_to(job);
	values[SITE_MAP_URL] = own_page(job, "/sitemap.html");
	values[SITE_SEARCH_URL] = own_page(job, "/search.html");
	values[SITE_ARCHIVE_URL] = own_page(job, "/archive.html");
	values[SITE_LINKS] = value_none();
	values[SITE_SITES_URL] = sites_url(job);
	values[SITE_ACCESSIBILITY_URL] = own_page(job, "/accessibility.html");
}

/* --- the frame --- */

void page_frame_init(struct page_frame *frame, struct arena *site_arena,
		     struct arena *column_arena)
{
	*frame = (struct page_frame){ .site_arena = site_arena,
				      .column_arena = column_arena };
}

static void fill_column(struct page_frame *frame, const struct render_job *job)
{
	const struct column *column = job->page->column;

	frame->column = column;
	if (job->frame != NULL)
		frame->memory =
			template_memory_new(frame->site_memory, job->arena);
	frame->navigation = site_is_notice_only(job->site->site)
				    ? value_list(NULL, 0)
				    : view_columns(job, NULL, false);
	frame->column_value =
		column == NULL ? value_none() : view_column(job, column);
}

/* A frame for one page lies in the page's own arena. */
static void empty(struct arena *arena, const struct render_job *job)
{
	if (arena != job->arena)
		arena_reset(arena);
}

const struct page_frame *page_frame_of(const struct render_job *job,
				       struct page_frame *spare)
{
	struct page_frame *frame = job->frame;
	struct render_job lasting = *job;
	bool is_new_site;

	if (frame == NULL) {
		frame = spare;
		page_frame_init(frame, job->arena, job->arena);
	}
	lasting.dependencies = NULL; /* PART_SITE has all that is here */
	is_new_site = frame->site != job->site;
	if (is_new_site) {
		empty(frame->site_arena, job);
		lasting.arena = frame->site_arena;
		frame->site = job->site;
		fill_site(frame->site_values, &lasting);
		if (job->frame != NULL)
			frame->site_memory =
				template_memory_new(NULL, lasting.arena);
	}
	if (is_new_site || frame->column != job->page->column) {
		empty(frame->column_arena, job);
		lasting.arena = frame->column_arena;
		fill_column(frame, &lasting);
	}
	return frame;
}
