/*
 * Two rounds: first everything gets its digests, then it is written, since the
 * name of the document is made of the digests.
 */
#include "report/sbom.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/builtin.h"
#include "base/date.h"
#include "base/file_digest.h"
#include "base/list.h"
#include "base/sha1.h"
#include "markup/json_writer.h"
#include "system/folder.h"
#include "system/loaded.h"
#include "system/reason.h"

#define OWN_LICENCE "MIT"
#define OWN_COPYRIGHT "Copyright (c) 2026 the jiyue authors"
#define NOBODY_SAYS "NOASSERTION"
#define PROGRAM_ID "SPDXRef-jiyue"
#define THEME_ID "SPDXRef-theme-default"

enum { FILE_LIMIT = 1 << 30 };

/* A file by its digests, in hexadecimal digits. */
struct sums {
	str sha1;
	str sha256;
};

struct writing {
	struct json_writer json;
	struct arena *arena;
	struct sha256_maker *maker;
	const struct sbom_options *options;
	const struct loaded_library *libraries;
	struct sums *library_sums;
	size_t library_count;
	struct sums *theme_sums; /* by number in builtin_theme */
	size_t theme_count;
	struct sums program;
	int64_t written; /* when the program's file was */
	str system;
};

/*
 * Licences of what the program itself asks for, as their authors state them;
 * of what those bring with them nothing is said here.
 */
static const struct {
	const char *soname; /* what the name begins with */
	const char *licence;
} licences[] = {
	{ "libbrotli", "MIT" },
	{ "libc.so", "LGPL-2.1-or-later" },
	{ "libcmark.so", "BSD-2-Clause" },
	{ "libcrypto.so", "Apache-2.0" },
	{ "libcurl.so", "curl" },
	{ "libdeflate.so", "MIT" },
	{ "libfreetype.so", "FTL OR GPL-2.0-or-later" },
	{ "libgcc_s.so", "GPL-3.0-or-later WITH GCC-exception-3.1" },
	{ "libgit2.so", "GPL-2.0-only WITH GCC-exception-2.0" },
	{ "libicu", "ICU" },
	{ "libidn2.so", "GPL-2.0-or-later OR LGPL-3.0-or-later" },
	{ "libjansson.so", "MIT" },
	{ "libjpeg.so", "IJG AND BSD-3-Clause AND Zlib" },
	{ "liblmdb.so", "OLDAP-2.8" },
	{ "libm.so", "LGPL-2.1-or-later" },
	{ "libmicrohttpd.so", "LGPL-2.1-or-later" },
	{ "libminizip.so", "Zlib" },
	{ "libpng16.so", "libpng-2.0" },
	{ "libqrencode.so", "LGPL-2.1-or-later" },
	{ "libutf8proc.so", "MIT" },
	{ "libwebp", "BSD-3-Clause" },
	{ "libxml2.so", "MIT" },
	{ "libxxhash.so", "BSD-2-Clause" },
	{ "libyaml-0.so", "MIT" },
	{ "libz.so", "Zlib" },
	{ "ld-linux", "LGPL-2.1-or-later" },
};

static str licence_of(str soname)
{
	for (size_t i = 0; i < COUNT_OF(licences); i++)
		if (str_starts_with(soname, str_from_c(licences[i].soname)))
			return str_from_c(licences[i].licence);
	return STR(NOBODY_SAYS);
}

/* --- digests -------------------------------------------------------------- */

static struct sums sums_of(const struct writing *writing, str data)
{
	struct sha256 digest = sha256_of(writing->maker, data);
	struct buf hex;

	buf_init(&hex, writing->arena);
	file_digest_print(&hex, &digest);
	return (struct sums){ sha1_of(data, writing->arena), buf_str(&hex) };
}

static bool sums_of_file(struct sums *out, const struct writing *writing,
			 const char *path, struct diag_list *diags)
{
	struct arena scratch;
	struct sums found;
	bool ok;
	str data;

	arena_init(&scratch);
	ok = folder_read_path(&data, path, FILE_LIMIT, &scratch);
	if (ok) {
		found = sums_of(writing, data);
		*out = found;
	} else {
		diag_failure(diags, "sbom-file", _("%s cannot be read: %s"),
			     path, reason_text(errno));
	}
	arena_release(&scratch);
	return ok;
}

