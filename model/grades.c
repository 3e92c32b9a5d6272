#include "model/grades.h"

#include "model/assessment.h"
#include "model/background.h"
#include "model/eligibility.h"
#include "model/events.h"
#include "model/rank.h"
#include "model/stocks.h"

static bool is_on(const struct ech_run *run)
{
    return ech_policy_county(run)->grade_rule != ECH_GRADES_OFF;
}

/* Lowest grade of the level that somebody has; none where the policy names none. */
static int of_level(const struct ech_run *run, const struct ech_person *person)
{
    return ech_policy_person(run, person)->grade_of_level;
}

/* Beginnings */

static int entry_grade(const struct ech_params *policy, const struct ech_person *person)
{
    switch ((enum ech_education)person->education) {
    case ECH_EDU_POSTGRADUATE:
        return policy->grade_entry_postgraduate;
    case ECH_EDU_BACHELOR:
        return policy->grade_entry_bachelor;
    default:
        return policy->grade_entry_college;
    }
}

/* Grades that service has brought to somebody without a post; holders had the rank of theirs. */
static int past_steps(const struct ech_run *run, const struct ech_person *person, int first)
{
    const struct ech_params *policy = ech_policy_county(run);
    int most = policy->grade_past_highest - first;
    int service = run->month - person->entry_month;
    int steps = service > 0 ? service / policy->grade_past_step : 0;
    return steps < most ? steps : most > 0 ? most : 0;
}

void ech_grade_begin(const struct ech_run *run, struct ech_person *person)
{
    const struct ech_params *policy = ech_policy_county(run);
    if (!is_on(run) || person->track != ECH_ADMIN || person->grade != ECH_GRADE_NONE) {
        return;
    }
    int first = entry_grade(policy, person);
    int least = of_level(run, person);
    int steps = person->post == ECH_NONE ? past_steps(run, person, first) : 0;
    person->grade = (uint8_t)(first + steps);
    person->grade_month = person->entry_month + steps * policy->grade_past_step;
    if (least > first + steps) {
        person->grade = (uint8_t)least;
        person->grade_month = person->level_month;
    }
}

void ech_grade_set(struct ech_run *run, ech_id id, enum ech_grade grade, const char *cause)
{
    struct ech_person *person = &run->people[id];
    char detail[ECH_DETAIL_SIZE] = "";
    struct ech_event event = ech_event_of(ECH_EV_GRADE, person->key);
    if (run->sink != NULL) {
        snprintf(detail, sizeof detail, "grade=%s", ech_grade_names[grade]);
    }
    event.cause = cause;
    event.from_unit = person->unit;
    event.to_unit = person->unit;
    event.from_level = person->level;
    event.to_level = person->level;
    event.detail = detail;
    ech_emit(run, event);
    person->grade = (uint8_t)grade;
    person->grade_month = run->month;
    person->grade_credit = 0;
    person->at_ceiling = 0;
    run->exit_refresh[id] = ECH_LONG_AGO; /* stagnation ends */
    ech_stocks_mark(run, id);
}

void ech_grade_lower(struct ech_run *run, ech_id id, const char *cause)
{
    int grade = run->people[id].grade;
    if (grade > ECH_GRADE_NONE + 1) {
        ech_grade_set(run, id, (enum ech_grade)(grade - 1), cause);
    }
}

void ech_grade_fit(struct ech_run *run, ech_id id)
{
    const struct ech_person *person = &run->people[id];
    int least = of_level(run, person);
    if (is_on(run) && person->track == ECH_ADMIN && person->grade < least) {
        ech_grade_set(run, id, (enum ech_grade)least, "level");
    }
}

void ech_grade_introduce(struct ech_run *run, ech_id id, const char *cause)
{
    struct ech_person *person = &run->people[id];
    if (person->grade != ECH_GRADE_NONE) {
        return;
    }
    ech_grade_begin(run, person);
    if (person->grade != ECH_GRADE_NONE) {
        int since = person->grade_month;
        ech_grade_set(run, id, (enum ech_grade)person->grade, cause);
        person->grade_month = since;
    }
}

