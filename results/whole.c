#include "results/whole.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "results/claim.h"
#include "results/sql.h"

/* Signal handlers can reach nothing but variables at file scope. */
static struct ech_whole *first_open;

const char *ech_whole_reason(int number)
{
    switch (number) {
    case 0:
        return ECH_BOTH("output failed", "输出失败");
    case EPIPE:
        return ECH_BOTH("the reader has stopped reading (Broken pipe)", "读取方已停止读取");
    case ENOSPC:
        return ECH_BOTH("No space left on device", "磁盘空间不足");
    default:
        return strerror(number);
    }
}

static enum ech_status fail_write(const char *path, int number, struct ech_error *error)
{
    return ech_fail(error, ECH_ERR_WRITE,
                    (struct ech_facts){.what = path, .value = ech_whole_reason(number)});
}

static enum ech_status fail_exists(const char *path, const char *why, struct ech_error *error)
{
    return ech_fail(error, ECH_ERR_EXISTS, (struct ech_facts){.what = path, .hint = why});
}

static bool ends_in(const char *path, const char *ending)
{
    size_t length = strlen(path);
    size_t n = strlen(ending);
    return length >= n && strcmp(path + length - n, ending) == 0;
}

static enum ech_status check_kind(const char *path, struct ech_error *error)
{
    static const char *const scenario =
        ECH_BOTH("it is a scenario file; choose another name", "它是情景文件，请另选文件名");
    static const char *const results =
        ECH_BOTH("it is a results file; choose another name", "它是结果文件，请另选文件名");
    static const char *const beside = ECH_BOTH("it belongs to a results file; choose another name",
                                               "它属于一个结果文件，请另选文件名");
    static const struct {
        const char *ending, *why;
    } kinds[] = {{".yaml", scenario},
                 {".yml", scenario},
                 {"-wal", beside},
                 {"-shm", beside},
                 {"-journal", beside}};
    if (ech_sql_is_database(path)) {
        return fail_exists(path, results, error);
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (ends_in(path, kinds[i].ending)) {
            return fail_exists(path, kinds[i].why, error);
        }
    }
    return ECH_OK;
}

/* What stands there already; what cannot be looked at is said when it is written. */
static enum ech_status check_place(const char *path, struct ech_error *error)
{
    struct stat facts;
    if (stat(path, &facts) != 0) {
        return ECH_OK;
    }
    if (!S_ISREG(facts.st_mode)) {
        return ech_fail(
            error, ECH_ERR_WRITE,
            (struct ech_facts){.what = path,
                               .value = ECH_BOTH("it is not a regular file", "它不是普通文件")});
    }
    enum ech_status status = ech_claim_check(path, error);
    return status == ECH_OK ? check_kind(path, error) : status;
}

/* A run for this name would be lost sight of, or would end upon our file. */
static enum ech_status check_part(const char *path, struct ech_error *error)
{
    char part[sizeof((struct ech_whole *)0)->temporary];
    if (snprintf(part, sizeof part, "%s.part", path) >= (int)sizeof part) {
        return fail_write(path, ENAMETOOLONG, error);
    }
    enum ech_status status = ech_claim_check(part, error);
    if (status == ECH_OK && ech_sql_is_database(part)) {
        status = fail_exists(part,
                             ECH_BOTH("it holds what an interrupted run finished, and is read "
                                      "under this name; choose another name",
                                      "其中保存了被中断的运行已完成的部分，并以此文件名读取；"
                                      "请另选文件名"),
                             error);
    }
    return status;
}

enum ech_status ech_whole_check(const char *path, struct ech_error *error)
{
    enum ech_status status = check_place(path, error);
    return status == ECH_OK ? check_part(path, error) : status;
}

/* While the list of open files and the files themselves differ, no handler may look. */
static sigset_t hold_signals(void)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    return before;
}

static void let_signals(const sigset_t *before)
{
    pthread_sigmask(SIG_SETMASK, before, NULL);
}

