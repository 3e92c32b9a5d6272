#include "model/reserve.h"

#include <stdlib.h>

#include "model/careers.h"
#include "model/eligibility.h"
#include "model/steps.h"

static double ratio_of(const struct ech_run *run, enum ech_class class)
{
    const struct ech_params *policy = ech_policy_county(run);
    return class == ECH_CLASS_CHIEF ? policy->reserve_chief_ratio : policy->reserve_deputy_ratio;
}

int ech_reserve_needed(const struct ech_run *run, ech_id unit, enum ech_class class)
{
    const struct ech_unit *facts = &run->scenario->units[unit];
    int n = 0;
    for (ech_id post = facts->first_post; post < facts->first_post + facts->n_posts; post++) {
        n += ech_class_of(run, post) == class;
    }
    return (int)ceil(ratio_of(run, class) * n - 1e-9);
}

bool ech_reserve_qualifies(const struct ech_run *run, const struct ech_person *person,
                           enum ech_class class, int ahead)
{
    const struct ech_unit *facts = &run->scenario->units[person->unit];
    if (person->post != ECH_NONE && ech_class_of(run, person->post) == ECH_CLASS_CHIEF) {
        return false; /* a chief is nobody's reserve */
    }
    for (ech_id post = facts->first_post; post < facts->first_post + facts->n_posts; post++) {
        bool seen = post > facts->first_post &&
                    run->scenario->posts[post].kind == run->scenario->posts[post - 1].kind;
        const struct ech_post_kind *kind = ech_kind_of(run, post);
        if (!seen && ech_class_of(run, post) == class && ech_is_candidate(run, person, kind) &&
            ech_eligibility_failed(run, person, kind, ech_policy_post(run, post), ahead) == 0) {
            return true;
        }
    }
    return false; /* posts of one kind stand together and ask the same */
}

static bool may_be_listed(const struct ech_run *run, const struct ech_person *person,
                          enum ech_class class)
{
    const struct ech_params *policy = ech_policy_county(run);
    int age = run->month - person->birth_month;
    /* The limit is an age in completed years: with 45 somebody of 45 and eleven months is listed. */
    if (policy->reserve_max_age < ECH_NEVER && age >= policy->reserve_max_age + 12) {
        return false;
    }
    return ech_reserve_qualifies(run, person, class, policy->reserve_within);
}

/* People who may stand on a list of this class, by unit; within it who stands there already comes
   first, then the better score of a yearly look at merit. */
static int rank_candidates(struct ech_run *run, enum ech_class class, const uint8_t *before,
                           struct ech_rank *ranks)
{
    int n = 0;
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence != ECH_SERVING || person->listed != ECH_UNLISTED ||
            !may_be_listed(run, person, class)) {
            continue;
        }
        double validity = ech_policy_person(run, person)->selection_validity;
        double noise = ech_chance_normal(&run->chance, person->key, run->month, ECH_FOR_RESERVE);
        double score = validity * person->merit + sqrt(1 - validity * validity) * noise;
        ranks[n++] = (struct ech_rank){.first = person->unit * 2 + (before[id] != (uint8_t) class),
                                       .second = -score,
                                       .key = person->key,
                                       .id = id};
    }
    qsort(ranks, (size_t)n, sizeof *ranks, ech_rank_compare);
    return n;
}

static void list(struct ech_run *run, ech_id id, enum ech_class class, bool is_new)
{
    struct ech_person *person = &run->people[id];
    person->listed = (uint8_t) class;
    if (is_new) {
        struct ech_event event = ech_event_of(ECH_EV_RESERVE_IN, person->key);
        event.to_unit = person->unit;
        event.detail = ech_class_names[class];
        ech_emit(run, event);
    }
}

static void fill_lists(struct ech_run *run, enum ech_class class, const uint8_t *before)
{
    int n = rank_candidates(run, class, before, run->ranks);
    ech_id unit = ECH_NONE;
    int left = 0;
    for (int i = 0; i < n; i++) {
        ech_id id = run->ranks[i].id;
        if (run->people[id].unit != unit) {
            unit = run->people[id].unit;
            left = run->units[unit].needed[class];
        }
        if (left > 0) {
            list(run, id, class, before[id] != (uint8_t) class);
            left--;
        }
    }
}

void ech_reserve_step(struct ech_run *run)
{
    if (run->month % ech_policy_county(run)->reserve_renew_every != 0) {
        return;
    }
    uint8_t *before = run->listed_before;
    for (ech_id id = 0; id < run->n_people; id++) {
        before[id] = run->people[id].listed;
        run->people[id].listed = ECH_UNLISTED;
    }
    fill_lists(run, ECH_CLASS_CHIEF, before);
    fill_lists(run, ECH_CLASS_DEPUTY, before);
    for (ech_id id = 0; id < run->n_people; id++) {
        struct ech_person *person = &run->people[id];
        if (person->presence == ECH_SERVING && before[id] != ECH_UNLISTED &&
            person->listed != before[id]) {
            uint8_t now = person->listed;
            person->listed = before[id];
            ech_unlist(run, id, "renewal");
            person->listed = now;
        }
    }
}
