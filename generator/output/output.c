/*
 * A page is compared with the file that stands there before it is written:
 * most pages of a build are the same, and a file that is not touched keeps its
 * inode and its time. Folders that were opened stay open for the next page
 * (system/folder.h), since opening a path costs more than writing the file.
 */
#include "output/output.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/claim.h"
#include "system/reason.h"

static struct diag *fail(struct diag_list *diags, const char *what, str path)
{
	return claim_fail(diags, what, path);
}

/* A disk that is full is full for every page: it is said once. */
static enum output_result fail_page(const struct output *output, str path,
				    struct diag_list *diags)
{
	if (!atomic_exchange(output->failed, true))
		fail(diags, _("cannot write"), path);
	return OUTPUT_FAILED;
}

bool output_has_failed(const struct output *output)
{
	return atomic_load(output->failed);
}

/* What an interrupted build left behind is of no use to this one. */
static bool open_staging(struct output *out, struct diag_list *diags)
{
	if (!sweep_remove(out->state, "new")) {
		fail(diags, _("cannot empty"), STR(".jiyue/new"));
		return false;
	}
	out->staging = claim_folder(out->state, "new");
	if (out->staging >= 0)
		out->roots = claim_folder(out->staging, "roots");
	if (out->staging >= 0 && out->roots >= 0)
		return true;
	fail(diags, _("cannot make"), STR(".jiyue/new"));
	return false;
}

bool output_open(struct output *out, const char *directory, struct arena *arena,
		 struct diag_list *diags)
{
	static const struct claim_kind kind = { ".jiyue", "--out", false };
	struct claim claim;

	*out = (struct output){ -1, -1, -1, -1, -1, arena, NULL };
	out->failed = arena_alloc(arena, sizeof(*out->failed));
	if (!claim_open(&claim, &kind, directory, arena, diags))
		return false;
	out->root = claim.root;
	out->state = claim.state;
	out->lock = claim.lock;
	if (open_staging(out, diags))
		return true;
	output_close(out);
	return false;
}

void output_close(struct output *out)
{
	const int descriptors[] = { out->roots, out->staging, out->lock,
				    out->state, out->root };

	for (size_t i = 0; i < COUNT_OF(descriptors); i++)
		if (descriptors[i] >= 0)
			close(descriptors[i]);
	*out = (struct output){ -1, -1, -1, -1, -1, NULL, NULL };
}

void output_hand_init(struct output_hand *hand, const struct output *output)
{
	hand->output = output;
	folder_init(&hand->folder, output->root);
	folder_init(&hand->fresh, output->roots);
}

void output_hand_release(struct output_hand *hand)
{
	folder_release(&hand->folder);
	folder_release(&hand->fresh);
}

static void staged_name(char name[32], size_t number)
{
	snprintf(name, 32, "%zu", number);
}

enum output_result output_stage(struct output_hand *hand, size_t number,
				str path, str bytes, struct diag_list *diags)
{
	char name[256];

	if (folder_of(&hand->folder, path, false, name) &&
	    folder_is_same(hand->folder.descriptor, name, bytes))
		return OUTPUT_UNCHANGED;
	return output_stage_changed(hand, number, path, bytes, diags);
}

enum output_result output_stage_changed(struct output_hand *hand, size_t number,
					str path, str bytes,
					struct diag_list *diags)
{
	char staged[32];

	staged_name(staged, number);
	if (folder_write(hand->output->staging, staged, bytes))
		return OUTPUT_STAGED;
	return fail_page(hand->output, path, diags);
}

enum output_result output_stage_fresh(struct output_hand *hand, str path,
				      str bytes, struct diag_list *diags)
{
	char name[256];

	if (folder_of(&hand->fresh, path, true, name) &&
	    folder_write(hand->fresh.descriptor, name, bytes))
		return OUTPUT_STAGED;
	return fail_page(hand->output, path, diags);
}

bool output_check_root(const struct output *output, str domain,
		       struct diag_list *diags)
{
	const char *name = arena_c_string(output->arena, domain);
	int reason = errno;
	struct stat status;
	struct diag *diag;

	if (fstatat(output->root, name, &status, AT_SYMLINK_NOFOLLOW) != 0 ||
	    !S_ISLNK(status.st_mode)) {
		errno = reason;
		return true;
	}
	diag = diag_failure(diags, "output-link",
			    _("%s in the output folder is a symbolic link, so "
			      "its pages would be written elsewhere"),
			    name);
	diag_help(diags, diag,
		  _("remove the link; to have the sites elsewhere, name that "
		    "folder with --out, which may be a link itself"));
	return false;
}

