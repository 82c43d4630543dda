/*
 * Every small file of the state folder is replaced whole, by a rename behind
 * an fsync, so whoever opens it finds it as it was before or behind a step.
 * The steps themselves are in release/go_live.c.
 */
#include "release/releases.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "system/folder.h"
#include "system/sweep.h"

static const struct claim_kind claim_kind = { ".releases", "--to", true };

enum { FOLDER_FLAGS = O_RDONLY | O_DIRECTORY | O_CLOEXEC };

const char *releases_tree_name(int tree)
{
	static const char *const names[RELEASE_TREES] = { "a", "b" };

	return names[tree];
}

struct release_name releases_name(uint64_t number)
{
	struct release_name name;

	snprintf(name.text, sizeof(name.text), "%" PRIu64, number);
	return name;
}

bool releases_damaged(struct diag_list *diags, const char *what, str name)
{
	struct diag *diag =
		diag_failure(diags, "release-damaged",
			     _("what is kept of the releases is damaged: %s "
			       "%.*s"),
			     what, STR_ARG(name));

	diag_help(diags, diag,
		  _("publish into a new folder and let servers serve that; "
		    "keep this one to find out what happened"));
	return false;
}

/* --- small files --- */

static bool write_whole(const struct releases *releases, int folder,
			const char *name, str bytes)
{
	int file;
	bool ok;

	if (!sweep_remove(releases->staging, "put") ||
	    !folder_write(releases->staging, "put", bytes))
		return false;
	file = openat(releases->staging, "put",
		      O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	ok = file >= 0 && fsync(file) == 0;
	if (file >= 0)
		close(file);
	return ok && renameat(releases->staging, "put", folder, name) == 0 &&
	       fsync(folder) == 0;
}

bool releases_put(const struct releases *releases, int folder, const char *name,
		  str bytes, struct diag_list *diags)
{
	if (write_whole(releases, folder, name, bytes))
		return true;
	claim_fail(diags, _("cannot write"), str_from_c(name));
	return false;
}

/* "12\n" or "12 13\n" */
static bool parse_numbers(struct list *out, str text, struct arena *arena)
{
	str word;

	list_init(out, sizeof(uint64_t));
	text = str_trim(text);
	if (text.len == 0)
		return true;
	while (str_split_next(&text, ' ', &word))
		if (!str_to_u64(list_add(out, arena), word))
			return false;
	return true;
}

static bool read_numbers(struct list *out, const struct releases *releases,
			 const char *name, struct diag_list *diags)
{
	str text = { NULL, 0 };

	list_init(out, sizeof(uint64_t));
	if (!folder_read(&text, releases->claim.state, name, releases->arena) &&
	    errno != ENOENT) {
		claim_fail(diags, _("cannot open"), str_from_c(name));
		return false;
	}
	return parse_numbers(out, text, releases->arena) ||
	       releases_damaged(diags, ".releases/", str_from_c(name));
}

static bool read_tree(struct releases *releases, int tree,
		      struct diag_list *diags)
{
	struct tree_state *state = &releases->trees[tree];
	const char *name = releases_tree_name(tree);
	const uint64_t *numbers;
	struct list list;

	if (!read_numbers(&list, releases, name, diags))
		return false;
	numbers = list.items;
	*state = (struct tree_state){ 0 };
	if (list.count > 0)
		state->release = numbers[0];
	if (list.count > 1)
		state->target = numbers[1];
	return true;
}

static bool put_numbers(struct releases *releases, const char *name,
			const uint64_t *numbers, size_t count,
			struct diag_list *diags)
{
	struct buf text;

	buf_init(&text, releases->arena);
	for (size_t i = 0; i < count; i++) {
		buf_add_c(&text, i == 0 ? "" : " ");
		buf_add_number(&text, numbers[i], 1);
	}
	buf_add_byte(&text, '\n');
	return releases_put(releases, releases->claim.state, name,
			    buf_str(&text), diags);
}

bool releases_note_tree(struct releases *releases, int tree,
			struct tree_state state, struct diag_list *diags)
{
	const uint64_t numbers[] = { state.release, state.target };

	if (!put_numbers(releases, releases_tree_name(tree), numbers,
			 state.target == 0 ? 1 : 2, diags))
		return false;
	releases->trees[tree] = state;
	return true;
}

bool releases_note_list(struct releases *releases, struct diag_list *diags)
{
	return put_numbers(releases, "list", releases->list.items,
			   releases->list.count, diags);
}

/* --- the link --- */

enum { LIVE_NONE = -1, LIVE_ODD = -2 };

int releases_live_tree(const struct releases *releases)
{
	char target[4];
	ssize_t length = readlinkat(releases->claim.root, "live", target,
				    sizeof(target));

	if (length < 0)
		return errno == ENOENT ? LIVE_NONE : LIVE_ODD;
	for (int i = 0; i < RELEASE_TREES; i++)
		if (length == 1 && target[0] == releases_tree_name(i)[0])
			return i;
	return LIVE_ODD;
}

bool releases_is_tree(const struct releases *releases, int tree,
		      uint64_t number)
{
	struct releases now = *releases;
	struct diag_list unsaid;

	diag_list_init(&unsaid, releases->arena);
	if (!read_tree(&now, tree, &unsaid))
		return false;
	now.live = tree;
	return releases_live(&now) == number;
}

uint64_t releases_live(const struct releases *releases)
{
	const struct tree_state *state;

	if (releases->live < 0)
		return 0;
	state = &releases->trees[releases->live];
	/* the link is set last: whoever is live has become what it should */
	return state->target != 0 ? state->target : state->release;
}

bool releases_has(const struct releases *releases, uint64_t number)
{
	const uint64_t *numbers = releases->list.items;

	for (size_t i = 0; i < releases->list.count; i++)
		if (numbers[i] == number)
			return true;
	return false;
}

uint64_t releases_next_number(const struct releases *releases)
{
	const uint64_t *numbers = releases->list.items;
	uint64_t last = 0;

	for (size_t i = 0; i < releases->list.count; i++)
		last = numbers[i] > last ? numbers[i] : last;
	for (size_t i = 0; i < RELEASE_TREES; i++) {
		const struct tree_state *state = &releases->trees[i];

		last = state->release > last ? state->release : last;
		last = state->target > last ? state->target : last;
	}
	return last + 1;
}

bool releases_folders(struct list *out, const struct releases *releases,
		      struct diag_list *diags)
{
	int folder = openat(releases->claim.state, ".", FOLDER_FLAGS);
	DIR *entries = folder < 0 ? NULL : fdopendir(folder);
	struct dirent *entry;

	list_init(out, sizeof(uint64_t));
	if (entries == NULL) {
		if (folder >= 0)
			close(folder);
		claim_fail(diags, _("cannot open"),
			   str_from_c(claim_kind.state));
		return false;
	}
	while ((entry = readdir(entries)) != NULL) {
		uint64_t number;

		if (str_to_u64(&number, str_from_c(entry->d_name)))
			*(uint64_t *)list_add(out, releases->arena) = number;
	}
	closedir(entries);
	return true;
}

str releases_source_path(const struct releases *releases, str path)
{
	return str_equal(path, RELEASES_REDIRECTS)
		       ? arena_printf(releases->arena, ".jiyue/%.*s",
				      STR_ARG(path))
		       : path;
}

/* --- opening --- */

static bool open_below(struct releases *out, struct diag_list *diags)
{
	out->parts = claim_folder(out->claim.state, "parts");
	out->old = claim_folder(out->claim.state, "old");
	if (sweep_remove(out->claim.state, "new"))
		out->staging = claim_folder(out->claim.state, "new");
	if (out->parts >= 0 && out->old >= 0 && out->staging >= 0)
		return true;
	claim_fail(diags, _("cannot make"), str_from_c(claim_kind.state));
	return false;
}

static bool refuse_live(struct diag_list *diags)
{
	struct diag *diag = diag_failure(
		diags, "release-link",
		_("“live” is no link to “a” or “b”: it leads elsewhere, or is "
		  "no link"));

	diag_help(diags, diag,
		  _("remove it when nothing needs it; publishing makes it "
		    "anew"));
	return false;
}

static bool read_state(struct releases *out, struct diag_list *diags)
{
	for (int i = 0; i < RELEASE_TREES; i++)
		if (!read_tree(out, i, diags))
			return false;
	if (!read_numbers(&out->list, out, "list", diags))
		return false;
	out->live = releases_live_tree(out);
	return out->live != LIVE_ODD || refuse_live(diags);
}

/*
 * The link was set, and the process ended before it said so: the tree had been
 * whole and on the disk before.
 */
static bool settle(struct releases *out, struct diag_list *diags)
{
	uint64_t number = releases_live(out);

	if (out->live < 0 || out->trees[out->live].target == 0)
		return true;
	if (!releases_has(out, number)) {
		*(uint64_t *)list_add(&out->list, out->arena) = number;
		if (!releases_note_list(out, diags))
			return false;
	}
	return releases_note_tree(out, out->live,
				  (struct tree_state){ number, 0 }, diags);
}

static bool refuse_none(const char *directory, struct diag_list *diags)
{
	struct diag *diag =
		diag_failure(diags, "release-none",
			     _("%s is no folder of releases"), directory);

	diag_help(diags, diag,
		  _("name the folder that jiyue publish --to wrote; jiyue "
		    "publish "
		    "--to %s makes the first release there when it is empty"),
		  directory);
	return false;
}

static bool is_there(const char *directory, struct arena *arena)
{
	str state =
		arena_printf(arena, "%s/%s/list", directory, claim_kind.state);

	return faccessat(AT_FDCWD, state.data, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

/* Without the lock, and nothing is made. */
static bool open_to_read(struct releases *out, const char *directory,
			 struct diag_list *diags)
{
	out->claim.root = open(directory, FOLDER_FLAGS);
	if (out->claim.root >= 0)
		out->claim.state = openat(out->claim.root, claim_kind.state,
					  FOLDER_FLAGS | O_NOFOLLOW);
	if (out->claim.state >= 0)
		out->parts = openat(out->claim.state, "parts",
				    FOLDER_FLAGS | O_NOFOLLOW);
	if (out->parts >= 0)
		return read_state(out, diags);
	claim_fail(diags, _("cannot open"), str_from_c(directory));
	return false;
}

static bool open_to_change(struct releases *out, const char *directory,
			   struct diag_list *diags)
{
	return claim_open(&out->claim, &claim_kind, directory, out->arena,
			  diags) &&
	       open_below(out, diags) && read_state(out, diags) &&
	       settle(out, diags);
}

bool releases_open(struct releases *out, const char *directory,
		   enum releases_use use, struct arena *arena,
		   struct diag_list *diags)
{
	bool ok;

	*out = (struct releases){ .claim = { -1, -1, -1 },
				  .parts = -1,
				  .old = -1,
				  .staging = -1,
				  .source = -1,
				  .live = LIVE_NONE,
				  .maker = file_digest_open(),
				  .arena = arena };
	list_init(&out->list, sizeof(uint64_t));
	if (use != RELEASES_MAKE && !is_there(directory, arena))
		ok = refuse_none(directory, diags);
	else if (use == RELEASES_READ)
		ok = open_to_read(out, directory, diags);
	else
		ok = open_to_change(out, directory, diags);
	if (!ok)
		releases_close(out);
	return ok;
}

void releases_close(struct releases *releases)
{
	const int descriptors[] = { releases->staging, releases->old,
				    releases->parts };

	for (size_t i = 0; i < COUNT_OF(descriptors); i++)
		if (descriptors[i] >= 0)
			close(descriptors[i]);
	claim_close(&releases->claim);
	if (releases->maker != NULL)
		file_digest_close(releases->maker);
	releases->maker = NULL;
	releases->parts = releases->old = releases->staging = -1;
}

bool releases_sync(const struct releases *releases, struct diag_list *diags)
{
	if (syncfs(releases->claim.root) == 0)
		return true;
	claim_fail(diags, _("cannot bring to the disk"), STR("."));
	return false;
}

/* --- what is kept of a release --- */

bool releases_refuse(const struct releases *releases, uint64_t number,
		     struct diag_list *diags)
{
	const uint64_t *numbers = releases->list.items;
	struct diag *diag;
	struct buf names;

	buf_init(&names, releases->arena);
	for (size_t i = 0; i < releases->list.count; i++)
		buf_printf(&names, "%s%s", i == 0 ? "" : ", ",
			   releases_name(numbers[i]).text);
	diag = number == 0
		       ? diag_failure(diags, "release-unknown",
				      _("the release before the one that is "
					"live is not kept"))
		       : diag_failure(diags, "release-unknown",
				      _("there is no release %s"),
				      releases_name(number).text);
	diag_help(diags, diag, _("choose one of: %.*s"),
		  STR_ARG(buf_str(&names)));
	return false;
}

static bool read_own(str *out, const struct releases *releases, uint64_t number,
		     const char *name)
{
	str path = arena_printf(releases->arena, "%s/%s",
				releases_name(number).text, name);
	struct folder folder;
	char last[256];
	bool ok;

	folder_init(&folder, releases->claim.state);
	ok = folder_of(&folder, path, false, last) &&
	     folder_read(out, folder.descriptor, last, releases->arena);
	folder_release(&folder);
	return ok;
}

bool releases_read_file(str *out, const struct releases *releases,
			uint64_t number, const char *name,
			struct diag_list *diags)
{
	if (read_own(out, releases, number, name))
		return true;
	claim_fail(diags, _("cannot open"),
		   arena_printf(releases->arena, ".releases/%s/%s",
				releases_name(number).text, name));
	return false;
}

str releases_try_file(const struct releases *releases, uint64_t number,
		      const char *name)
{
	str text;

	return read_own(&text, releases, number, name) ? text
						       : (str){ NULL, 0 };
}

bool releases_manifest(struct manifest *out, const struct releases *releases,
		       uint64_t number, struct diag_list *diags)
{
	str text;

	if (!releases_read_file(&text, releases, number, "manifest", diags))
		return false;
	return (text.len <= MANIFEST_LIMIT &&
		manifest_parse(out, text, releases->maker, releases->arena) &&
		out->number == number) ||
	       releases_damaged(diags, "manifest",
				str_from_c(releases_name(number).text));
}

static bool is_text_of(const struct releases *releases, str text,
		       const struct manifest_part *part)
{
	struct file_digest found = file_digest_of(releases->maker, text);

	return file_digest_equal(&found, &part->digest);
}

bool releases_part(struct list *out, const struct releases *releases,
		   const struct manifest_part *part, struct arena *arena,
		   struct diag_list *diags)
{
	struct buf name;
	str text;

	buf_init(&name, arena);
	file_digest_print(&name, &part->digest.sha256);
	return (part->digest.size <= MANIFEST_PART_LIMIT &&
		folder_read(&text, releases->parts, buf_str(&name).data,
			    arena) &&
		is_text_of(releases, text, part) &&
		manifest_part_parse(out, text, arena) &&
		out->count == part->files) ||
	       releases_damaged(diags, ".releases/parts/", buf_str(&name));
}