void ech_grades_apply(struct ech_run *run)
{
    for (ech_id id = 0; id < run->n_people && is_on(run); id++) {
        if (run->people[id].presence == ECH_SERVING) {
            ech_grade_introduce(run, id, "introduced");
        }
    }
}

/* Caps */

/** A cap holds for the grades from ... to; each person in them takes one of its numbers. */
enum cap { CAP_PRINCIPAL, CAP_UPPER_PRINCIPAL, CAP_CONSULTANT, CAP_TOP_CONSULTANT, N_CAPS };
static const struct {
    enum ech_grade from;
    enum ech_grade to;
} bands[N_CAPS] = {
    [CAP_PRINCIPAL] = {ECH_GRADE_PRINCIPAL_4, ECH_GRADE_PRINCIPAL_1},
    [CAP_UPPER_PRINCIPAL] = {ECH_GRADE_PRINCIPAL_2, ECH_GRADE_PRINCIPAL_1},
    [CAP_CONSULTANT] = {ECH_GRADE_CONSULTANT_4, ECH_GRADE_CONSULTANT_2},
    [CAP_TOP_CONSULTANT] = {ECH_GRADE_CONSULTANT_2, ECH_GRADE_CONSULTANT_2},
};

/** A number for each cap. */
struct caps {
    int64_t n[N_CAPS];
};

static bool is_in(enum cap cap, int grade)
{
    return grade >= (int)bands[cap].from && grade <= (int)bands[cap].to;
}

/* Rounded down; off: as many as anybody could ask for. */
static int64_t part_of(double share, int64_t whole)
{
    enum { UNLIMITED = INT32_MAX };
    return isfinite(share) ? (int64_t)floor(share * (double)whole + 1e-9) : UNLIMITED;
}

/* Places of the county on the administrative track; where head count is free, heads. */
static int64_t places_of_county(const struct ech_run *run)
{
    const struct ech_county *county = run->county;
    int64_t places = 0;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        const struct ech_unit_state *state = &run->units[unit];
        places +=
            run->scenario->units[unit].free ? state->heads[ECH_ADMIN] : state->places[ECH_ADMIN];
    }
    return places;
}

/* Whether any cap holds for a grade. */
static bool is_capped(int grade)
{
    return is_in(CAP_PRINCIPAL, grade) || is_in(CAP_CONSULTANT, grade);
}

/* The numbers of a post are not those of grades: its holder takes none as long as he has the grade that
   the post brings. */
static bool takes_number(const struct ech_run *run, const struct ech_person *person)
{
    return person->post == ECH_NONE || person->grade > of_level(run, person);
}

/* Free numbers of each cap in the county, of which so many are taken; below 0: over it. */
static struct caps left_of(const struct ech_run *run, const struct caps *taken)
{
    const struct ech_params *policy = ech_policy_county(run);
    int64_t places = places_of_county(run);
    struct caps left = {{0}};
    left.n[CAP_PRINCIPAL] = part_of(policy->grade_cap_principal, places);
    left.n[CAP_CONSULTANT] = part_of(policy->grade_cap_consultant, places);
    left.n[CAP_UPPER_PRINCIPAL] =
        part_of(policy->grade_cap_upper_principal,
                left.n[CAP_PRINCIPAL] < places ? left.n[CAP_PRINCIPAL] : places);
    left.n[CAP_TOP_CONSULTANT] =
        part_of(policy->grade_cap_top_consultant,
                left.n[CAP_CONSULTANT] < places ? left.n[CAP_CONSULTANT] : places);
    for (int cap = 0; cap < N_CAPS; cap++) {
        left.n[cap] -= taken->n[cap];
    }
    return left;
}

/* Adds the numbers that somebody takes. */
static void add_taken(const struct ech_run *run, const struct ech_person *person,
                      struct caps *taken)
{
    bool counts =
        is_capped(person->grade) && person->track == ECH_ADMIN && takes_number(run, person);
    for (int cap = 0; cap < N_CAPS && counts; cap++) {
        taken->n[cap] += is_in((enum cap)cap, person->grade);
    }
}

