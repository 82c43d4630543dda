#include "render/wording.h"

#include "base/buf.h"
#include "library/field.h"
#include "library/resource_type.h"
#include "render/view.h"
#include "site/cluster.h"
#include "site/column.h"

static str either(str said, const char *otherwise)
{
	return said.len > 0 ? said : str_from_c(otherwise);
}

str wording_type(const struct render_job *job, const struct resource_type *type)
{
	return either(view_string(job, "types", type->name), type->label);
}

str wording_field(const struct render_job *job, const struct field *field)
{
	return either(view_string(job, "labels", field->key), field->label);
}

str wording_class(const struct render_job *job, int class_number)
{
	const struct column_class_row *row = &column_classes[class_number];

	return either(view_string(job, "classes", row->name), row->label);
}

str wording_value(const struct render_job *job, str value)
{
	str said = view_string_at(job, "values", value);

	return said.len > 0 ? said : value;
}

str wording_stamp(const struct render_job *job)
{
	str said = view_string(job, "stamp", "text");

	return said.len > 0 ? said : view_platform(job)->archive_stamp;
}

void wording_add_stamp(struct buf *out, const struct render_job *job,
		       struct moment since)
{
	buf_add(out, wording_stamp(job));
	buf_add_byte(out, ' ');
	moment_format(out, since, STR("%Y-%m-%d"));
}

/* One of the signs around a stamp. */
static void add_sign(struct buf *out, const struct render_job *job,
		     const char *name, const char *otherwise)
{
	buf_add(out, either(view_string(job, "stamp", name), otherwise));
}

void wording_add_mark_open(struct buf *out, const struct render_job *job)
{
	add_sign(out, job, "mark_open", "【");
}

void wording_add_mark_close(struct buf *out, const struct render_job *job)
{
	add_sign(out, job, "mark_close", "】");
}

void wording_add_title_stamp(struct buf *out, const struct render_job *job,
			     struct moment since)
{
	add_sign(out, job, "open", "（");
	wording_add_stamp(out, job, since);
	add_sign(out, job, "close", "）");
}