bool output_commit_fresh(const struct output *output, str domain,
			 struct diag_list *diags)
{
	const char *name = arena_c_string(output->arena, domain);

	if (renameat(output->roots, name, output->root, name) == 0)
		return true;
	if (!output_check_root(output, domain, diags))
		return false;
	/* What stands there is no folder: somebody's file. */
	if (errno == ENOTDIR && unlinkat(output->root, name, 0) == 0 &&
	    renameat(output->roots, name, output->root, name) == 0)
		return true;
	fail(diags, _("cannot write"), domain);
	return false;
}

static bool move(struct output_hand *hand, const char *staged, str path)
{
	char name[256];

	if (!folder_of(&hand->folder, path, true, name))
		return false;
	if (renameat(hand->output->staging, staged, hand->folder.descriptor,
		     name) == 0)
		return true;
	if (errno != EISDIR && errno != ENOTEMPTY && errno != EEXIST)
		return false;
	return sweep_remove(hand->folder.descriptor, name) &&
	       renameat(hand->output->staging, staged, hand->folder.descriptor,
			name) == 0;
}

bool output_commit(struct output_hand *hand, size_t number, str path,
		   struct diag_list *diags)
{
	char staged[32];

	staged_name(staged, number);
	if (move(hand, staged, path))
		return true;
	if ((errno == ENOTDIR || errno == ELOOP) &&
	    folder_clear_way(&hand->folder, path) && move(hand, staged, path))
		return true;
	fail(diags, _("cannot write"), path);
	return false;
}

static bool report_unread(str path, struct diag_list *diags)
{
	if (errno != ENOENT && errno != ENOTDIR)
		diag_failure(diags, "output-read", _("cannot read: %.*s: %s"),
			     STR_ARG(path), reason_text(errno));
	return false;
}

static bool read_below(str *out, int root, str path, struct arena *arena,
		       struct diag_list *diags)
{
	struct folder folder;
	char name[256];
	bool ok;

	folder_init(&folder, root);
	ok = (folder_of(&folder, path, false, name) &&
	      folder_read(out, folder.descriptor, name, arena)) ||
	     report_unread(path, diags);
	folder_release(&folder);
	return ok;
}

bool output_read(str *out, const struct output *output, str path,
		 struct arena *arena, struct diag_list *diags)
{
	return read_below(out, output->root, path, arena, diags);
}

bool output_read_fresh(str *out, const struct output *output, str path,
		       struct arena *arena, struct diag_list *diags)
{
	return read_below(out, output->roots, path, arena, diags);
}

bool output_read_staged(str *out, const struct output *output, size_t number,
			struct arena *arena, struct diag_list *diags)
{
	char staged[32];

	staged_name(staged, number);
	return read_below(out, output->staging, str_from_c(staged), arena,
			  diags);
}

bool output_sweep(const struct output *output, str domain,
		  sweep_is_planned *is_planned, void *context, size_t *removed,
		  struct diag_list *diags)
{
	struct sweep sweep = { .is_planned = is_planned, .context = context };
	char *name = arena_c_string(output->arena, domain);

	if (sweep_folder(&sweep, output->root, name)) {
		*removed += sweep.removed;
		return true;
	}
	fail(diags, _("cannot remove old pages of"), domain);
	return false;
}

bool output_remove(struct output_hand *hand, str path, struct diag_list *diags)
{
	char name[256];

	if (folder_of(&hand->folder, path, false, name) &&
	    unlinkat(hand->folder.descriptor, name, 0) == 0) {
		folder_remove_empty(&hand->folder, path, 1);
		return true;
	}
	/* Not there, or another page's folder stands where it was. */
	if (errno == ENOENT || errno == ENOTDIR || errno == EISDIR)
		return true;
	fail(diags, _("cannot remove"), path);
	return false;
}