static bool read_files(struct writing *writing, struct diag_list *diags)
{
	static const char program[] = "/proc/self/exe";
	struct stat status;

	writing->libraries =
		loaded_libraries(&writing->library_count, writing->arena);
	writing->library_sums =
		arena_array(writing->arena, writing->library_count,
			    sizeof(*writing->library_sums));
	for (size_t i = 0; i < writing->library_count; i++)
		if (!sums_of_file(&writing->library_sums[i], writing,
				  writing->libraries[i].path, diags))
			return false;
	if (stat(program, &status) == 0)
		writing->written = status.st_mtime;
	return sums_of_file(&writing->program, writing, program, diags);
}

static void read_theme(struct writing *writing)
{
	while (builtin_theme[writing->theme_count].path != NULL)
		writing->theme_count++;
	writing->theme_sums = arena_array(writing->arena, writing->theme_count,
					  sizeof(*writing->theme_sums));
	for (size_t i = 0; i < writing->theme_count; i++) {
		const struct builtin_file *file = &builtin_theme[i];

		writing->theme_sums[i] = sums_of(
			writing,
			(str){ file->data, (size_t)(file->end - file->data) });
	}
}

/* --- pieces --------------------------------------------------------------- */

static void write_sum(struct json_writer *json, const char *method, str value)
{
	json_open_object(json);
	json_member_text(json, "algorithm", str_from_c(method));
	json_member_text(json, "checksumValue", value);
	json_close_object(json);
}

static void write_sums(struct json_writer *json, const struct sums *sums)
{
	json_key(json, "checksums");
	json_open_array(json);
	write_sum(json, "SHA1", sums->sha1);
	write_sum(json, "SHA256", sums->sha256);
	json_close_array(json);
}

/* Letters, digits, "." and "-" are all that an id may have. */
static str id_of(const struct writing *writing, const char *kind, str name)
{
	struct buf out;

	buf_init(&out, writing->arena);
	buf_printf(&out, "SPDXRef-%s-", kind);
	for (size_t i = 0; i < name.len; i++)
		if (byte_is_letter(name.data[i]) ||
		    byte_is_digit(name.data[i]) || name.data[i] == '.' ||
		    name.data[i] == '-')
			buf_add_byte(&out, name.data[i]);
		else
			buf_printf(&out, "-%02x-", (unsigned char)name.data[i]);
	return buf_str(&out);
}

static void write_licence(struct json_writer *json, str declared, str copyright)
{
	json_member_text(json, "licenseConcluded", STR(NOBODY_SAYS));
	json_member_text(json, "licenseDeclared", declared);
	json_member_text(json, "copyrightText", copyright);
}

/* What no address and no file name may have, of versions. */
static str as_purl(const struct writing *writing, str text)
{
	struct buf out;

	buf_init(&out, writing->arena);
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] == '+' || text.data[i] == ':')
			buf_printf(&out, "%%%02X", (unsigned char)text.data[i]);
		else
			buf_add_byte(&out, text.data[i]);
	return buf_str(&out);
}

/* By it advisories find what they are about (package URL). */
static void write_package_url(struct writing *writing,
			      const struct loaded_library *library)
{
	struct json_writer *json = &writing->json;

	if (library->package.len == 0 || library->version.len == 0)
		return;
	json_key(json, "externalRefs");
	json_open_array(json);
	json_open_object(json);
	json_member_text(json, "referenceCategory", STR("PACKAGE-MANAGER"));
	json_member_text(json, "referenceType", STR("purl"));
	json_member_text(
		json, "referenceLocator",
		arena_printf(writing->arena, "pkg:deb/%.*s/%.*s@%.*s?arch=%.*s",
			     STR_ARG(writing->system),
			     STR_ARG(library->package),
			     STR_ARG(as_purl(writing, library->version)),
			     STR_ARG(library->architecture)));
	json_close_object(json);
	json_close_array(json);
}

/* --- packages and files --------------------------------------------------- */

