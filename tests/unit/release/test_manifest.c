/* Manifests: their text, their roots, and where parts end. */
#include "release/manifest.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

struct fixture {
	struct arena arena;
	struct file_digest_maker *maker;
};

static int set_up(void **state)
{
	static struct fixture fixture;

	arena_init(&fixture.arena);
	fixture.maker = file_digest_open();
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	file_digest_close(fixture->maker);
	arena_release(&fixture->arena);
	return 0;
}

static str hex(struct fixture *fixture, const struct sha256 *digest)
{
	struct buf out;

	buf_init(&out, &fixture->arena);
	file_digest_print(&out, digest);
	return buf_str(&out);
}

/* The examples of FIPS 180-4 and of GM/T 0004. */
static void test_known_digests(void **state)
{
	struct fixture *fixture = *state;
	struct file_digest digest = file_digest_of(fixture->maker, STR("abc"));

	assert_int_equal(digest.size, 3);
	assert_true(str_equal_c(
		hex(fixture, &digest.sha256),
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61"
		"f20015ad"));
	assert_true(str_equal_c(
		hex(fixture, &digest.sm3),
		"66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b"
		"8f4ba8e0"));
}

static void test_pieces_are_one_text(void **state)
{
	struct fixture *fixture = *state;
	struct file_digest whole = file_digest_of(fixture->maker, STR("abc"));
	struct file_digest parts;

	file_digest_begin(fixture->maker);
	file_digest_add(fixture->maker, STR("a"));
	file_digest_add(fixture->maker, STR(""));
	file_digest_add(fixture->maker, STR("bc"));
	parts = file_digest_end(fixture->maker);
	assert_true(file_digest_equal(&whole, &parts));
}

static void test_hex_comes_back(void **state)
{
	struct fixture *fixture = *state;
	struct file_digest digest = file_digest_of(fixture->maker, STR("x"));
	str rest = hex(fixture, &digest.sha256);
	struct sha256 back;

	assert_true(file_digest_parse(&back, &rest));
	assert_memory_equal(&back, &digest.sha256, sizeof(back));
	assert_int_equal(rest.len, 0);
	rest = STR("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61"
		   "F20015AD");
	assert_false(file_digest_parse(&back, &rest));
}

/* Files "d/0000" and so on, each with its number for bytes. */
static void add_files(struct fixture *fixture, struct list *files, size_t first,
		      size_t count)
{
	for (size_t i = first; i < first + count; i++) {
		struct manifest_file *file = list_add(files, &fixture->arena);

		file->path = arena_printf(&fixture->arena, "d/%05zu", i);
		file->digest = file_digest_of(fixture->maker, file->path);
	}
}

/* The parts that these files have, as publishing cuts them. */
static void cut(struct fixture *fixture, struct manifest *out,
		const struct list *files)
{
	const struct manifest_file *items = files->items;
	struct list part;

	*out = (struct manifest){ .number = 7,
				  .before = 6,
				  .commit = STR("c0"),
				  .as_of = STR("2026-06-01"),
				  .program = STR("jiyue 0.1.0"),
				  .published = STR("2026-06-02") };
	list_init(&out->parts, sizeof(struct manifest_part));
	list_init(&part, sizeof(struct manifest_file));
	for (size_t i = 0; i < files->count; i++) {
		struct manifest_part *entry;
		struct buf text;

		*(struct manifest_file *)list_add(&part, &fixture->arena) =
			items[i];
		if (!manifest_part_ends(items[i].path, part.count) &&
		    i + 1 < files->count)
			continue;
		buf_init(&text, &fixture->arena);
		manifest_part_print(&text, &part);
		entry = list_add(&out->parts, &fixture->arena);
		entry->digest = file_digest_of(fixture->maker, buf_str(&text));
		entry->files = part.count;
		entry->first = ((struct manifest_file *)part.items)->path;
		for (size_t j = 0; j < part.count; j++)
			entry->bytes += ((struct manifest_file *)part.items)[j]
						.digest.size;
		list_init(&part, sizeof(struct manifest_file));
	}
	manifest_seal(out, fixture->maker, &fixture->arena);
}

static struct manifest manifest_of(struct fixture *fixture, size_t first,
				   size_t count)
{
	struct manifest out;
	struct list files;

	list_init(&files, sizeof(struct manifest_file));
	add_files(fixture, &files, first, count);
	cut(fixture, &out, &files);
	return out;
}

static str print(struct fixture *fixture, const struct manifest *manifest)
{
	struct buf out;

	buf_init(&out, &fixture->arena);
	manifest_print(&out, manifest);
	return buf_str(&out);
}

