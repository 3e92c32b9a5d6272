/* People given one by one: they take their posts and places before the blocks of margins. */
#include "model/background.h"
#include "model/margins.h"
#include "model/merit.h"
#include "model/retirement.h"
#include "model/seats.h"

static bool is_free(const struct ech_run *run, ech_id place)
{
    return run->places[place] == ECH_NONE;
}

/* A place for somebody without a post: the lowest beyond the leading posts, else that of a vacant post,
   because a unit with vacant posts may be full. */
static ech_id staff_place(const struct ech_run *run, const struct ech_initial_person *facts)
{
    const struct ech_unit *unit = &run->scenario->units[facts->unit];
    ech_id first = run->units[facts->unit].first_place[facts->track];
    int n_posts = facts->track == ECH_ADMIN ? unit->n_posts : 0;
    for (int i = n_posts; i < unit->establishment[facts->track]; i++) {
        if (is_free(run, first + i)) {
            return first + i;
        }
    }
    for (int i = n_posts - 1; i >= 0; i--) {
        if (is_free(run, first + i)) {
            return first + i;
        }
    }
    ECH_ASSERT(false); /* input/ counted the places */
}

/* A month up to `longest` months back, each as likely. */
static int month_within(const struct ech_run *run, ech_key key, enum ech_purpose purpose,
                        int longest)
{
    return -ech_chance_below(&run->initial_chance, key, 0, purpose, longest > 0 ? longest + 1 : 1);
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

/* Clocks of a leader as margins draw them; what the file says bounds what it does not say. */
static void set_leader_clocks(const struct ech_run *run, const struct ech_initial_person *facts,
                              struct ech_person *person)
{
    const struct ech_params *policy = ech_policy_county(run);
    int longest = facts->level_month != ECH_UNSAID ? -facts->level_month
                                                   : ech_margins_longest_in_level(run, person);
    person->post_month = facts->post_month != ECH_UNSAID
                             ? facts->post_month
                             : month_within(run, person->key, ECH_FOR_POST_TIME,
                                            smaller(policy->initial_post_time, longest));
    person->level_month =
        facts->level_month != ECH_UNSAID
            ? facts->level_month
            : person->post_month +
                  month_within(run, person->key, ECH_FOR_LEVEL_TIME,
                               smaller(policy->initial_level_time, longest + person->post_month));
}

static void set_clocks(const struct ech_run *run, const struct ech_initial_person *facts,
                       struct ech_person *person)
{
    if (person->post != ECH_NONE) {
        set_leader_clocks(run, facts, person);
    } else if (facts->level_month != ECH_UNSAID) {
        person->level_month = facts->level_month;
    } else if (person->level == 0) {
        person->level_month = person->entry_month;
    } else {
        person->level_month = month_within(run, person->key, ECH_FOR_LEVEL_TIME,
                                           smaller(ech_policy_county(run)->initial_level_time,
                                                   ech_margins_longest_in_level(run, person)));
    }
    person->unit_month = facts->unit_month != ECH_UNSAID ? facts->unit_month
                         : person->post == ECH_NONE
                             ? person->entry_month
                             : smaller(person->level_month, person->post_month);
}

static void set_background(const struct ech_run *run, const struct ech_initial_person *facts,
                           struct ech_person *person)
{
    person->sex = (uint8_t)facts->sex;
    person->education = (uint8_t)facts->education;
    person->fulltime = facts->fulltime;
    person->nonparty = facts->nonparty;
    person->outsider = facts->outsider;
    person->home = facts->home;
    ech_background_draw(run, &run->initial_chance, person);
    if (facts->specialty != ECH_NONE) {
        person->specialty = (uint8_t)facts->specialty;
    }
    if (facts->base_months != ECH_UNSAID) {
        person->base_months = facts->base_months;
    }
    ech_merit_draw(run, &run->initial_chance, person, ECH_N_CHANNELS);
    if (facts->has_merit) {
        person->merit = facts->merit;
    }
}

/* A grade that the file gives; whoever has none there gets his with all others. */
static void set_grade(const struct ech_run *run, const struct ech_initial_person *facts,
                      struct ech_person *person)
{
    if (facts->grade == ECH_GRADE_NONE || ech_policy_county(run)->grade_rule == ECH_GRADES_OFF) {
        return;
    }
    int later =
        person->level_month > person->entry_month ? person->level_month : person->entry_month;
    person->grade = (uint8_t)facts->grade;
    person->grade_month = facts->grade_month != ECH_UNSAID ? facts->grade_month : later;
}

static void seat(struct ech_run *run, const struct ech_initial_person *facts)
{
    ech_id id = facts->post != ECH_NONE ? ech_seat_leader(run, facts->key, facts->post)
                                        : ech_seat_person(run, facts->key, facts->unit,
                                                          facts->track, staff_place(run, facts));
    struct ech_person *person = &run->people[id];
    run->block_of[id] = ECH_NONE;
    person->level = (uint8_t)facts->level;
    person->birth_month = facts->birth_month;
    person->entry_month = facts->entry_month;
    set_clocks(run, facts, person);
    set_background(run, facts, person);
    person->probation_end = facts->entry_month + ech_policy_county(run)->hiring_probation;
    if (facts->bond_end != ECH_UNSAID) {
        person->bond_end = facts->bond_end;
    }
    set_grade(run, facts, person);
    person->retire_month = ech_retire_month(run, person);
}

void ech_roster_seat(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    for (int p = county->first_person; p < county->first_person + county->n_people; p++) {
        seat(run, &run->scenario->people[p]);
    }
}
