/*
 * Nothing was fetched, so the records are of the kind “resource” and have no
 * head of HTTP. Names of records are made of what is in them (UUIDs of version
 * 8, RFC 9562), not drawn, since the same release gives the same bytes.
 */
#include <inttypes.h>
#include <unistd.h>

#include "base/date.h"
#include "release/export.h"
#include "release/export_files.h"
#include "release/packed.h"

struct warc_writer {
	struct export_files files;
	const struct export_options *options;
	size_t wanted; /* files */
};

/* What a record says of itself before its bytes. */
struct warc_head {
	const char *kind;
	const char *address; /* NULL: it has none */
	const char *type;
	uint64_t size;
	const struct sha256 *digest;
};

/* --- pieces --------------------------------------------------------------- */

/* RFC 4648, with its "=", as programs that read archives expect digests. */
static void put_base32(struct buf *out, const struct sha256 *digest)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	unsigned bits = 0, value = 0;

	for (size_t i = 0; i < SHA256_SIZE; i++) {
		value = (value << 8 | digest->bytes[i]) & 0xfff;
		for (bits += 8; bits >= 5; bits -= 5)
			buf_add_byte(out, digits[value >> (bits - 5) & 31]);
	}
	buf_add_byte(out, digits[value << (5 - bits) & 31]);
	buf_add_c(out, "====");
}

static void put_name(struct buf *out, const struct sha256 *of)
{
	enum { UUID_SIZE = 16 };
	uint8_t bytes[UUID_SIZE];

	memcpy(bytes, of->bytes, UUID_SIZE);
	bytes[6] = (uint8_t)((bytes[6] & 0x0f) | 0x80); /* version 8 */
	bytes[8] = (uint8_t)((bytes[8] & 0x3f) | 0x80);
	buf_add_c(out, "<urn:uuid:");
	for (size_t i = 0; i < UUID_SIZE; i++)
		buf_printf(out, "%s%02x",
			   i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "",
			   bytes[i]);
	buf_add_byte(out, '>');
}

static bool is_of_address(char byte)
{
	return byte_is_letter(byte) || byte_is_digit(byte) ||
	       (byte >= 'A' && byte <= 'Z') || strchr("-._~/", byte) != NULL;
}

/* Readers find "a/index.html" at "a/". */
static str address_of(str path, struct arena *arena)
{
	static const str index = { "/index.html", 11 };
	struct buf out;

	if (str_ends_with(path, index))
		path = str_between(path, 0, path.len - index.len + 1);
	buf_init(&out, arena);
	buf_add_c(&out, "https://");
	for (size_t i = 0; i < path.len; i++)
		if (is_of_address(path.data[i]))
			buf_add_byte(&out, path.data[i]);
		else
			buf_printf(&out, "%%%02X", (unsigned char)path.data[i]);
	return buf_str(&out);
}

/* --- records -------------------------------------------------------------- */

/* The same file in two releases is two records: the date is in the name. */
static struct sha256 sum_of_head(const struct buf *head)
{
	struct sha256_maker *maker = sha256_open();
	struct sha256 sum = sha256_of(maker, buf_str(head));

	sha256_close(maker);
	return sum;
}

static bool put_head(struct warc_writer *writer, const struct warc_head *head,
		     struct arena *arena)
{
	struct buf fields, text;
	struct sha256 sum;

	buf_init(&fields, arena);
	buf_printf(&fields, "WARC-Type: %s\r\nWARC-Date: ", head->kind);
	moment_format(&fields, moment_from_seconds(writer->files.time, 0),
		      STR("%Y-%m-%dT%H:%M:%SZ\r\n"));
	if (head->address != NULL)
		buf_printf(&fields, "WARC-Target-URI: %s\r\n", head->address);
	buf_add_c(&fields, "WARC-Block-Digest: sha256:");
	put_base32(&fields, head->digest);
	buf_printf(&fields,
		   "\r\nContent-Type: %s\r\nContent-Length: %" PRIu64 "\r\n",
		   head->type, head->size);
	sum = sum_of_head(&fields);
	buf_init(&text, arena);
	buf_add_c(&text, "WARC/1.1\r\nWARC-Record-ID: ");
	put_name(&text, &sum);
	buf_add_c(&text, "\r\n");
	buf_add(&text, buf_str(&fields));
	buf_add_c(&text, "\r\n");
	return fwrite(text.data, 1, text.len, writer->files.out) == text.len;
}