/* Whether each cap that holds for the next grade has a number for him, or he brings his own. */
static bool has_room(const struct ech_run *run, const struct caps *left,
                     const struct ech_person *person)
{
    bool counted = takes_number(run, person);
    for (int cap = 0; cap < N_CAPS; cap++) {
        bool brings = counted && is_in((enum cap)cap, person->grade);
        if (is_in((enum cap)cap, person->grade + 1) && !brings && left->n[cap] <= 0) {
            return false;
        }
    }
    return true;
}

/* Somebody is about to rise by one grade. */
static void move_number(const struct ech_run *run, struct caps *left,
                        const struct ech_person *person)
{
    bool counted = takes_number(run, person);
    for (int cap = 0; cap < N_CAPS; cap++) {
        left->n[cap] += counted && is_in((enum cap)cap, person->grade);
        left->n[cap] -= is_in((enum cap)cap, person->grade + 1);
    }
}

/* Promotions */

/* What the assessment just made says: an excellent year shortens the time in grade, one rated basic or
   worse, or left unrated by a sanction, does not count. */
static void credit_year(const struct ech_run *run, struct ech_person *person)
{
    const struct ech_params *policy = ech_policy_county(run);
    bool unrated = ech_is_left_unrated(run, person);
    if (!policy->assessment_held || !(run->assessed[person - run->people].assessed || unrated)) {
        return;
    }
    if (!unrated && person->rating == ECH_RATING_EXCELLENT) {
        person->grade_credit = (int16_t)(person->grade_credit + policy->grade_excellent_off);
    } else if (unrated || person->rating == ECH_RATING_BASIC ||
               person->rating == ECH_RATING_INCOMPETENT) {
        person->grade_credit = (int16_t)(person->grade_credit - policy->grade_poor_add);
    }
}

/* Neither blocked by a sanction nor on probation, and not too badly rated; nobody rises twice a year. */
static bool may_rise(const struct ech_run *run, const struct ech_person *person)
{
    const struct ech_params *policy = ech_policy_county(run);
    return person->grade != ECH_GRADE_NONE && person->grade < policy->grade_highest &&
           person->grade_month < run->month && run->month >= person->probation_end &&
           run->month >= person->blocked_until &&
           !ech_is_rated_below(person, policy->grade_min_rating);
}

static bool has_waited(const struct ech_run *run, const struct ech_person *person)
{
    return run->month - person->grade_month + person->grade_credit >=
           run->scenario->tables.grade_months[person->grade + 1];
}

/* One grade, once, for whoever has served long at the base level and serves there. */
static void reward_township_service(struct ech_run *run, ech_id id)
{
    struct ech_person *person = &run->people[id];
    int needed = ech_policy_county(run)->grade_township_service;
    if (needed < ECH_NEVER && !person->township_grade && may_rise(run, person) &&
        ech_is_base_level(run, person->unit) &&
        ech_background_base_time(run, person, 0) >= needed) {
        ech_grade_set(run, id, (enum ech_grade)(person->grade + 1), "township");
        person->township_grade = 1;
    }
}

/* By years the longest in grade comes first; by results the better rated, then who has been excellent
   more often. */
static struct ech_rank rank_of(const struct ech_run *run, ech_id id)
{
    const struct ech_person *person = &run->people[id];
    int rating = person->rating != ECH_RATING_NONE ? person->rating : ECH_RATING_COMPETENT;
    bool by_years = ech_policy_county(run)->grade_rule == ECH_GRADES_YEARS;
    return (struct ech_rank){
        .first = by_years ? person->grade_month : -rating,
        .second = by_years ? 0 : -person->grade_credit,
        .tie = ech_chance_bits(&run->chance, person->key, run->month, ECH_FOR_GRADE),
        .key = person->key,
        .id = id};
}

static void rise(struct ech_run *run, ech_id id)
{
    static const char *const causes[] = {"", "years", "results"};
    const struct ech_person *person = &run->people[id];
    int grade = person->grade + 1;
    int waited = run->month - person->grade_month;
    ech_count(run, ECH_M_grade_promotions_NONE, 0, person->unit, 1);
    ech_count(run, ECH_M_grade_wait_months_NONE, 0, person->unit, waited);
    ech_count(run, ECH_M_grade_promotions_GRADE, grade, person->unit, 1);
    ech_count(run, ECH_M_grade_wait_months_GRADE, grade, person->unit, waited);
    ech_grade_set(run, id, (enum ech_grade)grade, causes[ech_policy_county(run)->grade_rule]);
}