bool output_has_file(const struct output *output, str path, uint64_t size)
{
	const char *name = arena_c_string(output->arena, path);
	struct stat status;

	return fstatat(output->root, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISREG(status.st_mode) && (uint64_t)status.st_size == size;
}

bool output_sync(const struct output *output, struct diag_list *diags)
{
	if (syncfs(output->root) == 0)
		return true;
	fail(diags, _("cannot bring to the disk"), STR("."));
	return false;
}

void output_sync_early(const struct output *output)
{
	syncfs(output->root);
}

bool output_has_site(const struct output *output, str domain)
{
	char *name = arena_c_string(output->arena, domain);
	struct stat status;

	return fstatat(output->root, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISDIR(status.st_mode);
}

/* --- domains of earlier builds --- */

static bool is_safe(str domain)
{
	return domain.len > 0 && domain.data[0] != '.' &&
	       str_find_byte(domain, '/') == STR_NONE;
}

/* Replaces .jiyue/<name> as a whole; something else may stand in its place. */
static bool replace_own(const struct output *output, const char *name,
			str bytes)
{
	if (!sweep_remove(output->staging, name) ||
	    !folder_write(output->staging, name, bytes))
		return false;
	return renameat(output->staging, name, output->state, name) == 0 ||
	       (errno == EISDIR && sweep_remove(output->state, name) &&
		renameat(output->staging, name, output->state, name) == 0);
}

/*
 * On the disk before a folder of theirs is: only what stands here is known to
 * be ours after a power cut, and can be taken away.
 */
static bool write_domains(const struct output *output, const str *domains,
			  size_t count)
{
	struct buf text;

	buf_init(&text, output->arena);
	for (size_t i = 0; i < count; i++)
		buf_printf(&text, "%.*s\n", STR_ARG(domains[i]));
	return folder_is_same(output->state, "domains", buf_str(&text)) ||
	       (replace_own(output, "domains", buf_str(&text)) &&
		syncfs(output->state) == 0);
}

bool output_put_own(const struct output *output, const char *name, str bytes,
		    bool *changed, struct diag_list *diags)
{
	const str path[] = { STR(".jiyue/"), str_from_c(name) };

	if (folder_is_same(output->state, name, bytes))
		return true;
	*changed = true;
	if (replace_own(output, name, bytes))
		return true;
	fail(diags, _("cannot write"), arena_join(output->arena, path, 2));
	return false;
}

static str read_domains(const struct output *output)
{
	str text = { NULL, 0 };

	if (!folder_read(&text, output->state, "domains", output->arena))
		return (str){ NULL, 0 };
	return text;
}

void output_domains(struct list *out, const struct output *output)
{
	str text = read_domains(output);
	str line;

	list_init(out, sizeof(str));
	while (str_split_next(&text, '\n', &line))
		if (is_safe(line) && output_has_site(output, line))
			*(str *)list_add(out, output->arena) = line;
}

bool output_note_domains(const struct output *output, const str *domains,
			 size_t count, struct diag_list *diags)
{
	str old = read_domains(output);
	struct list all;
	str line;

	list_init(&all, sizeof(str));
	for (size_t i = 0; i < count; i++)
		*(str *)list_add(&all, output->arena) = domains[i];
	while (str_split_next(&old, '\n', &line))
		if (is_safe(line) && !str_is_among(line, domains, count))
			*(str *)list_add(&all, output->arena) = line;
	if (write_domains(output, all.items, all.count))
		return true;
	fail(diags, _("cannot write"), STR(".jiyue/domains"));
	return false;
}

/*
 * Moved out of the way first: half a site must never stand there, neither for
 * a visitor nor for a later build that believes its record. A mount point
 * cannot be moved.
 */
static bool remove_root(const struct output *output, const char *name,
			size_t *removed)
{
	struct sweep sweep = { 0 };
	bool ok;

	if (renameat(output->root, name, output->staging, "gone") == 0)
		ok = sweep_folder(&sweep, output->staging, "gone");
	else
		ok = errno == ENOENT ||
		     sweep_folder(&sweep, output->root, name);
	*removed += sweep.removed;
	return ok;
}

bool output_keep_domains(const struct output *output, const str *domains,
			 size_t count, size_t *removed, struct diag_list *diags)
{
	str old = read_domains(output);
	str line;

	while (str_split_next(&old, '\n', &line)) {
		char *name = arena_c_string(output->arena, line);

		if (!is_safe(line) || str_is_among(line, domains, count))
			continue;
		if (!output_check_root(output, line, diags))
			return false;
		if (remove_root(output, name, removed))
			continue;
		fail(diags, _("cannot remove the closed site"), line);
		return false;
	}
	if (write_domains(output, domains, count))
		return true;
	fail(diags, _("cannot write"), STR(".jiyue/domains"));
	return false;
}
