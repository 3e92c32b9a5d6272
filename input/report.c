#include "input/report.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/** A problem with its number, for a stable sort. */
struct numbered {
    struct ech_problem problem;
    int number;
};

static int compare_text(const char *a, const char *b)
{
    if (a == NULL || b == NULL) {
        return (a != NULL) - (b != NULL);
    }
    return strcmp(a, b);
}

static int compare_place(const struct ech_mark *a, const struct ech_mark *b)
{
    int differ = compare_text(a->file, b->file);
    differ = differ != 0 ? differ : (a->line > b->line) - (a->line < b->line);
    return differ != 0 ? differ : (a->column > b->column) - (a->column < b->column);
}

static int by_place(const void *a, const void *b)
{
    const struct numbered *x = a;
    const struct numbered *y = b;
    int differ = compare_place(&x->problem.facts.at, &y->problem.facts.at);
    return differ != 0 ? differ : x->number - y->number;
}

static bool is_same(const struct ech_problem *a, const struct ech_problem *b)
{
    const struct ech_facts *x = &a->facts;
    const struct ech_facts *y = &b->facts;
    return a->code == b->code && compare_place(&x->at, &y->at) == 0 &&
           compare_text(x->what, y->what) == 0 && compare_text(x->value, y->value) == 0 &&
           compare_text(x->allowed, y->allowed) == 0 && compare_text(x->hint, y->hint) == 0;
}

/** True if one of the problems before `end` at the same place says the same. */
static bool is_said(const struct ech_problem *problems, int from, int end,
                    const struct ech_problem *problem)
{
    for (int i = end - 1; i >= from; i--) {
        if (compare_place(&problems[i].facts.at, &problem->facts.at) != 0) {
            return false;
        }
        if (is_same(&problems[i], problem)) {
            return true;
        }
    }
    return false;
}

/** Frees one problem, through a list of its own. */
static void drop(struct ech_problem problem)
{
    struct ech_error list = {.problems = malloc(sizeof problem), .n_problems = 1, .capacity = 1};
    if (list.problems != NULL) {
        list.problems[0] = problem;
        ech_error_free(&list);
    }
}

enum ech_status ech_report_finish(struct ech_error *error, int from)
{
    enum ech_status status = error->out_of_memory ? ECH_MEMORY : ECH_OK;
    size_t n = (size_t)(error->n_problems - from);
    struct numbered *sorted = malloc((n + 1) * sizeof *sorted);
    for (size_t i = 0; i < n; i++) {
        const struct ech_problem *problem = &error->problems[from + (int)i];
        status = ech_status_worse(status, ech_error_status(problem->code));
        if (sorted != NULL) {
            sorted[i] = (struct numbered){*problem, (int)i};
        }
    }
    if (sorted == NULL) {
        return status; /* unsorted is better than silent */
    }
    qsort(sorted, n, sizeof *sorted, by_place);
    error->n_problems = from;
    for (size_t i = 0; i < n; i++) {
        if (is_said(error->problems, from, error->n_problems, &sorted[i].problem)) {
            drop(sorted[i].problem);
        } else {
            error->problems[error->n_problems++] = sorted[i].problem;
        }
    }
    free(sorted);
    return status;
}