/* A file that was not there before; -1 with errno. */
static int make_temporary(struct ech_whole *whole)
{
    enum { MOST_TRIES = 100 };
    int file = -1;
    errno = EEXIST;
    for (int i = 0; file < 0 && errno == EEXIST && i < MOST_TRIES; i++) {
        if (snprintf(whole->temporary, sizeof whole->temporary, "%s.%ld-%d.tmp", whole->path,
                     (long)getpid(), i) >= (int)sizeof whole->temporary) {
            errno = ENAMETOOLONG;
            break;
        }
        file = open(whole->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    }
    return file;
}

/* Makes the file and puts it on the list; 0 or an errno. */
static int begin(struct ech_whole *whole)
{
    int number = 0;
    sigset_t before = hold_signals();
    int file = make_temporary(whole);
    whole->out = file >= 0 ? fdopen(file, "wb") : NULL;
    if (whole->out == NULL) {
        number = errno;
    } else {
        whole->next = first_open;
        first_open = whole;
    }
    if (whole->out == NULL && file >= 0) {
        close(file);
        unlink(whole->temporary);
    }
    let_signals(&before);
    return number;
}

enum ech_status ech_whole_open(const char *path, struct ech_whole *whole, struct ech_error *error)
{
    struct stat facts;
    *whole = (struct ech_whole){.path = path};
    enum ech_status status = ech_whole_check(path, error);
    if (status != ECH_OK) {
        return status;
    }
    whole->replaces = lstat(path, &facts) == 0;
    if (whole->replaces) {
        whole->device = facts.st_dev;
        whole->inode = facts.st_ino;
    }
    int number = begin(whole);
    return number == 0 ? ECH_OK : fail_write(path, number, error);
}

void ech_whole_discard(struct ech_whole *whole)
{
    if (whole->out == NULL) {
        return;
    }
    sigset_t before = hold_signals();
    struct ech_whole **link = &first_open;
    while (*link != whole) {
        link = &(*link)->next;
    }
    *link = whole->next;
    unlink(whole->temporary); /* it is gone already if it has got its name */
    let_signals(&before);
    fclose(whole->out);
    whole->out = NULL;
}

void ech_whole_abandon(void)
{
    for (const struct ech_whole *whole = first_open; whole != NULL; whole = whole->next) {
        unlink(whole->temporary);
    }
}

static int sync_path(const char *path)
{
    int file = open(path, O_RDONLY);
    if (file < 0) {
        return errno;
    }
    int number = fsync(file) != 0 && errno != EINVAL ? errno : 0;
    close(file);
    return number;
}

/* A name is safe on the disk only when its folder is. */
static int sync_folder(const char *path)
{
    char *folder = strdup(path);
    if (!folder) {
        return ENOMEM;
    }
    char *slash = strrchr(folder, '/');
    if (slash) {
        slash[slash == folder] = '\0';
    }
    int number = sync_path(slash ? folder : ".");
    free(folder);
    return number;
}

/* Without a moment between looking and naming, where the file system knows hard links. */
static int name_anew(const char *from, const char *to)
{
    struct stat facts;
    if (link(from, to) == 0) {
        unlink(from);
        return 0;
    }
    if (errno == EEXIST || lstat(to, &facts) == 0) {
        return EEXIST;
    }
    return rename(from, to) == 0 ? 0 : errno;
}

int ech_whole_name(const char *from, const char *to, bool replace)
{
    int number = sync_path(from);
    if (number == 0 && replace) {
        number = rename(from, to) == 0 ? 0 : errno;
    } else if (number == 0) {
        number = name_anew(from, to);
    }
    return number == 0 ? sync_folder(to) : number;
}

/* Only the file that was there at the beginning gives way. */
static int give_name(const struct ech_whole *whole)
{
    struct stat now;
    bool replaces = whole->replaces && lstat(whole->path, &now) == 0;
    if (replaces && (now.st_ino != whole->inode || now.st_dev != whole->device)) {
        return EEXIST;
    }
    return ech_whole_name(whole->temporary, whole->path, replaces);
}

enum ech_status ech_whole_finish(struct ech_whole *whole, struct ech_error *error)
{
    int number = ferror(whole->out) ? EIO : fflush(whole->out) != 0 ? errno : 0;
    /* a run may have begun meanwhile, or ended */
    enum ech_status status = ech_whole_check(whole->path, error);
    if (status == ECH_OK && number == 0) {
        number = give_name(whole);
    }
    if (number == EEXIST) {
        status = fail_exists(
            whole->path,
            ECH_BOTH("another program has written it meanwhile", "在此期间另一个程序写入了此文件"),
            error);
    } else if (number != 0) {
        status = fail_write(whole->path, number, error);
    }
    ech_whole_discard(whole);
    return status;
}

enum ech_status ech_whole_write(const char *path, const char *bytes, size_t n,
                                struct ech_error *error)
{
    struct ech_whole whole;
    enum ech_status status = ech_whole_open(path, &whole, error);
    if (status != ECH_OK) {
        return status;
    }
    if (fwrite(bytes, 1, n, whole.out) != n) {
        status = fail_write(path, errno, error);
        ech_whole_discard(&whole);
        return status;
    }
    return ech_whole_finish(&whole, error);
}
