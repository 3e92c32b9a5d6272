#define _XOPEN_SOURCE 700 /* realpath */

#include "input/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sys/types.h>

#include <sha2.h>

#include "model/error.h"

/* Reading */

static const char *words_of(int code, struct ech_arena *arena)
{
    switch (code) {
    case ENOENT:
    case ENOTDIR:
        return ECH_BOTH("there is no such file", "文件不存在");
    case EACCES:
    case EPERM:
        return ECH_BOTH("permission denied", "没有读取权限");
    case EISDIR:
        return ECH_BOTH("it is a directory", "这是一个目录");
    case ELOOP:
        return ECH_BOTH("its links go round in a circle", "符号链接形成循环");
    default:
        return ech_arena_format(arena, ECH_BOTH("system error %d", "系统错误 %d"), code, code);
    }
}

/** Opens a regular file for reading; else -1 and the reason. */
static int open_regular(const char *path, struct stat *facts, const char **problem,
                        struct ech_arena *arena)
{
    /* O_NONBLOCK: a pipe without a writer must be refused, not waited for */
    int handle = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (handle < 0) {
        *problem = words_of(errno, arena);
        return -1;
    }
    if (fstat(handle, facts) == 0 && S_ISREG(facts->st_mode)) {
        return handle;
    }
    *problem = S_ISDIR(facts->st_mode) ? words_of(EISDIR, arena)
                                       : ECH_BOTH("it is not a regular file", "不是普通文件");
    close(handle);
    return -1;
}

/** Reads up to `size` bytes; the number read, or -1 and errno. */
static ssize_t read_all(int handle, char *bytes, size_t size)
{
    size_t done = 0;
    while (done < size) {
        ssize_t n = read(handle, bytes + done, size - done);
        if (n == 0) {
            break;
        }
        if (n > 0) {
            done += (size_t)n;
        } else if (errno != EINTR) {
            return -1;
        }
    }
    return (ssize_t)done;
}

struct ech_file ech_file_read(const char *path, size_t limit, struct ech_arena *arena)
{
    struct ech_file file = {.path = path, .real = ech_path_real(path, arena)};
    char *bytes = NULL;
    struct stat facts = {0};
    if (stat(path, &facts) == 0 && S_ISREG(facts.st_mode) && facts.st_size <= (off_t)limit) {
        /* taken before the file is open: the arena may not return, and one byte more than there
           should be shows a file that grows */
        bytes = ech_arena_take(arena, (size_t)facts.st_size + 1);
    }
    int handle = open_regular(path, &facts, &file.problem, arena);
    if (handle < 0) {
        return file;
    }
    ssize_t length = bytes != NULL ? read_all(handle, bytes, (size_t)facts.st_size) : 0;
    int code = errno;
    close(handle);
    if (length < 0) {
        file.problem = words_of(code, arena);
        return file;
    }
    if (bytes == NULL) {
        file.too_large = true;
        file.problem = ech_arena_format(arena, "%lld", (long long)facts.st_size);
        return file;
    }
    file.length = (size_t)length;
    file.bytes = bytes;
    return file;
}

const char *ech_file_digest(const struct ech_file *file, struct ech_arena *arena)
{
    char *hex = ech_arena_take(arena, SHA256_DIGEST_STRING_LENGTH);
    SHA256Data((const uint8_t *)file->bytes, file->length, hex);
    return hex;
}

/* Paths */

const char *ech_path_folder(const char *path, struct ech_arena *arena)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return ".";
    }
    size_t length = slash > path ? (size_t)(slash - path) : 1;
    return ech_arena_text(arena, path, length);
}

const char *ech_path_real(const char *path, struct ech_arena *arena)
{
    char *real = realpath(path, NULL);
    if (real == NULL) {
        return NULL;
    }
    size_t length = strlen(real);
    if (length >= PATH_MAX) { /* the arena may not return: copy through the stack */
        free(real);
        return NULL;
    }
    char copy[PATH_MAX];
    memcpy(copy, real, length + 1);
    free(real);
    return ech_arena_text(arena, copy, length);
}

/** Start of the last component of out[root ... n), which is not empty. */
static size_t last_component(const char *out, size_t root, size_t n)
{
    size_t start = n;
    while (start > root && out[start - 1] != '/') {
        start--;
    }
    return start;
}

/** Adds one component of a path to out[n], or takes the last one off for ".."; gives the new n. */
static size_t add_component(char *out, size_t root, size_t n, const char *part, size_t length)
{
    bool up = length == 2 && memcmp(part, "..", 2) == 0;
    if (length == 0 || (length == 1 && part[0] == '.') || (up && root > 0 && n == root)) {
        return n;
    }
    size_t last = last_component(out, root, n);
    if (up && n > root && !(n - last == 2 && memcmp(out + last, "..", 2) == 0)) {
        return last > root ? last - 1 : root;
    }
    if (n > root) {
        out[n++] = '/';
    }
    memcpy(out + n, part, length);
    return n + length;
}

/** The path without "./" and "name/../". */
static const char *simplified(const char *path, struct ech_arena *arena)
{
    char *out = ech_arena_take(arena, strlen(path) + 2);
    size_t root = path[0] == '/' ? 1 : 0;
    out[0] = '/';
    size_t n = root;
    for (const char *part = path; *part != '\0';) {
        size_t length = strcspn(part, "/");
        n = add_component(out, root, n, part, length);
        part += length + (part[length] == '/');
    }
    if (n == 0) {
        out[n++] = '.';
    }
    out[n] = '\0';
    return out;
}

const char *ech_path_join(const char *from, const char *name, struct ech_arena *arena)
{
    const char *folder = ech_path_folder(from, arena);
    bool beside = name[0] == '/' || strcmp(folder, ".") == 0;
    const char *joined = beside ? name : ech_arena_format(arena, "%s/%s", folder, name);
    const char *plain = simplified(joined, arena);
    const char *real = ech_path_real(joined, arena);
    const char *plain_real = ech_path_real(plain, arena);
    bool same = real == NULL || (plain_real != NULL && strcmp(real, plain_real) == 0);
    return same ? plain : joined;
}

const char *ech_path_relative(const char *base, const char *real, struct ech_arena *arena)
{
    size_t common = 0; /* length of the folders that both share, with the closing slash */
    for (size_t i = 0; base[i] == real[i] || (base[i] == '\0' && real[i] == '/'); i++) {
        if (real[i] == '/') {
            common = i + 1;
        }
        if (base[i] == '\0' || real[i] == '\0') {
            break;
        }
    }
    const char *up = "";
    if (common < strlen(base)) {
        up = "../";
        for (const char *c = base + common; *c != '\0'; c++) {
            up = *c == '/' ? ech_arena_format(arena, "../%s", up) : up;
        }
    }
    return ech_arena_format(arena, "%s%s", up, real + common);
}

const char *ech_path_stem(const char *path, struct ech_arena *arena)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    bool known = dot != NULL && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
    size_t length = known && dot > name ? (size_t)(dot - name) : strlen(name);
    return ech_arena_text(arena, name, length);
}
