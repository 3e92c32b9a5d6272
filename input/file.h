/* Files as bytes, their digests, and paths as users write and read them. */
#ifndef ECH_FILE_H
#define ECH_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "input/arena.h"

/** A file that was read, or why it could not be. Strings are owned by the arena. */
struct ech_file {
    const char *path;  /* as shown in messages */
    const char *real;  /* absolute, without links: the file's identity; NULL if there is none */
    const char *bytes; /* [length], followed by a zero byte; NULL: see problem */
    size_t length;
    const char *problem; /* NULL: none; else words in both languages */
    bool too_large;      /* the problem is the size */
};

/**
 * Reads a regular file of at most `limit` bytes. Devices, pipes and directories are refused, because
 * they may never end.
 */
struct ech_file ech_file_read(const char *path, size_t limit, struct ech_arena *arena);

/** SHA-256 of the bytes as 64 hex digits, owned by the arena. */
const char *ech_file_digest(const struct ech_file *file, struct ech_arena *arena);

/**
 * The path that `name` means when it is written in file `from`: absolute names stay, others start at
 * the folder of `from`. "a/../" is taken out where that names the same file. Owned by the arena.
 */
const char *ech_path_join(const char *from, const char *name, struct ech_arena *arena);

/** Absolute path `real` as seen from the absolute folder `base`, with "../" where needed. */
const char *ech_path_relative(const char *base, const char *real, struct ech_arena *arena);

/** Folder of a path, "." if it names none. */
const char *ech_path_folder(const char *path, struct ech_arena *arena);

/** Absolute path without links, or NULL if there is no such file. */
const char *ech_path_real(const char *path, struct ech_arena *arena);

/** Name of a file without folders and without the ending .yaml or .yml. */
const char *ech_path_stem(const char *path, struct ech_arena *arena);

#endif
