#include "model/field.h"

static void enter_first(const struct ech_run *run, const struct ech_opening *opening, ech_id id,
                        struct ech_standing *standing, struct ech_field *field)
{
    int most = opening->n_first;
    int at = field->n;
    while (at > 0 && ech_comes_first(run, opening, standing, &field->standings[at - 1])) {
        if (at < most) {
            field->first[at] = field->first[at - 1];
            field->standings[at] = field->standings[at - 1];
        }
        at--;
    }
    if (at < most) {
        field->first[at] = id;
        field->standings[at] = *standing;
    }
    field->n += field->n < most;
}

static void enter_best(ech_id id, double merit, struct ech_field *field)
{
    int at = field->n_best;
    if (at == ECH_MOST_BEST && merit <= field->merits[at - 1]) {
        return;
    }
    at -= at == ECH_MOST_BEST;
    field->n_best = at + 1;
    for (; at > 0 && merit > field->merits[at - 1]; at--) {
        field->best[at] = field->best[at - 1];
        field->merits[at] = field->merits[at - 1];
    }
    field->best[at] = id;
    field->merits[at] = merit;
}

void ech_field_take(const struct ech_run *run, const struct ech_opening *opening, ech_id id,
                    struct ech_field *field)
{
    const struct ech_person *person = &run->people[id];
    bool is_full = field->n == opening->n_first;
    field->n_eligible++;
    enter_best(id, person->merit, field);
    if (opening->any_suffices) {
        field->first[0] = id;
        field->n = 1;
        return;
    }
    if (is_full && ech_standing_is_behind(opening, person, &field->standings[field->n - 1])) {
        return;
    }
    struct ech_standing standing = ech_standing_of(run, opening, person, false);
    if (!is_full || !ech_comes_after(&standing, &field->standings[field->n - 1])) {
        enter_first(run, opening, id, &standing, field);
    }
}

ech_id ech_field_chosen(const struct ech_run *run, const struct ech_opening *opening,
                        const struct ech_field *field)
{
    int n = field->n < opening->n_shortlisted ? field->n : opening->n_shortlisted;
    ech_id chosen = n > 0 ? field->first[0] : ECH_NONE;
    struct ech_standing first = {0};
    for (int i = 0; i < n && n > 1; i++) {
        const struct ech_person *person = &run->people[field->first[i]];
        struct ech_standing standing = ech_standing_of(run, opening, person, true);
        if (i == 0 || ech_comes_first(run, opening, &standing, &first)) {
            chosen = field->first[i];
            first = standing;
        }
    }
    return chosen;
}
