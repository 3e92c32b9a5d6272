/* Files that appear whole or not at all: written under a name that nobody else has, beside their place,
   and given their own name at the end. Nothing of another kind and nobody else's is ever replaced. */
#ifndef ECH_WHOLE_H
#define ECH_WHOLE_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#include "model/error.h"

/** A file that is being written; { 0 } is none. It must not be moved while it is open. */
struct ech_whole {
    FILE *out;            /* where to write */
    const char *path;     /* its name at the end; the caller's */
    char temporary[4096]; /* its name until then */
    bool replaces;        /* at the beginning there was a file of its name, this one: */
    dev_t device;
    ino_t inode;
    struct ech_whole *next; /* others that are open */
};

/**
 * Whether a file of words, numbers or a picture may be written to `path`: there is none yet, or one of
 * that kind. Refused are pipes and devices (ECH_ERR_WRITE), results files and what lies beside them,
 * scenario files, and names for which a run keeps its results in `path`.part (ECH_ERR_EXISTS; ECH_ERR_BUSY
 * while the run goes on).
 */
enum ech_status ech_whole_check(const char *path, struct ech_error *error);

/** Begins a file that ech_whole_check allows. After a failure (ECH_ERR_WRITE too) none is open. One thread. */
enum ech_status ech_whole_open(const char *path, struct ech_whole *whole, struct ech_error *error);

/**
 * Flushes it to the disk and gives it its name, in place of the file that was there at the beginning. One
 * that somebody else has put there meanwhile stays: ECH_ERR_EXISTS. On failure nothing is left behind.
 */
enum ech_status ech_whole_finish(struct ech_whole *whole, struct ech_error *error);

/** Removes what was written; none open is allowed, and twice. */
void ech_whole_discard(struct ech_whole *whole);

/** Writes n bytes as the file `path`: open, write and finish. */
enum ech_status ech_whole_write(const char *path, const char *bytes, size_t n,
                                struct ech_error *error);

/** Removes the files that are open, for a program that is ended at once; a signal handler may call it. */
void ech_whole_abandon(void);

/**
 * Flushes the file `from` to the disk and calls it `to`, in the same folder, in place of another file only
 * with `replace`. 0, or an errno: EEXIST where there is one.
 */
int ech_whole_name(const char *from, const char *to, bool replace);

/** Why writing failed, an errno or 0, in both languages where it is usual. Static, or strerror's. */
const char *ech_whole_reason(int number);

#endif
