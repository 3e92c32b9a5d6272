/* The keys that scenario files may hold: one row each, with form and range. */
#ifndef ECH_KEYS_H
#define ECH_KEYS_H

#include <stdbool.h>

#include "input/refuse.h"

/** Forms of values. */
enum ech_form {
    ECH_FORM_TEXT,     /* a word or sentence */
    ECH_FORM_NAME,     /* a line of at most 100 characters */
    ECH_FORM_ID,       /* a name: letters, digits, _ - . and non-ASCII letters */
    ECH_FORM_WORDS,    /* text, or {en: ..., zh: ...} */
    ECH_FORM_WHOLE,    /* a whole number */
    ECH_FORM_NUMBER,   /* a number */
    ECH_FORM_FLAG,     /* true or false */
    ECH_FORM_DATE,     /* 2026-06 */
    ECH_FORM_MONTHS,   /* 60, 5 y or 18 m */
    ECH_FORM_CHOICE,   /* one of `words` */
    ECH_FORM_MAP,      /* a map with the keys of `of` */
    ECH_FORM_LIST,     /* a list of such maps */
    ECH_FORM_PATHS,    /* a path or a list of paths */
    ECH_FORM_SPREAD,   /* a number, or {from: a, to: b} */
    ECH_FORM_TRACKS,   /* a whole number, or {admin: a, institution: b} */
    ECH_FORM_COUNTS,   /* {name: whole number, ...}, any names */
    ECH_FORM_SHARES,   /* {name: share, ...}, any names, or one name */
    ECH_FORM_RATE,     /* a rate as in a policy; node->policy is its struct ech_rate */
    ECH_FORM_AGES,     /* [from, to] */
    ECH_FORM_BANDS,    /* [[from, to, n or `rest`], ...] */
    ECH_FORM_POLICY,   /* {parameter: value, ...} */
    ECH_FORM_BY_TYPE,  /* {name: {parameter: value, ...}, ...} */
    ECH_FORM_BY_LEVEL, /* likewise */
    ECH_FORM_BY_KIND,  /* likewise */
    ECH_FORM_BY_UNIT,  /* likewise */
    ECH_N_FORMS
};

/** A key that a map may hold. Arrays of fields end with a row whose key is NULL. */
struct ech_field {
    const char *key;
    enum ech_form form;
    struct ech_range range;   /* of numbers */
    const char *const *words; /* [n_words] of a CHOICE */
    int n_words;
    const struct ech_field *of; /* of MAP and LIST */
    bool required;              /* in each map where it stands, in whatever file */
};

/** Keys of a whole file. */
extern const struct ech_field ech_keys_file[];

#endif
