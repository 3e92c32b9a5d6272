#include "model/rejections.h"

#include "model/events.h"

#include <stdio.h>

void ech_rejections_note(struct ech_rejections *rejections, unsigned failed, int by)
{
    int only = (failed & (failed - 1)) == 0 ? by : 0;
    if (rejections->n == 0) {
        *rejections = (struct ech_rejections){0};
    }
    rejections->n += by;
    for (; failed != 0; failed &= failed - 1) {
        int clause = __builtin_ctz(failed);
        rejections->failed[clause] += by;
        rejections->only[clause] += only;
    }
}

void ech_rejections_take_out(struct ech_rejections *whole, const struct ech_rejections *part)
{
    whole->n -= part->n;
    for (int clause = 0; clause < ECH_N_CLAUSES; clause++) {
        whole->failed[clause] -= part->failed[clause];
        whole->only[clause] -= part->only[clause];
    }
}

void ech_rejections_add(struct ech_rejections *rejections, const struct ech_rejections *more,
                        unsigned besides)
{
    if (rejections->n == 0) {
        *rejections = (struct ech_rejections){0};
    }
    rejections->n += more->n;
    for (int clause = 0; clause < ECH_N_CLAUSES; clause++) {
        rejections->failed[clause] +=
            (besides >> clause & 1U) != 0 ? more->n : more->failed[clause];
        rejections->only[clause] += besides == 0 ? more->only[clause] : 0;
    }
}

void ech_rejections_count(struct ech_run *run, const struct ech_opening *opening,
                          const struct ech_rejections *rejections)
{
    ech_id unit = opening->demand.unit;
    int of_level = opening->demand.kind->level * ECH_N_CLAUSES;
    for (int clause = 0; clause < ECH_N_CLAUSES && rejections->n > 0; clause++) {
        int64_t failed = rejections->failed[clause];
        int64_t only = rejections->only[clause];
        ech_count(run, ECH_M_rejections_CLAUSE, clause, unit, failed);
        ech_count(run, ECH_M_rejections_only_CLAUSE, clause, unit, only);
        ech_count(run, ECH_M_rejections_CLAUSE_LEVEL, of_level + clause, unit, failed);
        ech_count(run, ECH_M_rejections_only_CLAUSE_LEVEL, of_level + clause, unit, only);
    }
}

/* The clauses after the first failed one, separated by semicolons. */
static void write_others(unsigned failed, int first, char *text, size_t size)
{
    size_t length = 0;
    text[0] = '\0';
    for (int clause = first + 1; clause < ECH_N_CLAUSES; clause++) {
        if ((failed >> clause & 1U) != 0) {
            length += (size_t)snprintf(text + length, size - length, "%s%s", length > 0 ? ";" : "",
                                       ech_clause_names[clause]);
        }
    }
}

void ech_rejection_emit(const struct ech_run *run, const struct ech_opening *opening,
                        const struct ech_person *person, unsigned failed)
{
    char detail[ECH_N_CLAUSES * 24]; /* no clause has a longer name */
    int first = 0;
    while ((failed >> first & 1U) == 0) {
        first++;
    }
    write_others(failed, first, detail, sizeof detail);
    struct ech_event event = ech_opening_event(run, ECH_EV_REJECT, opening->post, person);
    event.cause = ech_clause_names[first];
    event.detail = detail;
    ech_emit(run, event);
}