static void write_program(struct writing *writing)
{
	struct json_writer *json = &writing->json;

	json_open_object(json);
	json_member_text(json, "SPDXID", STR(PROGRAM_ID));
	json_member_text(json, "name", STR("jiyue"));
	json_member_text(json, "versionInfo",
			 str_from_c(writing->options->version));
	json_member_text(json, "primaryPackagePurpose", STR("APPLICATION"));
	json_member_text(json, "downloadLocation", STR(NOBODY_SAYS));
	json_member_truth(json, "filesAnalyzed", false);
	write_licence(json, STR(OWN_LICENCE), STR(OWN_COPYRIGHT));
	write_sums(json, &writing->program);
	json_close_object(json);
}

static void write_library(struct writing *writing, size_t number)
{
	const struct loaded_library *library = &writing->libraries[number];
	struct json_writer *json = &writing->json;

	json_open_object(json);
	json_member_text(json, "SPDXID",
			 id_of(writing, "library", library->soname));
	json_member_text(json, "name", library->soname);
	json_member_text(json, "versionInfo",
			 library->version.len > 0 ? library->version
						  : STR(NOBODY_SAYS));
	json_member_text(json, "primaryPackagePurpose", STR("LIBRARY"));
	json_member_text(json, "downloadLocation", STR(NOBODY_SAYS));
	json_member_truth(json, "filesAnalyzed", false);
	write_licence(json, licence_of(library->soname), STR(NOBODY_SAYS));
	write_sums(json, &writing->library_sums[number]);
	write_package_url(writing, library);
	json_close_object(json);
}

/* SHA-1 of the sorted SHA-1s of all files, as the specification says. */
static str verification_code(struct writing *writing)
{
	str *sums = arena_array(writing->arena, writing->theme_count,
				sizeof(*sums));

	for (size_t i = 0; i < writing->theme_count; i++)
		sums[i] = writing->theme_sums[i].sha1;
	qsort(sums, writing->theme_count, sizeof(*sums), str_compare_items);
	return sha1_of(arena_join(writing->arena, sums, writing->theme_count),
		       writing->arena);
}

static str theme_file_id(const struct writing *writing, size_t number)
{
	return id_of(writing, "file", str_from_c(builtin_theme[number].path));
}

static void write_theme(struct writing *writing)
{
	struct json_writer *json = &writing->json;

	json_open_object(json);
	json_member_text(json, "SPDXID", STR(THEME_ID));
	json_member_text(json, "name", STR("jiyue-theme-default"));
	json_member_text(json, "versionInfo",
			 str_from_c(writing->options->version));
	json_member_text(json, "downloadLocation", STR(NOBODY_SAYS));
	json_member_truth(json, "filesAnalyzed", true);
	write_licence(json, STR(OWN_LICENCE), STR(OWN_COPYRIGHT));
	json_key(json, "licenseInfoFromFiles");
	json_open_array(json);
	json_text(json, STR(OWN_LICENCE));
	json_close_array(json);
	json_key(json, "packageVerificationCode");
	json_open_object(json);
	json_member_text(json, "packageVerificationCodeValue",
			 verification_code(writing));
	json_close_object(json);
	json_key(json, "hasFiles");
	json_open_array(json);
	for (size_t i = 0; i < writing->theme_count; i++)
		json_text(json, theme_file_id(writing, i));
	json_close_array(json);
	json_close_object(json);
}

static void write_packages(struct writing *writing)
{
	struct json_writer *json = &writing->json;

	json_key(json, "packages");
	json_open_array(json);
	write_program(writing);
	write_theme(writing);
	for (size_t i = 0; i < writing->library_count; i++)
		write_library(writing, i);
	json_close_array(json);
}

