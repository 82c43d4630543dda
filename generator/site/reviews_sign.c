/*
 * Of sites with `review: signed` a line counts only in a commit that is signed
 * with a key of the one it names. The keys are those of the commit before it:
 * sites/<id>/allowed_signers, and for OpenPGP sites/<id>/signers/<mail>.gpg, so
 * that nobody brings his own key and uses it in one commit.
 *
 * A verdict is a function of the commit, the keys and the mail, and calling a
 * program is dear: verdicts are kept in the log, of which a build keeps those
 * that it asked for. Nobody is asked about a line by somebody without the role.
 */
#include "base/sha256.h"
#include "site/reviews_state.h"
#include "snapshot/commit_signature.h"

/* Which files have the keys for one mail; STR_NONE: there is none. */
struct keys {
	size_t signers;
	size_t keyring;
};

static void find_keys(struct keys *out, const struct sign_input *input, str id,
		      str mail, struct arena *arena)
{
	out->signers = snapshot_find(
		input->snapshot,
		arena_printf(arena, "sites/%.*s/allowed_signers", STR_ARG(id)));
	out->keyring =
		snapshot_find(input->snapshot,
			      arena_printf(arena, "sites/%.*s/signers/%.*s.gpg",
					   STR_ARG(id), STR_ARG(mail)));
}

static str blob_of(const struct sign_input *input, size_t file)
{
	return file == STR_NONE ? STR("")
				: snapshot_blob(input->snapshot, file);
}

static str bytes_of(const struct sign_input *input, size_t file,
		    struct arena *arena)
{
	struct diag_list ignored;
	str bytes;

	diag_list_init(&ignored, arena);
	return file != STR_NONE && snapshot_read(&bytes, input->reader, file,
						 arena, &ignored)
		       ? bytes
		       : STR("");
}

/* 32 bytes that stand for the whole question. */
static str key_of(const struct sign_input *input,
		  const struct review_entry *entry, const struct keys *keys,
		  struct arena *arena)
{
	const str parts[] = {
		{ (const char *)entry->commit, SNAPSHOT_ID_SIZE },
		blob_of(input, keys->signers),
		STR("\n"),
		blob_of(input, keys->keyring),
		STR("\n"),
		entry->mail,
	};
	struct sha256 *sum = arena_alloc(arena, sizeof(*sum));

	*sum = sha256_of(input->reviews->sums,
			 arena_join(arena, parts, COUNT_OF(parts)));
	return (str){ (const char *)sum->bytes, SHA256_SIZE };
}

static bool fail(const struct sign_input *input)
{
	struct diag *diag = diag_failure(
		input->diags, "review-program",
		_("ssh-keygen or gpgv is not there, or does not end: whether "
		  "reviews are signed cannot be known"));

	diag_help(input->diags, diag, "%s",
		  _("install openssh-client (and gpgv for signatures by "
		    "OpenPGP)"));
	return false;
}

/* False when nobody can say. */
static bool ask(bool *is_good, const struct sign_input *input,
		const struct review_entry *entry, const struct keys *keys,
		struct arena *scratch)
{
	const struct commit_signature asked = {
		.commit = entry->commit,
		.mail = entry->mail,
		.signers = bytes_of(input, keys->signers, scratch),
		.keyring = bytes_of(input, keys->keyring, scratch),
	};
	enum signature_end end = commit_signature_check(
		input->reviews->snapshot, &asked, scratch);

	*is_good = end == SIGNATURE_GOOD;
	return end != SIGNATURE_UNKNOWN || fail(input);
}

static bool sign_one(bool *is_good, const struct sign_input *input,
		     const struct asker *asker,
		     const struct review_entry *entry, struct arena *scratch)
{
	struct review_log *log = input->reviews->log;
	struct keys keys;
	str key;

	find_keys(&keys, input, asker->site->id, entry->mail, scratch);
	key = key_of(input, entry, &keys, scratch);
	if (!review_log_seal(is_good, log, key) &&
	    !ask(is_good, input, entry, &keys, scratch))
		return false;
	review_log_add_seal(log, key, *is_good);
	return true;
}

bool reviews_sign(const struct sign_input *input, struct asker *asker)
{
	const struct review_entry *entries = input->reviews->log->entries.items;
	const struct roles *roles = asker->found;
	struct arena scratch;
	bool ok = true;

	if (roles == NULL)
		return true;
	arena_init(&scratch);
	for (size_t i = input->first; ok && i < input->behind; i++) {
		const struct review_entry *entry = &entries[i];

		if (str_equal_ignoring_case(entry->mail, entry->author) &&
		    roles_has(roles, entry->mail, role_find(entry->role)))
			ok = sign_one(&asker->is_signed[i], input, asker, entry,
				      &scratch);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	return ok;
}
