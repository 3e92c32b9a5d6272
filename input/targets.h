/* Targets that a model is held against: what to look at, in which range it should lie, and who says so. */
#ifndef ECH_TARGETS_H
#define ECH_TARGETS_H

#include <stdbool.h>

#include "input/arena.h"
#include "model/error.h"

/** The mean of a measure over years of one group; year 0 is the start. */
struct ech_target_value {
    const char *measure; /* full name; "" where a target has no second value */
    const char *group;   /* id; "" for the first county */
    int from, to;        /* years, both included */
};

/** How the two values of a target become one number. */
enum ech_target_against {
    ECH_AGAINST_NOTHING,
    ECH_AGAINST_PLUS,
    ECH_AGAINST_MINUS,
    ECH_AGAINST_OVER
};

/** One row of a table of targets. */
struct ech_target {
    const char *id;
    const char *title[ECH_N_LANGS];
    const char *scenario; /* whose results are looked at */
    struct ech_target_value value;
    enum ech_target_against
        against; /* sum, difference or ratio of `value` and `other`, or `value` alone */
    struct ech_target_value other;
    double low,
        high;    /* the range in which it should lie; -INFINITY and INFINITY where it is open */
    bool fitted; /* was used to set a default: neither hit nor missed */
    const char *source;
    const char
        *remark[ECH_N_LANGS]; /* why it is missed, or what the range rests on; "" if nothing */
};

/** A table of targets; { 0 } is empty. Everything is the arena's. */
struct ech_targets {
    struct ech_arena arena;
    int n;
    struct ech_target *targets; /* [n] in the order of the file */
};

/**
 * Reads a table of targets (docs/validation.md says which columns). Everything wrong is recorded in one
 * pass with file, line and column; then the status is ECH_USAGE (ECH_MEMORY when too large) and
 * *targets is empty.
 */
enum ech_status ech_targets_read(const char *path, struct ech_targets *targets,
                                 struct ech_error *error);

/** Frees a table; { 0 } is allowed, twice too. */
void ech_targets_free(struct ech_targets *targets);

#endif
