/* What the tests of plots share: folders, files, well-formedness of XML. */
#ifndef ECH_PLOTS_FIXTURE_H
#define ECH_PLOTS_FIXTURE_H

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "plots/glyphs.h"
#include "plots/text.h"

enum { PATH_SIZE = 512 };

/* A new empty folder; its name is written to folder[PATH_SIZE]. */
static inline void make_folder(char *folder)
{
    snprintf(folder, PATH_SIZE, "/tmp/echelon-plots-XXXXXX");
    assert_non_null(mkdtemp(folder));
}

/* Removes a folder and the files in it. */
static inline void remove_folder(const char *folder)
{
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        char path[PATH_SIZE + 300];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] != '.') {
            assert_int_equal(unlink(path), 0);
        }
    }
    closedir(dir);
    assert_int_equal(rmdir(folder), 0);
}

static inline int count_files(const char *folder)
{
    DIR *dir = opendir(folder);
    int n = 0;
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        n += entry->d_name[0] != '.' ? 1 : 0;
    }
    closedir(dir);
    return n;
}

static inline void read_whole(const char *path, struct ech_text *text)
{
    char bytes[65536];
    size_t n;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    while ((n = fread(bytes, 1, sizeof bytes, file)) > 0) {
        ech_text_bytes(text, bytes, n);
    }
    fclose(file);
    assert_false(text->failed);
}

/* A program `name` in `folder` that runs this script; alone in PATH until put_path_back(). */
static inline void put_program(const char *folder, const char *name, const char *script)
{
    char path[PATH_SIZE + 64];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "#!/bin/sh\n%s\n", script);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, 0755), 0);
}

static char usual_path[4096];

static inline void set_path(const char *path)
{
    if (!usual_path[0]) {
        snprintf(usual_path, sizeof usual_path, "%s", getenv("PATH"));
    }
    assert_int_equal(setenv("PATH", path, 1), 0);
}

static inline void put_path_back(void)
{
    assert_int_equal(setenv("PATH", usual_path, 1), 0);
}

static inline bool has_ideographs(const char *string)
{
    for (uint32_t glyph; (glyph = ech_glyph_next(&string)) != 0;) {
        if (glyph >= 0x3000 && glyph < 0xFFE0 && glyph != 0xFFFD) {
            return true;
        }
    }
    return false;
}

/* The end of a tag that begins at `at`, with quoted attributes skipped; NULL if it never ends. */
static inline const char *tag_end(const char *at)
{
    char quote = 0;
    for (; *at; at++) {
        if (quote) {
            quote = *at == quote ? 0 : quote;
        } else if (*at == '"' || *at == '\'') {
            quote = *at;
        } else if (*at == '>') {
            return at;
        }
    }
    return NULL;
}

/* Fails unless every tag is closed in order and no `<` or `&` stands alone. */
static inline void assert_well_formed(const char *xml)
{
    enum { DEPTH = 64 };
    char open[DEPTH][32];
    int depth = 0;
    for (const char *at = xml; *at; at++) {
        if (*at == '&') {
            assert_non_null(strchr(at, ';'));
            assert_true(strchr(at, ';') - at <= 7);
        }
        if (*at != '<') {
            continue;
        }
        const char *end = tag_end(at);
        assert_non_null(end);
        size_t length = strcspn(at + 1, " \n\t/>");
        char name[32];
        if (at[1] == '?' || at[1] == '!') {
            at = end;
            continue;
        }
        bool closing = at[1] == '/';
        length = strcspn(at + 1 + closing, " \n\t/>");
        assert_in_range(length, 1, sizeof name - 1);
        snprintf(name, sizeof name, "%.*s", (int)length, at + 1 + closing);
        if (closing) {
            assert_true(depth > 0);
            assert_string_equal(open[--depth], name);
        } else if (end[-1] != '/') {
            assert_true(depth < DEPTH);
            memcpy(open[depth++], name, sizeof name);
        }
        at = end;
    }
    assert_int_equal(depth, 0);
}

#endif
