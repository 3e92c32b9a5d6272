/* The lines of extremes.def as a table. */
#ifndef TESTS_EXTREMES_H
#define TESTS_EXTREMES_H

#include <stddef.h>

enum extreme_effect { MORE, LESS, NONE };

/** One line of EXTREME. */
struct extreme {
    const char *path;
    const char *with;
    const char *from;
    const char *to;
    const char *what;
    enum extreme_effect effect;
    const char *idle; /* SWITCH: none */
};

/** One line of TESTED: a test of a file below tests/, and where the parameter is set for it. */
struct extreme_elsewhere {
    const char *path;
    const char *file;
    const char *test;
    const char *where;
};

#define SWITCH NULL

/* Policies that several lines share. */
#define NOBODY_CHOOSES "exit.resign.rate: 0, exit.upward.rate: 0, exit.outward.rate: 0"
#define NO_LISTS "reserve.chief_ratio: 0, reserve.deputy_ratio: 0"
#define BUSY_ROTATION "rotation.max_tenure: 24, rotation.min_tenure: 12, rotation.share_cap: 1"
#define SHORT_LISTS                                                                                \
    "reserve.use: required, reserve.chief_ratio: 0.5, reserve.deputy_ratio: 0.2, "                 \
    "reserve.within: 240, reserve.max_age: off"
#define RELAXED "selection.nobody: relax, eligibility.min_level_time: 240"
#define NOBODY_COMES "hiring.quota: 0, entry.transfer_in: 0"
#define MEASURED "performance.competence: 0.1"
#define ASSESSED "assessment.held: true"
#define TRAINED "training.seats: 200, training.appointees: true, " MEASURED
#define ECONOMY_ALONE ASSESSED ", performance.effort: 3, assessment.weight.broad: 0"
#define VIEWS_ALONE ECONOMY_ALONE ", assessment.weight.economic: 0"
#define GRADED                                                                                     \
    "grade.rule: years, grade.cap_principal: off, grade.cap_upper_principal: off, "                \
    "grade.cap_consultant: off, grade.cap_top_consultant: off"
#define ALL_FROM_OUTSIDE "selection.scope: outside, eligibility.max_age: 25"

static const struct extreme extremes[] = {
#define EXTREME(path, with, from, to, what, effect, idle)                                          \
    {path, with, from, to, what, effect, idle},
#define TESTED(path, file, test, where)
#include "extremes.def"
#undef EXTREME
#undef TESTED
};

static const struct extreme_elsewhere extremes_elsewhere[] = {
#define EXTREME(path, with, from, to, what, effect, idle)
#define TESTED(path, file, test, where) {path, file, test, where},
#include "extremes.def"
#undef EXTREME
#undef TESTED
};

enum {
    N_EXTREMES = sizeof extremes / sizeof extremes[0],
    N_EXTREMES_ELSEWHERE = sizeof extremes_elsewhere / sizeof extremes_elsewhere[0]
};

#endif
