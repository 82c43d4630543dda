"""Lines of tests that say who reviewed what: "ROLE [for] MAIL PATH…". Each is a
commit by MAIL (with "for": by somebody else) that changes no file, with a trailer
for every path, which names the file as it is written then."""

import places

OTHER = "bieren@example.cn"


def message(library, line):
    """(author's address, message)"""
    role, *rest = line.split()
    is_for = rest[0] == "for"
    mail, *paths = rest[is_for:]
    trailers = "".join(
        f"Reviewed-by: {role} <{mail}> "
        f"{places.git(library, 'hash-object', path).strip()}\n"
        for path in paths)
    return OTHER if is_for else mail, "审核\n\n" + trailers


def commit(library, line, date):
    author, text = message(library, line)
    places.git(library, "commit", "-q", "--allow-empty", "-m", text,
               env=places.environment(
                   GIT_AUTHOR_EMAIL=author, GIT_AUTHOR_DATE=date,
                   GIT_COMMITTER_DATE=date))
