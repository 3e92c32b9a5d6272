#include "model/declines.h"

#include <string.h>

#include "model/events.h"

enum { WORD = 64 };

int ech_declines_words(const struct ech_scenario *scenario, int capacity)
{
    for (int i = 0; i < scenario->n_sets; i++) {
        if (scenario->sets[i].selection_decline > 0) {
            return (capacity + WORD - 1) / WORD;
        }
    }
    return 0;
}

static uint64_t *words_of(const struct ech_run *run, ech_id post)
{
    return run->declined + (size_t)(post - run->county->first_post) * (size_t)run->n_decline_words;
}

bool ech_declines_of(const struct ech_run *run, ech_id post, ech_id id)
{
    return (words_of(run, post)[id / WORD] >> id % WORD & 1U) != 0;
}

bool ech_declines(struct ech_run *run, ech_id post, ech_id id)
{
    const struct ech_person *person = &run->people[id];
    ech_id unit = run->scenario->posts[post].unit;
    double share =
        ech_policy_post(run, post)->selection_decline * run->scenario->units[unit].remoteness;
    ech_key pair = ech_key_pair(person->key, run->posts[post].opening);
    if (person->unit == unit || !(share > 0) ||
        ech_chance_uniform(&run->chance, pair, 0, ECH_FOR_DECLINE) >= share) {
        return false;
    }
    words_of(run, post)[id / WORD] |= UINT64_C(1) << id % WORD;
    run->people[id].declined = 1;
    ech_count(run, ECH_M_declines_NONE, 0, unit, 1);
    ech_emit(run, ech_opening_event(run, ECH_EV_DECLINE, post, person));
    return true;
}

void ech_declines_forget_post(struct ech_run *run, ech_id post)
{
    if (run->n_decline_words > 0) {
        memset(words_of(run, post), 0, (size_t)run->n_decline_words * sizeof *run->declined);
    }
}

void ech_declines_forget_person(struct ech_run *run, ech_id id)
{
    const struct ech_county *county = run->county;
    for (ech_id post = county->first_post;
         post < county->first_post + county->n_posts && run->people[id].declined; post++) {
        words_of(run, post)[id / WORD] &= ~(UINT64_C(1) << id % WORD);
    }
    run->people[id].declined = 0;
}
