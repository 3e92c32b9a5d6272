#include "model/review.h"

enum { SHORT_TENURE = 24, LONG_TENURE = 120, BAND_FROM = 36, BAND_TO = 60, AGE_BANDS_ASKED = 3 };

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
    int ages, tenures;    /* summed, completed months */
    int oldest, youngest; /* completed months */
    unsigned bands;       /* 1 << age band of each leader */
    unsigned specialties; /* 1 << specialty of each leader */
    int education[ECH_N_EDUCATIONS];
    int tenure[ECH_N_TENURES];
};

static int tenure_band(int months)
{
    return (months >= BAND_FROM) + (months > BAND_TO);
}

static void add_leader(const struct ech_run *run, const struct ech_person *person,
                       struct team *team)
{
    int age = run->month - person->birth_month;
    int tenure = run->month - person->post_month;
    team->n++;
    team->women += person->sex == ECH_FEMALE;
    team->nonparty += person->nonparty;
    team->degrees += person->education >= ECH_EDU_BACHELOR;
    team->ages += age;
    team->tenures += tenure;
    team->short_in_post += tenure < SHORT_TENURE;
    team->over_long += tenure > LONG_TENURE;
    team->oldest = age > team->oldest ? age : team->oldest;
    team->youngest = age < team->youngest ? age : team->youngest;
    team->bands |= 1U << ech_age_band(age / 12);
    team->specialties |= 1U << person->specialty;
    team->education[person->education]++;
    team->tenure[tenure_band(tenure)]++;
}

static void record_team(struct ech_run *run, ech_id unit, const struct team *team)
{
    ech_count(run, ECH_M_leaders_NONE, 0, unit, team->n);
    ech_count(run, ECH_M_leaders_women_NONE, 0, unit, team->women);
    ech_count(run, ECH_M_leaders_nonparty_NONE, 0, unit, team->nonparty);
    ech_count(run, ECH_M_leaders_bachelor_NONE, 0, unit, team->degrees);
    ech_count(run, ECH_M_leaders_age_months_NONE, 0, unit, team->ages);
    ech_count(run, ECH_M_leaders_post_months_NONE, 0, unit, team->tenures);
    ech_count(run, ECH_M_leaders_short_NONE, 0, unit, team->short_in_post);
    ech_count(run, ECH_M_leaders_long_NONE, 0, unit, team->over_long);
    for (int education = 0; education < ECH_N_EDUCATIONS; education++) {
        ech_count(run, ECH_M_leaders_education_EDUCATION, education, unit,
                  team->education[education]);
    }
    for (int band = 0; band < ECH_N_TENURES; band++) {
        ech_count(run, ECH_M_leaders_tenure_TENURE, band, unit, team->tenure[band]);
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

/* The demands that planners look at first; each counts the same. */
static void record_index(struct ech_run *run, ech_id unit, const struct team *team)
{
    const struct ech_unit *facts = &run->scenario->units[unit];
    unsigned missing = facts->specialties & ~team->specialties;
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
        n_met += met[demand];
        ech_count(run, ECH_M_team_met_DEMAND, demand, unit, met[demand]);
    }
    ech_count(run, ECH_M_team_met_NONE, 0, unit, n_met);
    ech_count(run, ECH_M_teams_NONE, 0, unit, 1);
    ech_count(run, ECH_M_team_oldest_NONE, 0, unit, team->oldest);
    ech_count(run, ECH_M_team_youngest_NONE, 0, unit, team->youngest);
    ech_count(run, ECH_M_team_gaps_NONE, 0, unit, gaps);
    for (int specialty = 0; specialty < ECH_N_SPECIALTIES; specialty++) {
        ech_count(run, ECH_M_team_gaps_SPECIALTY, specialty, unit, missing >> specialty & 1);
    }
    ech_count(run, ECH_M_team_asked_NONE, 0, unit, ECH_N_DEMANDS);
}

void ech_review_record(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        const struct ech_unit *facts = &run->scenario->units[unit];
        struct team team = {.youngest = INT_MAX};
        for (ech_id post = facts->first_post; post < facts->first_post + facts->n_posts; post++) {
            if (run->posts[post].holder != ECH_NONE) {
                add_leader(run, &run->people[run->posts[post].holder], &team);
            }
        }
        if (team.n > 0) {
            record_team(run, unit, &team);
            record_index(run, unit, &team);
        }
    }
}
