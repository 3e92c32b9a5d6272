#include "model/field.h"

#include "model/scores.h"

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
    int at = field->n_best < ECH_MOST_BEST ? field->n_best++ : ECH_MOST_BEST - 1;
    for (; at > 0 && merit > field->merits[at - 1]; at--) {
        field->best[at] = field->best[at - 1];
        field->merits[at] = field->merits[at - 1];
    }
    field->best[at] = id;
    field->merits[at] = merit;
}

/* The classes of the first, largest first. */
struct classes {
    int n;
    double of[ECH_MOST_FIRST];
};

static void enter_class(struct classes *classes, int most, double class)
{
    int at = classes->n < most ? classes->n++ : most - 1;
    for (; at > 0 && class > classes->of[at - 1]; at--) {
        classes->of[at] = classes->of[at - 1];
    }
    classes->of[at] = class;
}

/* Looks at everybody once: notes classes in run->classes, and the best by merit. Whoever is in a lower
   class than the one given comes after all of the first. */
static double look_over(const struct ech_run *run, const struct ech_opening *opening,
                        struct ech_field *field)
{
    struct classes classes = {0};
    double least = -INFINITY;
    double least_merit = -INFINITY;
    for (int i = 0; i < field->n_eligible; i++) {
        const struct ech_person *person = &run->people[field->eligible[i]];
        double class = ech_standing_class(opening, person);
        run->classes[i] = class;
        if (class > least) {
            enter_class(&classes, opening->n_first, class);
            least = classes.n == opening->n_first ? classes.of[classes.n - 1] : -INFINITY;
        }
        if (person->merit > least_merit) {
            enter_best(field->eligible[i], person->merit, field);
            least_merit =
                field->n_best == ECH_MOST_BEST ? field->merits[ECH_MOST_BEST - 1] : -INFINITY;
        }
    }
    return least;
}

static void look_up_pairs(const struct ech_run *run, const struct ech_opening *opening,
                          struct ech_seen *seen)
{
    ech_key keys[ECH_SEEN_TOGETHER] = {0};
    for (int i = 0; i < seen->n; i++) {
        keys[i] = run->people[seen->ids[i]].key;
    }
    ech_key_pairs(keys, seen->n, opening->key, seen->pairs);
}

/* Whether a number alone puts somebody behind the last of the first, whose equal he is otherwise. */
static bool is_drawn_behind(const struct ech_opening *opening, const struct ech_person *person,
                            double score, uint64_t tie, const struct ech_standing *last)
{
    return !opening->has_preference && !opening->prefers_listed && tie > last->tie &&
           score == last->score && person->level == last->level;
}

/* Some of the eligible enter, as far as they come among the first; their scores are drawn together, and
   their ties where more of them are equal than there is room for. */
static void enter(const struct ech_run *run, const struct ech_opening *opening,
                  struct ech_seen *seen, struct ech_field *field)
{
    double scores[ECH_SEEN_TOGETHER];
    uint64_t ties[ECH_SEEN_TOGETHER];
    bool draw_ties = opening->by_tie && seen->n > opening->n_first;
    if (seen->n == 0) {
        return;
    }
    if (draw_ties || !opening->by_tie) {
        look_up_pairs(run, opening, seen);
    }
    if (draw_ties) {
        ech_chance_bits_of(&run->chance, seen->pairs, seen->n, 0, ECH_FOR_TIE, ties);
    }
    ech_scores(run, seen, opening->demand.policy, scores);
    for (int i = 0; i < seen->n; i++) {
        const struct ech_person *person = &run->people[seen->ids[i]];
        bool is_full = field->n == opening->n_first;
        const struct ech_standing *last = is_full ? &field->standings[field->n - 1] : NULL;
        if (is_full && draw_ties && last->has_tie &&
            is_drawn_behind(opening, person, scores[i], ties[i], last)) {
            continue;
        }
        struct ech_standing standing = ech_standing_of(run, opening, person, scores[i]);
        standing.has_tie = draw_ties;
        standing.tie = draw_ties ? ties[i] : 0;
        if (!is_full || !ech_comes_after(&standing, last)) {
            enter_first(run, opening, seen->ids[i], &standing, field);
        }
    }
    seen->n = 0;
}

void ech_field_order(const struct ech_run *run, const struct ech_opening *opening,
                     struct ech_field *field)
{
    struct ech_seen seen;
    if (opening->any_suffices) {
        field->n = field->n_eligible > 0;
        field->first[0] = field->n > 0 ? field->eligible[0] : ECH_NONE;
        return;
    }
    double least = look_over(run, opening, field);
    seen.n = 0;
    for (int i = 0; i < field->n_eligible; i++) {
        if (run->classes[i] >= least) {
            seen.ids[seen.n++] = field->eligible[i];
        }
        if (seen.n == ECH_SEEN_TOGETHER) {
            enter(run, opening, &seen, field);
        }
    }
    enter(run, opening, &seen, field);
}

ech_id ech_field_chosen(const struct ech_run *run, const struct ech_opening *opening,
                        const struct ech_field *field)
{
    struct ech_seen seen = {.n = field->n < opening->n_shortlisted ? field->n
                                                                   : opening->n_shortlisted};
    double scores[ECH_SEEN_TOGETHER];
    struct ech_standing first = {0};
    if (seen.n <= 1) {
        return seen.n > 0 ? field->first[0] : ECH_NONE;
    }
    for (int i = 0; i < seen.n; i++) {
        seen.ids[i] = field->first[i];
    }
    look_up_pairs(run, opening, &seen);
    ech_scores_inspected(run, &seen, opening->demand.policy, scores);
    ech_id chosen = ECH_NONE;
    for (int i = 0; i < seen.n; i++) {
        const struct ech_person *person = &run->people[seen.ids[i]];
        struct ech_standing standing = ech_standing_of(run, opening, person, scores[i]);
        if (i == 0 || ech_comes_first(run, opening, &standing, &first)) {
            chosen = seen.ids[i];
            first = standing;
        }
    }
    return chosen;
}
