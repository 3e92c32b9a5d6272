#include "results/claim.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* flock() and not fcntl(): SQLite has locks of that kind on the file, which closing any descriptor of it
   would drop. */
static bool lock(int file)
{
    return flock(file, LOCK_EX | LOCK_NB) == 0;
}

static enum ech_status fail_busy(const char *path, struct ech_error *error)
{
    return ech_fail(error, ECH_ERR_BUSY, (struct ech_facts){.what = path});
}

enum ech_status ech_claim_check(const char *path, struct ech_error *error)
{
    int file = open(path, O_RDONLY | O_NONBLOCK);
    if (file < 0) {
        return ECH_OK;
    }
    bool busy = !lock(file) && errno == EWOULDBLOCK;
    close(file);
    return busy ? fail_busy(path, error) : ECH_OK;
}

/* Whether the file that is open is still the one of this name, and not removed by who came in between. */
static bool is_at(int file, const char *path)
{
    struct stat here;
    struct stat there;
    return fstat(file, &here) == 0 && stat(path, &there) == 0 && here.st_ino == there.st_ino &&
           here.st_dev == there.st_dev;
}

enum ech_status ech_claim_take(const char *path, int *claim, struct ech_error *error)
{
    *claim = ECH_UNCLAIMED;
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0) {
        return errno == EEXIST
                   ? fail_busy(path, error)
                   : ech_fail(error, ECH_ERR_WRITE,
                              (struct ech_facts){.what = path, .value = strerror(errno)});
    }
    bool mine = lock(file) || errno != EWOULDBLOCK; /* some file systems know no locks */
    if (!mine || !is_at(file, path)) {
        close(file);
        return fail_busy(path, error);
    }
    *claim = file;
    return ECH_OK;
}

void ech_claim_release(int claim)
{
    if (claim != ECH_UNCLAIMED) {
        close(claim);
    }
}
