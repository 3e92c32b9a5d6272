#include "model/review.h"

#include "model/due.h"
#include "model/performance.h"

enum {
    NEW_TENURE = 12,
    SHORT_TENURE = 24,
    LONG_TENURE = 120,
    BAND_FROM = 36,
    BAND_TO = 60,
    AGE_BANDS_ASKED = 3
};

int ech_age_band(int years)
{
    if (years <= 35) {
        return 0;
    }
    return years >= 56 ? ECH_N_AGE_BANDS - 1 : (years - 31) / 5;
}

int ech_next_age_band(int years)
{
    int band = ech_age_band(years);
    return band < ECH_N_AGE_BANDS - 1 ? 36 + 5 * band : ECH_AGES;
}

/** What the leaders of one unit add up to. */
struct team {
    int n, women, nonparty, degrees, short_in_post, over_long;
    int chiefs, new_chiefs; /* of these, less than a year in post */
    int ages, tenures;      /* summed, completed months */
    int oldest, youngest;   /* completed months */
    unsigned bands;         /* 1 << age band of each leader */
    unsigned specialties;   /* 1 << specialty of each leader */
    int education[ECH_N_EDUCATIONS];
    int tenure[ECH_N_TENURES];
};

static int tenure_band(int months)
{
    return (months >= BAND_FROM) + (months > BAND_TO);
}

static void add_leader(const struct ech_run *run, ech_id post, struct team *team)
{
    const struct ech_performer *leader = &run->performers[post];
    int age = run->month - leader->birth_month;
    int tenure = run->month - leader->post_month;
    bool is_chief = ech_class_of(run, post) == ECH_CLASS_CHIEF;
    team->n++;
    team->women += leader->sex == ECH_FEMALE;
    team->nonparty += leader->nonparty;
    team->degrees += leader->education >= ECH_EDU_BACHELOR;
    team->ages += age;
    team->tenures += tenure;
    team->chiefs += is_chief;
    team->new_chiefs += is_chief && tenure < NEW_TENURE;
    team->short_in_post += tenure < SHORT_TENURE;
    team->over_long += tenure > LONG_TENURE;
    team->oldest = age > team->oldest ? age : team->oldest;
    team->youngest = age < team->youngest ? age : team->youngest;
    team->bands |= 1U << ech_age_band(age / 12);
    team->specialties |= 1U << leader->specialty;
    team->education[leader->education]++;
    team->tenure[tenure_band(tenure)]++;
}

/* What stands of the team becomes `value`. */
static void set(struct ech_run *run, ech_id unit, enum ech_count_id row, int index, int64_t value)
{
    int slot = run->layout.first[row] + index;
    int64_t by = value - run->unit_stock[unit * run->layout.n_unit + slot];
    if (by != 0) {
        ech_stock(run, row, index, unit, by);
    }
}

static void set_team(struct ech_run *run, ech_id unit, const struct team *team)
{
    set(run, unit, ECH_M_leaders_NONE, 0, team->n);
    set(run, unit, ECH_M_leaders_women_NONE, 0, team->women);
    set(run, unit, ECH_M_leaders_nonparty_NONE, 0, team->nonparty);
    set(run, unit, ECH_M_leaders_bachelor_NONE, 0, team->degrees);
    set(run, unit, ECH_M_leaders_age_months_NONE, 0, team->ages);
    set(run, unit, ECH_M_leaders_post_months_NONE, 0, team->tenures);
    set(run, unit, ECH_M_leaders_short_NONE, 0, team->short_in_post);
    set(run, unit, ECH_M_leaders_long_NONE, 0, team->over_long);
    for (int education = 0; education < ECH_N_EDUCATIONS; education++) {
        set(run, unit, ECH_M_leaders_education_EDUCATION, education, team->education[education]);
    }
    for (int band = 0; band < ECH_N_TENURES; band++) {
        set(run, unit, ECH_M_leaders_tenure_TENURE, band, team->tenure[band]);
    }
}

static int n_bits(unsigned bits)
{
    int n = 0;
    for (; bits != 0; bits &= bits - 1) {
        n++;
    }
    return n;
}

