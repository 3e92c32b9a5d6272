#include "model/finding.h"

#include "model/declines.h"
#include "model/pool.h"

void ech_finding_keep(struct ech_run *run, const struct ech_opening *opening,
                      const struct ech_field *field)
{
    struct ech_finding *finding = &run->findings[opening->post];
    int n = field->n < ECH_MOST_FOUND ? field->n : ECH_MOST_FOUND;
    *finding = (struct ech_finding){.month = run->month,
                                    .team_specialties = opening->team_specialties,
                                    .team_has_young = opening->team_has_young,
                                    .has_place = opening->has_place,
                                    .is_all = n == field->n_eligible,
                                    .n = (uint8_t)n,
                                    .n_best = (uint8_t)field->n_best};
    for (int i = 0; i < n; i++) {
        finding->first[i] = field->first[i];
    }
    for (int i = 0; i < field->n_best; i++) {
        finding->best[i] = field->best[i];
    }
}

static bool is_free(const struct ech_run *run, const struct ech_opening *opening, ech_id id)
{
    return !ech_is_bound(run, &run->people[id]) && !ech_has_declined(run, opening->post, id);
}

/* Whether the opening would find the same people if nobody had dropped out: it has looked this month, on
   the same team and places, and nobody has come since whose rejection would count. */
static bool stands(const struct ech_run *run, const struct ech_opening *opening,
                   const struct ech_finding *finding)
{
    return finding->month == run->month && opening->last_tried == run->month &&
           run->newcomer_month < run->month && finding->has_place == opening->has_place &&
           finding->team_has_young == opening->team_has_young &&
           finding->team_specialties == opening->team_specialties;
}

bool ech_finding_take(const struct ech_run *run, const struct ech_opening *opening,
                      struct ech_field *field)
{
    const struct ech_finding *finding = &run->findings[opening->post];
    if (!stands(run, opening, finding)) {
        return false;
    }
    for (int i = 0; i < finding->n; i++) {
        if (is_free(run, opening, finding->first[i])) {
            field->first[field->n++] = finding->first[i];
        }
    }
    for (int i = 0; i < finding->n_best && field->n_best == 0; i++) {
        if (is_free(run, opening, finding->best[i])) {
            field->best[field->n_best++] = finding->best[i];
        }
    }
    bool enough = field->n >= (finding->is_all ? 1 : opening->n_shortlisted);
    return enough && field->n_best > 0;
}