static void set_ceiling(struct ech_run *run, ech_id id, bool at_ceiling)
{
    if (run->people[id].at_ceiling != at_ceiling) {
        run->people[id].at_ceiling = at_ceiling;
        ech_stocks_mark(run, id);
    }
}

/** Everybody who has waited long enough stands in one queue of the county. Of its lines each holds those
    who need the same numbers for their next grade and leave the same ones, so that there is room for its
    first or for nobody: by grade, and whether he has a number. Each is piled up, for of most lines only
    the first few rise. */
enum { N_LINES = 2 * ECH_N_GRADES };
struct lines {
    struct ech_rank *first[N_LINES];
    int n[N_LINES];
};

static int line_of(const struct ech_run *run, ech_id id)
{
    const struct ech_person *person = &run->people[id];
    return 2 * person->grade + takes_number(run, person);
}

/* The queue of the people in run->pool[n], in run->ranks. */
static struct lines stand_in_lines(struct ech_run *run, int n)
{
    struct lines lines = {.n = {0}};
    struct ech_rank *next = run->ranks;
    for (int i = 0; i < n; i++) {
        lines.n[line_of(run, run->pool[i])]++;
    }
    for (int line = 0; line < N_LINES; line++) {
        lines.first[line] = next;
        next += lines.n[line];
        lines.n[line] = 0;
    }
    for (int i = 0; i < n; i++) {
        int line = line_of(run, run->pool[i]);
        lines.first[line][lines.n[line]++] = rank_of(run, run->pool[i]);
    }
    for (int line = 0; line < N_LINES; line++) {
        ech_rank_pile(lines.first[line], lines.n[line]);
    }
    return lines;
}

/* The line whose first stands before all others for whom there is room; ECH_NONE: for nobody. */
static int line_with_room(const struct ech_run *run, const struct caps *left,
                          const struct lines *lines)
{
    const struct ech_rank *best = NULL;
    int found = ECH_NONE;
    for (int line = 0; line < N_LINES; line++) {
        const struct ech_rank *first = lines->first[line];
        if (lines->n[line] > 0 && (best == NULL || ech_rank_compare(first, best) < 0) &&
            has_room(run, left, &run->people[first->id])) {
            best = first;
            found = line;
        }
    }
    return found;
}

/* The first of the queue for whom there is room rises, again and again: whoever leaves a number to others
   leaves it to the first who waits for it. The queue are the people in run->pool[n]. */
static void promote(struct ech_run *run, const struct caps *taken, int n)
{
    struct caps left = left_of(run, taken);
    struct lines lines = stand_in_lines(run, n);
    int line = line_with_room(run, &left, &lines);
    for (; line != ECH_NONE; line = line_with_room(run, &left, &lines)) {
        ech_id id = lines.first[line]->id;
        ech_rank_take(lines.first[line], lines.n[line]--);
        move_number(run, &left, &run->people[id]);
        rise(run, id);
    }
    for (int i = 0; i < n; i++) {
        set_ceiling(run, run->pool[i], run->people[run->pool[i]].grade_month != run->month);
    }
}

void ech_grades_step(struct ech_run *run)
{
    struct caps taken = {{0}};
    int n_waiting = 0;
    if (!is_on(run) || ech_calendar_month(run) != ech_policy_county(run)->assessment_month) {
        return;
    }
    for (ech_id id = 0; id < run->n_people; id++) {
        struct ech_person *person = &run->people[id];
        if (person->presence != ECH_SERVING) {
            continue;
        }
        credit_year(run, person);
        reward_township_service(run, id);
        add_taken(run, person, &taken);
        if (may_rise(run, person) && has_waited(run, person)) {
            run->pool[n_waiting++] = id;
        } else {
            set_ceiling(run, id, false);
        }
    }
    promote(run, &taken, n_waiting);
}