static bool put_end(const struct warc_writer *writer)
{
	return fwrite("\r\n\r\n", 1, 4, writer->files.out) == 4;
}

static bool put_info(struct warc_writer *writer)
{
	const struct manifest *manifest = &writer->files.manifest;
	struct sha256_maker *maker = sha256_open();
	struct sha256 digest;
	struct arena arena;
	str text;
	bool ok;

	arena_init(&arena);
	text = arena_printf(
		&arena,
		"software: jiyue %s\r\nformat: WARC File Format 1.1\r\n"
		"conformsTo: http://iipc.github.io/warc-specifications/"
		"specifications/warc-format/warc-1.1/\r\n"
		"description: release %" PRIu64 " of commit %.*s\r\n",
		writer->options->version, manifest->number,
		STR_ARG(manifest->commit));
	digest = sha256_of(maker, text);
	ok = put_head(writer,
		      &(struct warc_head){ .kind = "warcinfo",
					   .type = "application/warc-fields",
					   .size = text.len,
					   .digest = &digest },
		      &arena) &&
	     fwrite(text.data, 1, text.len, writer->files.out) == text.len &&
	     put_end(writer);
	sha256_close(maker);
	arena_release(&arena);
	return ok || export_files_fail(&writer->files, STR("warc"));
}

/* Below a domain, of the site that is wanted, and no packed form of another. */
static bool is_wanted(const struct warc_writer *writer, str path)
{
	size_t end = str_find_byte(path, '/');
	enum packing packing;

	return end != STR_NONE && packed_source(&packing, path).len == 0 &&
	       (writer->options->domain == NULL ||
		str_equal_c(str_between(path, 0, end),
			    writer->options->domain));
}

static bool put_record(struct warc_writer *writer,
		       const struct manifest_file *file, struct arena *arena)
{
	str address = address_of(file->path, arena);
	int from = export_files_read(&writer->files, file);
	struct warc_head head = {
		.kind = "resource",
		.address = arena_c_string(arena, address),
		.size = file->digest.size,
		.digest = &file->digest.sha256,
	};
	struct buf type;

	if (from < 0)
		return false;
	buf_init(&type, arena);
	export_file_type(&type, file->path);
	head.type = arena_c_string(arena, buf_str(&type));
	if (!put_head(writer, &head, arena)) {
		close(from);
		return export_files_fail(&writer->files, file->path);
	}
	return export_files_copy(&writer->files, from, file) &&
	       (put_end(writer) ||
		export_files_fail(&writer->files, file->path));
}

static bool put_file(void *context, const struct manifest_file *file)
{
	struct warc_writer *writer = context;
	struct arena arena;
	bool ok;

	if (!is_wanted(writer, file->path))
		return true;
	arena_init(&arena);
	ok = put_record(writer, file, &arena);
	arena_release(&arena);
	return ok;
}

static bool count_file(void *context, const struct manifest_file *file)
{
	struct warc_writer *writer = context;

	writer->wanted += is_wanted(writer, file->path);
	return true;
}

static bool report_none(const struct warc_writer *writer)
{
	struct diag *diag =
		diag_failure(writer->files.diags, "release-site",
			     _("the release has no site of the domain %s"),
			     writer->options->domain);

	diag_help(writer->files.diags, diag, "%s",
		  _("jiyue domains lists the domains of all sites"));
	return false;
}

bool export_warc(FILE *out, const struct releases *releases,
		 const struct export_options *options, struct diag_list *diags)
{
	struct warc_writer writer = { .options = options };
	bool ok;

	if (!export_files_open(&writer.files, out, releases, diags))
		return false;
	ok = export_files_each(&writer.files, count_file, &writer) &&
	     (writer.wanted > 0 || report_none(&writer)) && put_info(&writer) &&
	     export_files_each(&writer.files, put_file, &writer) &&
	     (fflush(out) == 0 ||
	      export_files_fail(&writer.files, STR("warc")));
	export_files_close(&writer.files);
	return ok;
}