static void write_files(struct writing *writing)
{
	struct json_writer *json = &writing->json;

	json_key(json, "files");
	json_open_array(json);
	for (size_t i = 0; i < writing->theme_count; i++) {
		json_open_object(json);
		json_member_text(json, "SPDXID", theme_file_id(writing, i));
		json_member_text(json, "fileName",
				 arena_printf(writing->arena,
					      "./themes/default/%s",
					      builtin_theme[i].path));
		json_member_text(json, "licenseConcluded", STR(OWN_LICENCE));
		json_key(json, "licenseInfoInFiles");
		json_open_array(json);
		json_text(json, STR(OWN_LICENCE));
		json_close_array(json);
		json_member_text(json, "copyrightText", STR(OWN_COPYRIGHT));
		write_sums(json, &writing->theme_sums[i]);
		json_close_object(json);
	}
	json_close_array(json);
}

/* --- how they hang together ----------------------------------------------- */

static void relate(struct writing *writing, str from, const char *how, str to)
{
	struct json_writer *json = &writing->json;

	json_open_object(json);
	json_member_text(json, "spdxElementId", from);
	json_member_text(json, "relationshipType", str_from_c(how));
	json_member_text(json, "relatedSpdxElement", to);
	json_close_object(json);
}

/* Which library brought one that the program does not ask for, nobody says. */
static void write_relations(struct writing *writing)
{
	json_key(&writing->json, "relationships");
	json_open_array(&writing->json);
	relate(writing, STR("SPDXRef-DOCUMENT"), "DESCRIBES", STR(PROGRAM_ID));
	relate(writing, STR(PROGRAM_ID), "CONTAINS", STR(THEME_ID));
	for (size_t i = 0; i < writing->library_count; i++) {
		const struct loaded_library *library = &writing->libraries[i];

		relate(writing, STR(PROGRAM_ID),
		       library->is_direct ? "DYNAMIC_LINK" : "DEPENDS_ON",
		       id_of(writing, "library", library->soname));
	}
	json_close_array(&writing->json);
}

/* --- the document --------------------------------------------------------- */

/* Another one for every other program, library or theme. */
static str namespace_of(struct writing *writing)
{
	struct buf all;

	buf_init(&all, writing->arena);
	buf_add(&all, writing->program.sha256);
	for (size_t i = 0; i < writing->library_count; i++)
		buf_add(&all, writing->library_sums[i].sha256);
	return arena_printf(writing->arena,
			    "https://spdx.org/spdxdocs/jiyue-%s-%.*s",
			    writing->options->version,
			    STR_ARG(sums_of(writing, buf_str(&all)).sha256));
}

static void write_creation(struct writing *writing)
{
	struct json_writer *json = &writing->json;
	int64_t created = writing->options->created;
	struct buf moment;

	buf_init(&moment, writing->arena);
	moment_format(&moment,
		      moment_from_seconds(
			      created > 0 ? created : writing->written, 0),
		      STR("%Y-%m-%dT%H:%M:%SZ"));
	json_key(json, "creationInfo");
	json_open_object(json);
	json_member_text(json, "created", buf_str(&moment));
	json_key(json, "creators");
	json_open_array(json);
	json_text(json, arena_printf(writing->arena, "Tool: jiyue-%s",
				     writing->options->version));
	json_close_array(json);
	json_close_object(json);
}

static void write_document(struct writing *writing)
{
	struct json_writer *json = &writing->json;

	json_open_object(json);
	json_member_text(json, "spdxVersion", STR("SPDX-2.3"));
	json_member_text(json, "dataLicense", STR("CC0-1.0"));
	json_member_text(json, "SPDXID", STR("SPDXRef-DOCUMENT"));
	json_member_text(json, "name",
			 arena_printf(writing->arena, "jiyue-%s",
				      writing->options->version));
	json_member_text(json, "documentNamespace", namespace_of(writing));
	write_creation(writing);
	write_packages(writing);
	write_files(writing);
	write_relations(writing);
	json_close_object(json);
}

bool sbom_write(struct buf *out, const struct sbom_options *options,
		struct diag_list *diags)
{
	struct writing writing = {
		.arena = out->arena,
		.maker = sha256_open(),
		.options = options,
	};
	bool ok = read_files(&writing, diags);

	if (ok) {
		read_theme(&writing);
		writing.system = loaded_system(writing.arena);
		json_begin(&writing.json, out);
		write_document(&writing);
		json_end(&writing.json);
		buf_add_byte(out, '\n');
	}
	sha256_close(writing.maker);
	return ok;
}