/* The demands that planners look at first; each counts the same. No team, no demands. */
static void set_index(struct ech_run *run, ech_id unit, const struct team *team)
{
    const struct ech_unit *facts = &run->scenario->units[unit];
    bool any = team->n > 0;
    unsigned missing = any ? facts->specialties & ~team->specialties : 0;
    int gaps = n_bits(missing);
    const bool met[ECH_N_DEMANDS] = {
        [ECH_DEMAND_POSTS] = team->n == facts->n_posts,
        [ECH_DEMAND_WOMAN] = team->women > 0,
        [ECH_DEMAND_AGES] = n_bits(team->bands) >= AGE_BANDS_ASKED,
        [ECH_DEMAND_DEGREES] = 2 * team->degrees >= team->n,
        [ECH_DEMAND_SPECIALTIES] = gaps == 0,
        [ECH_DEMAND_TENURE] = team->over_long == 0,
    };
    int n_met = 0;
    for (int demand = 0; demand < ECH_N_DEMANDS; demand++) {
        n_met += any && met[demand];
        set(run, unit, ECH_M_team_met_DEMAND, demand, any && met[demand]);
    }
    set(run, unit, ECH_M_team_met_NONE, 0, n_met);
    set(run, unit, ECH_M_teams_NONE, 0, any);
    set(run, unit, ECH_M_team_oldest_NONE, 0, team->oldest);
    set(run, unit, ECH_M_team_youngest_NONE, 0, any ? team->youngest : 0);
    set(run, unit, ECH_M_team_gaps_NONE, 0, gaps);
    for (int specialty = 0; specialty < ECH_N_SPECIALTIES; specialty++) {
        set(run, unit, ECH_M_team_gaps_SPECIALTY, specialty, missing >> specialty & 1);
    }
    set(run, unit, ECH_M_team_asked_NONE, 0, any ? ECH_N_DEMANDS : 0);
}

/* First month after the current one in which a leader is counted otherwise without an event. */
static int next_change(const struct ech_run *run, const struct ech_performer *leader)
{
    static const int tenures[] = {NEW_TENURE, SHORT_TENURE, BAND_FROM, BAND_TO + 1,
                                  LONG_TENURE + 1};
    int years = (run->month - leader->birth_month) / 12;
    int next = leader->birth_month + 12 * ech_next_age_band(years);
    for (size_t i = 0; i < sizeof tenures / sizeof *tenures; i++) {
        ech_due_bring_forward(&next, leader->post_month + tenures[i], run->month);
    }
    return next;
}

enum { LARGE_TEAM = 24 }; /* of so many somebody changes nearly every month */

/* Looks at a team whose leaders have changed or are counted otherwise now. */
static void review(struct ech_run *run, ech_id unit)
{
    const struct ech_unit *facts = &run->scenario->units[unit];
    struct team team = {.youngest = INT_MAX};
    bool large = facts->n_posts > LARGE_TEAM;
    int next = INT_MAX;
    for (ech_id post = facts->first_post; post < facts->first_post + facts->n_posts; post++) {
        if (!run->vacant[post]) {
            int month = large ? run->month + 1 : next_change(run, &run->performers[post]);
            add_leader(run, post, &team);
            next = month < next ? month : next;
        }
    }
    run->units[unit].review = next;
    run->units[unit].chiefs_new = team.chiefs >= 2 && team.new_chiefs == team.chiefs;
    set_team(run, unit, &team);
    set_index(run, unit, &team);
}

/* Everybody of a team that stays is a month older, and a month longer in his post. */
static void pass_month(struct ech_run *run, ech_id unit)
{
    const int *first = run->layout.first;
    const int64_t *row = run->unit_stock + unit * run->layout.n_unit;
    int64_t n = row[first[ECH_M_leaders_NONE]];
    int64_t teams = row[first[ECH_M_teams_NONE]];
    ech_stock(run, ECH_M_leaders_age_months_NONE, 0, unit, n);
    ech_stock(run, ECH_M_leaders_post_months_NONE, 0, unit, n);
    ech_stock(run, ECH_M_team_oldest_NONE, 0, unit, teams);
    ech_stock(run, ECH_M_team_youngest_NONE, 0, unit, teams);
}

void ech_review_record(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        if (run->units[unit].review <= run->month) {
            review(run, unit);
        } else {
            pass_month(run, unit);
        }
    }
}
