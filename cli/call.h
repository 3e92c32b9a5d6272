/* The command line: one table of commands, one of options; both drive parsing and help. */
#ifndef ECH_CALL_H
#define ECH_CALL_H

#include <stdbool.h>
#include <stdint.h>

#include "input/names.h"
#include "model/error.h"

enum ech_option_id {
    ECH_OPT_OUTPUT,
    ECH_OPT_REPLICATIONS,
    ECH_OPT_SEED,
    ECH_OPT_THREADS,
    ECH_OPT_OVERWRITE,
    ECH_OPT_KEEP,
    ECH_OPT_BASELINE,
    ECH_OPT_MEASURE,
    ECH_OPT_BY,
    ECH_OPT_GROUP,
    ECH_OPT_TABLE,
    ECH_OPT_EACH,
    ECH_OPT_FIGURE,
    ECH_OPT_LIST,
    ECH_OPT_OUT,
    ECH_OPT_REPLICATION,
    ECH_OPT_YAML,
    ECH_OPT_FORMAT,
    ECH_OPT_PERSON,
    ECH_OPT_POST,
    ECH_OPT_CHAIN,
    ECH_OPT_QUIET,
    ECH_OPT_LANG,
    ECH_OPT_HELP,
    ECH_OPT_VERSION,
    ECH_N_OPTIONS
};

enum ech_option_kind {
    ECH_OPTION_FLAG,
    ECH_OPTION_TEXT,
    ECH_OPTION_LIST,   /* may be given several times */
    ECH_OPTION_CHOICE, /* one of the row's words */
    ECH_OPTION_SET,    /* one of the row's words; may be given several times */
    ECH_OPTION_NUMBER  /* a whole number in the row's range */
};

struct ech_call;

/** A command: one row of the table. */
struct ech_command {
    const char *name;
    const char *operands; /* "SCENARIO..." */
    int min_operands;
    int max_operands;
    /** Does it; words of failure go to `error`, data to stdout. */
    enum ech_status (*act)(const struct ech_call *call, struct ech_error *error);
    const char *text[ECH_N_LANGS];
    const char *example;
};

/** An option: one row of the table. Several rows share an id where the words differ by command. */
struct ech_option {
    enum ech_option_id id;
    const char *name;  /* NULL: only the letter */
    int letter;        /* 0: none */
    unsigned commands; /* bit c: option of command c */
    enum ech_option_kind kind;
    const char
        *argument;     /* "FILE"; of CHOICE and SET the words "svg|png|pdf", the first of a CHOICE
                          is the default */
    const char *later; /* words of a CHOICE that a later version will know; "" */
    uint64_t def, min, max; /* of a NUMBER */
    const char *text[ECH_N_LANGS];
};

/** A command line, parsed. Strings are those of argv; the arrays are owned by the call. */
struct ech_call {
    const struct ech_command *command; /* NULL: none */
    enum ech_lang lang;
    bool given[ECH_N_OPTIONS];
    const char *text[ECH_N_OPTIONS]; /* NULL if not given; of a CHOICE never NULL */
    int choice[ECH_N_OPTIONS];       /* position among the words of a CHOICE */
    uint64_t number[ECH_N_OPTIONS];  /* of a NUMBER, its default if not given */
    unsigned set[ECH_N_OPTIONS];     /* of a SET, bit i: the i-th word was given */
    int n_operands;
    const char **operands; /* [n_operands] */
    int n_listed;
    const char **listed; /* [n_listed], values of the LIST option */
};

/** Language of the user: LC_ALL, LC_MESSAGES or LANG, the first that is set. */
enum ech_lang ech_call_language(void);

/**
 * Reads a command line. Everything wrong is recorded in `error` and the status is ECH_USAGE;
 * *call is filled as far as possible, also then.
 */
enum ech_status ech_call_parse(int argc, char **argv, struct ech_call *call,
                               struct ech_error *error);
/** Frees what a call owns; twice is allowed. */
void ech_call_free(struct ech_call *call);

/**
 * ECH_ERR_UNKNOWN_NAME for the word of a guess, of which there is no such `what`: with the nearest known one
 * as hint, or with `otherwise`; both in both languages.
 */
enum ech_status ech_call_refuse_name(const struct ech_guess *guess, const char *what,
                                     const char *otherwise, struct ech_error *error);

/** "did you mean 'best'?" in both languages into hint[size]; empty when nothing is near enough. */
void ech_call_hint(const struct ech_guess *guess, char *hint, size_t size);

/** Prints the help of the program, or of call->command, on stdout. */
void ech_call_help(const struct ech_call *call);

/** The two tables. */
extern const struct ech_command ech_commands[];
extern const int ech_n_commands;
extern const struct ech_option ech_options[];
extern const int ech_n_options;

/** Whether an option belongs to a command (NULL: to the program). */
bool ech_option_of(const struct ech_option *option, const struct ech_command *command);

#endif