static void test_text_comes_back(void **state)
{
	struct fixture *fixture = *state;
	struct manifest manifest = manifest_of(fixture, 0, 3000);
	str text = print(fixture, &manifest);
	struct manifest back;

	assert_true(
		manifest_parse(&back, text, fixture->maker, &fixture->arena));
	assert_true(str_equal(print(fixture, &back), text));
	assert_int_equal(back.files, 3000);
	assert_true(back.parts.count > 4);
}

/* Whatever is changed in a manifest, it is none any more, or says it. */
static void test_no_byte_is_free(void **state)
{
	struct fixture *fixture = *state;
	struct manifest manifest = manifest_of(fixture, 0, 300);
	str text = print(fixture, &manifest);
	char *copy = arena_c_string(&fixture->arena, text);

	for (size_t i = 0; i < text.len; i++) {
		struct manifest back;
		char kept = copy[i];

		copy[i] = kept == '1' ? '2' : '1';
		if (manifest_parse(&back, (str){ copy, text.len },
				   fixture->maker, &fixture->arena))
			assert_false(str_equal(print(fixture, &back), text));
		copy[i] = kept;
	}
	for (size_t i = 0; i + 1 < text.len; i++) {
		struct manifest back;

		if (manifest_parse(&back, str_between(text, 0, i),
				   fixture->maker, &fixture->arena))
			fail_msg("a manifest of %zu bytes is one", i);
	}
}

/* A file that comes changes the part it is in, and no other. */
static void test_parts_are_shared(void **state)
{
	struct fixture *fixture = *state;
	struct manifest old = manifest_of(fixture, 0, 4000);
	struct manifest with_more;
	const struct manifest_part *a = old.parts.items;
	const struct manifest_part *b;
	struct list files;
	size_t shared = 0;

	list_init(&files, sizeof(struct manifest_file));
	add_files(fixture, &files, 0, 2000);
	((struct manifest_file *)list_add(&files, &fixture->arena))->path =
		STR("d/01999-new");
	add_files(fixture, &files, 2000, 2000);
	cut(fixture, &with_more, &files);
	b = with_more.parts.items;
	for (size_t i = 0; i < old.parts.count; i++)
		for (size_t j = 0; j < with_more.parts.count; j++)
			shared += file_digest_equal(&a[i].digest, &b[j].digest);
	assert_in_range(old.parts.count - shared, 1, 2);
	assert_memory_not_equal(&old.root, &with_more.root, sizeof(old.root));
}

static void test_root_is_of_the_files(void **state)
{
	struct fixture *fixture = *state;
	struct manifest a = manifest_of(fixture, 0, 1000);
	struct manifest b = manifest_of(fixture, 0, 1000);

	b.number = 9;
	b.published = STR("2030-01-01");
	manifest_seal(&b, fixture->maker, &fixture->arena);
	assert_memory_equal(&a.root, &b.root, sizeof(a.root));
	assert_memory_equal(&a.root_sm3, &b.root_sm3, sizeof(a.root));
}

static void test_part_of_a_path(void **state)
{
	struct fixture *fixture = *state;
	struct manifest manifest = manifest_of(fixture, 0, 3000);
	const struct manifest_part *parts = manifest.parts.items;

	assert_null(manifest_part_of(&manifest, STR("c")));
	assert_ptr_equal(manifest_part_of(&manifest, STR("d/00000")), parts);
	assert_ptr_equal(manifest_part_of(&manifest, parts[2].first),
			 &parts[2]);
	assert_ptr_equal(manifest_part_of(&manifest, STR("e")),
			 &parts[manifest.parts.count - 1]);
}

#define ZEROES                                                                 \
	"000000000000000000000000000000000000000000000000000000000000000"      \
	"0"

/* A path of a manifest is a path below a tree. */
static void test_paths_stay_below(void **state)
{
	static const char *const wrong[] = {
		"../x", "/x", "x/../y", "x//y", "x/", ".", "", "x/./y",
	};
	struct fixture *fixture = *state;
	struct list files;

	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		str text = arena_printf(&fixture->arena,
					ZEROES " " ZEROES " 1 %s\n", wrong[i]);

		if (manifest_part_parse(&files, text, &fixture->arena))
			fail_msg("“%s” is a path", wrong[i]);
	}
	assert_true(manifest_part_parse(
		&files, STR(ZEROES " " ZEROES " 1 a b/c\n"), &fixture->arena));
	assert_false(manifest_part_parse(
		&files,
		STR(ZEROES " " ZEROES " 1 b\n" ZEROES " " ZEROES " 1 a\n"),
		&fixture->arena));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_digests),
		cmocka_unit_test(test_pieces_are_one_text),
		cmocka_unit_test(test_hex_comes_back),
		cmocka_unit_test(test_text_comes_back),
		cmocka_unit_test(test_no_byte_is_free),
		cmocka_unit_test(test_parts_are_shared),
		cmocka_unit_test(test_root_is_of_the_files),
		cmocka_unit_test(test_part_of_a_path),
		cmocka_unit_test(test_paths_stay_below),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
