/* Errors of the user and of the world: facts are collected here, words stand in errors.def. */
#ifndef ECH_ERROR_H
#define ECH_ERROR_H

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

/** Exit status of a command, and what every function that can fail returns. */
enum ech_status {
    ECH_OK = 0,
    ECH_PARTIAL = 1, /* done, but something asked for is missing */
    ECH_USAGE = 2,   /* bad usage or input; nothing was run or written */
    ECH_IO = 3,
    ECH_MEMORY = 4,
    ECH_INTERRUPTED = 130
};

/** Language of words shown to the user. */
enum ech_lang { ECH_LANG_EN = 0, ECH_LANG_ZH = 1, ECH_N_LANGS = 2 };

/** One code for each row of errors.def. */
enum ech_error_code {
#define ERROR(code, status, en, zh) ECH_ERR_##code,
#include "model/errors.def"
#undef ERROR
    ECH_N_ERRORS
};

/** A place in an input file; `file` NULL: none. line and column count from 1. */
struct ech_mark {
    const char *file;
    int line;
    int column;
};

/** Between the English and the Chinese words of a fact; no input text may hold this character. */
#define ECH_BOTH_SEPARATOR "\x1f"
/** A fact in words: each message shows the half in its language. Facts without words need none. */
#define ECH_BOTH(en, zh) en ECH_BOTH_SEPARATOR zh

/**
 * What happened. All strings may be NULL; ech_fail() copies them. A NULL or empty fact drops its
 * placeholder in the message with the separator before it.
 */
struct ech_facts {
    const char *what;
    const char *value;
    const char *allowed;
    const char *unit;
    const char *hint;
    struct ech_mark at;
};

/** One recorded problem. It owns its strings, the file name in facts.at included. */
struct ech_problem {
    enum ech_error_code code;
    struct ech_facts facts;
};

/** A list of problems; { 0 } is empty and valid. Owns `problems` [n_problems]. */
struct ech_error {
    struct ech_problem *problems;
    int n_problems;
    int capacity;
    int out_of_memory; /* a problem could not even be recorded */
};

/** Records one problem (strings are copied) and gives the status of its row. `error` may be NULL. */
enum ech_status ech_fail(struct ech_error *error, enum ech_error_code code, struct ech_facts facts);

/** Status of a code, from its row. */
enum ech_status ech_error_status(enum ech_error_code code);

/** Name of a code as in errors.def, for tests and logs. Static. */
const char *ech_error_name(enum ech_error_code code);

/** The graver of two statuses: ECH_MEMORY > ECH_IO > ECH_USAGE > ECH_PARTIAL > ECH_OK. */
enum ech_status ech_status_worse(enum ech_status a, enum ech_status b);

/**
 * Writes "file:line:column: words" of one problem into text[size], always terminated and never
 * cut within a UTF-8 character. Gives the length that the whole text has.
 */
size_t ech_error_text(const struct ech_problem *problem, enum ech_lang lang, char *text,
                      size_t size);

/** Frees the problems; the struct is empty again and may be freed twice. */
void ech_error_free(struct ech_error *error);

/** Stops the program with a word if `condition` is false: a fault of ours, always compiled in. */
#define ECH_ASSERT(condition)                                                                      \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: assertion failed: %s\n", __FILE__, __LINE__, #condition);      \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

#endif
