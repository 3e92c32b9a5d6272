/* State of one replication of one county. Shared by the processes of the month; private to model/. */
#ifndef ECH_STATE_H
#define ECH_STATE_H

#include <math.h>
#include <stdbool.h>

#include "model/chance.h"
#include "model/run.h"

enum ech_presence {
    ECH_ABSENT,  /* the row is free */
    ECH_PENDING, /* decided, holds a place, not on the books yet */
    ECH_SERVING
};

/** Completed years of age that the mortality table is laid out for; nobody is older. */
enum { ECH_AGES = 151 };

/** Most years of stagnation that may count: the range of stagnation.most. */
enum { ECH_MOST_STAGNATION = 40 };

/** Years in one post that discipline tells apart: the range of discipline.tenure_cap. */
enum { ECH_DISCIPLINE_YEARS = 60 };

/** On no reserve list. */
enum { ECH_UNLISTED = ECH_N_CLASSES };

/** A cadre. Months are relative to the start (negative: before it); ids are rows. What the monthly
    passes read stands in the first 64 bytes. */
struct ech_person {
    uint8_t presence;
    uint8_t track;
    uint8_t level;
    uint8_t listed; /* enum ech_class, or ECH_UNLISTED */
    uint8_t stepped_down;
    uint8_t sex;
    uint8_t education;
    uint8_t fulltime;
    uint8_t nonparty;
    uint8_t outsider;
    uint8_t channel; /* of a pending entrant */
    uint8_t specialty;
    ech_id unit;
    ech_id post;
    int birth_month;  /* age in completed months at month m is m - birth_month */
    int joined_month; /* came onto the county's books; faces exit draws from the next month */
    int level_month;  /* time in level is m - level_month */
    int post_month;   /* took the last post that he held; 0 if none */
    int entry_month;  /* service is m - entry_month */
    ech_key key;
    double merit;     /* standard deviations of entrants; never seen by the rules */
    double contrast;  /* between the dimensions of merit; see merit.h */
    ech_id next_post; /* nominated for */
    int moved_month;  /* last month in which he changed posts or units */
    int retire_month;
    int unit_month;      /* came to his unit; time in unit is m - unit_month */
    int base_months;     /* of base-level experience before the present unit */
    ech_id home;         /* base-level unit where he grew up; see background.h */
    int bond_end;        /* last month of the service bond; ECH_LONG_AGO if there was none */
    int probation_end;   /* first month without probation */
    int arrive_month;    /* of a pending recruit */
    ech_id place;        /* row of places that he holds */
    ech_id next_place;   /* held for him where he is nominated */
    ech_id pledged_to;   /* stepped down and to exchange places with the nominee of this post */
    int village_end;     /* first month back from the village; ECH_LONG_AGO: never there */
    int listed_month;    /* came onto the list where he stands */
    int timed_out_month; /* dropped off after the longest time; ECH_LONG_AGO: never */
    int tempered_months; /* on reserve lists, the present one not included */
    int blocked_until;   /* first month without a block that a sanction brought */
    int trained_month;   /* last training; ECH_LONG_AGO: none on record */
    uint8_t rating;      /* enum ech_rating of the last assessment, */
    uint8_t earlier_ratings[2]; /* and of the two before it */
    uint8_t n_posts;     /* leading posts that he has held at his level, the present one included */
    uint8_t exceptional; /* his last promotion waived a clause */
    uint8_t fallen;      /* has lost a post and held none since */
    uint8_t grade;       /* enum ech_grade */
    uint8_t at_ceiling;  /* held back by a cap alone at the last promotion of grades */
    uint8_t township_grade; /* has risen a grade for long service at the base level */
    int16_t grade_credit;   /* months that ratings took off the time in grade, or added (below 0) */
    int grade_month;        /* time in grade is m - grade_month */
    uint8_t declined;       /* has declined an opening, which may be filled by now */
    int unrated_until; /* first month in which an assessment may rate him again after a sanction, */
    int plain_until;   /* or rate him excellent */
    int post_probation_end; /* month in which his probation in the post ends; ECH_LONG_AGO: none */
};

/** A leading post and its opening. */
struct ech_post_state {
    ech_id holder;
    ech_id nominee;
    int arrive_month;
    int vacant_since;
    ech_key opening;   /* its key; see ech_opening_key */
    int last_tried;    /* month in which candidates were last looked at; ECH_LONG_AGO: never */
    int done_month;    /* month in which the rounds are over for this opening */
    ech_id chain_post; /* first opening of its vacancy chain */
    int chain_month;
    int chain_length;  /* openings of the chain so far, this one included */
    ech_id pledge;     /* who exchanges places with the nominee */
    bool from_reserve; /* the nominee was on the list */
    unsigned waived;   /* the clause that is waived for the nominee, a bit; 0: none */
    int n_holders;     /* people who have held it since the last change of terms */
    bool forced;       /* and nobody else could have been nominated: the list was required */
    enum ech_vacancy reason;
    const char
        *move_cause; /* of the move that fills it without a procedure; NULL: an appointment */
};

/** A unit's places and recent rotations. */
struct ech_unit_state {
    int first_place[ECH_N_TRACKS];
    int max_places[ECH_N_TRACKS];           /* rows reserved, over all epochs */
    int places[ECH_N_TRACKS];               /* establishment in force */
    int limit[ECH_N_TRACKS];                /* places and the allowed overrun */
    int taken[ECH_N_TRACKS];                /* places held, those promised included */
    int heads[ECH_N_TRACKS];                /* on the books */
    int away;                               /* of these, seconded elsewhere */
    int training;                           /* and on a course */
    int n_posts[ECH_N_CLASSES];             /* leading posts */
    unsigned reserve_levels[ECH_N_CLASSES]; /* whose people may stand on its reserve lists: a bit
                                               each */
    int needed[ECH_N_CLASSES];              /* people needed on its reserve lists, */
    int listed[ECH_N_CLASSES];              /* who stands on them; see stocks.h, */
    int ready[ECH_N_CLASSES];               /* and is eligible today */
    double leave_factor;                    /* of leaving, by remoteness, pay gap, accountability */
    double outsider_factor[2];              /* of leaving, by person.outsider */
    double young_factor[2];                 /* of leaving, by whether under 35 */
    double load_factor;                     /* of leaving, by the load of this month, */
    double load_logarithm;                  /* and its logarithm */
    int present;              /* people of this load, ECH_NONE: it is to be taken anew */
    double load;              /* at the beginning of the month; 0: nobody is present */
    double felt_load;         /* the same, or with the heads of month 0 (strain.feedback) */
    double crowding_at_start; /* people for the work / heads present at month 0 */
    double pressure;          /* added to strain in a month */
    int chief_rotated;        /* last month in which a chief came by rotation */
    int n_planned;            /* places that a plan has passed by, or has left to give */
    bool had_break;           /* of its chiefs' reserve, since the start */
    int post_months;          /* of the leading posts, this year, */
    int vacant_months;        /* and of these without a holder */
    uint64_t incident_bound;  /* no word above it is an incident, whatever the load */
    int review;               /* month in which its team is to be looked at; see review.h */
    bool chiefs_new;          /* two chiefs or more, all of them less than a year in post */
    ech_key last_head;        /* who headed it when it came last a year ago; 0: it did not */
};

/** Numbers drawn once for somebody and kept, because every opening that looks at him asks for them;
    NAN: not drawn yet. */
struct ech_drawn {
    double exam;       /* of the qualifying exam for the level above his */
    double popularity; /* its part of its own */
};

/** The people of a unit at a level: blocks of which the first alone is not full; see rungs.h. */
struct ech_rung {
    int first; /* ECH_NONE: nobody */
    int n;     /* people in the first block */
};

enum { ECH_RUNG_BLOCK = 7 };

/** Some of these people: half a cache line. */
struct ech_rung_block {
    ech_id ids[ECH_RUNG_BLOCK];
    int next; /* ECH_NONE: the last */
};

/** Where somebody stands. */
struct ech_footing {
    int rung; /* ECH_NONE: nowhere */
    int at;   /* block * ECH_RUNG_BLOCK + place in it */
};

/** Posts of a pool of reserves that ask the same. */
struct ech_asking {
    ech_id post; /* one of them */
    ech_id unit; /* of all of them, so that homes matter; ECH_NONE: there are others elsewhere */
};

/** A host beyond the county, out of its sight. */
#define ECH_BEYOND ((ech_id)-3)

/** Where somebody is seconded; he stays on the books of his unit and keeps his post. */
struct ech_away {
    ech_id host;     /* unit, ECH_BEYOND; ECH_NONE: he is not seconded */
    int since_month; /* went there */
    int return_month;
};

/** Courses of somebody. */
struct ech_training {
    int begin_month; /* of the course planned; ECH_NEVER: none */
    int end_month;   /* of the course that he is away on; ECH_NEVER: none */
    uint8_t course;  /* enum ech_course of either */
    uint8_t last;    /* of the last one that he ended; ECH_N_COURSES: none */
};

/** Months for which the fading of a boost is laid out; afterwards it stays as it is. */
enum { ECH_FADE = 1024 };

/** Scratch entry for sorting people or posts by keyed numbers. */
struct ech_rank {
    double first; /* smaller comes first */
    double second;
    uint64_t tie;
    ech_key key;
    ech_id id;
};

/** Months of service or time in a post that the curves of performance are laid out for; beyond them the
    last value holds. */
enum { ECH_CURVE_MONTHS = 721 };

/** What time in a post takes from performance: learning and staleness, in standard deviations, and each in
    millionths, as counters hold it. */
struct ech_tenure_lost {
    double both;
    int32_t learning_micro;
    int32_t staleness_micro;
};

/** Curves of performance by completed months, in standard deviations; see performance.h. */
struct ech_curves {
    bool on;                /* performance is more than merit, and measured */
    double effort_economic; /* shifted by what the assessment weighs */
    double effort_broad;
    double strain; /* lost at a strain of 1 */
    double wall;   /* lost at the wall of age */
    double competence[ECH_CURVE_MONTHS];
    struct ech_tenure_lost lost[ECH_CURVE_MONTHS];
};

/** What a course adds to performance at its end: the whole, and the parts of that by dimension. */
struct ech_lesson {
    double boost;
    double economic;
    double broad;
};

/** What an assessment makes of performance by dimension and of popularity; see assessment.h. */
struct ech_lens {
    double economic;
    double broad;
    double popularity;
};

/** What some post asks for of records that change often. */
struct ech_asked {
    unsigned ratings; /* a bit for each value of eligibility.min_rating */
    bool three;       /* three excellent ratings save months */
    bool list;        /* the reserve list is required */
    bool training;
};

struct ech_pool_row;
struct ech_rejections;
struct ech_choice;
struct ech_finding;
struct ech_counted;
struct ech_unit_counted;
struct ech_performer;
struct ech_assessed;
struct ech_team;

struct ech_run {
    /* inputs */
    const struct ech_scenario *scenario;
    struct ech_layout layout;
    const struct ech_output *output;
    const struct ech_sink *sink;
    ech_check_fn check;
    void *check_context;

    /* state of one county in one replication; units and posts are rows of the scenario */
    struct ech_chance chance;
    struct ech_chance
        initial_chance; /* of the people of month 0: may not change with replications */
    const struct ech_county *county;
    int county_row;
    int month;
    int epoch;
    int n_people; /* rows in use, free ones included */
    int n_pending;
    struct ech_person *people;     /* [capacity] */
    struct ech_away *away;         /* [capacity] NULL where no policy seconds anybody */
    int n_away;                    /* people who are seconded */
    struct ech_training *training; /* [capacity] NULL where no policy trains anybody, and so is: */
    int *course_due; /* [capacity] month in which a course of his is to begin or end */
    int n_training;  /* people on a course */
    int n_courses;   /* planned */
    ech_id *blocked; /* [capacity] people under a block, and who no longer is, n_blocked */
    int n_blocked;
    uint64_t *exit_threshold; /* [capacity] no word above it is an exit */
    ech_key *exit_key;    /* [capacity] whose draw it is; of all who serve once the exits have been
                                 looked after */
    int *exit_refresh;    /* [capacity] month in which he is to be looked at: the threshold
                                 changes or he retires */
    uint64_t *wish_bound; /* [capacity] no word above it is an application, as long as the
                                 threshold holds; NULL where no policy lets anybody apply */
    double *strain;       /* [capacity] 0-1; see strain.h; NULL where no policy lets it rise */
    double *taste;        /* [capacity] factor on leaving; 0: not looked up yet; NULL where none
                                 varies */
    int n_upward;         /* gone upward in this year of the run, where slots bind */
    int n_wishing;        /* people in `ranks` who would go upward this month */
    bool strain_on;       /* it rises, or has risen */
    struct ech_post_state *posts; /* [scenario.n_posts] */
    uint8_t *vacant;              /* [scenario.n_posts] 1: without a holder */
    int *overdue_from; /* [scenario.n_posts] no holder is overdue for rotation before it */
    struct ech_unit_state *units; /* [scenario.n_units] */
    ech_id *places;               /* [n_places] who holds it, ECH_NONE: nobody */
    ech_id *free_rows;            /* [capacity] stack */
    int n_free_rows;
    int rotated_in_year;  /* people, this calendar year */
    int excepted_in_year; /* exceptional nominations, this calendar year */
    int nominated_in_month;
    bool probation_on; /* somebody has begun a probation in his post */

    bool opened; /* a post fell vacant since `open` was collected */

    /* derived from the policy in force by ech_policy_apply */
    int shortest_rotation;  /* least limit of time in post of any unit and level */
    int shortest_unit_time; /* likewise of time in unit */
    int earliest_stepdown;  /* least age at which anybody steps down; ECH_NEVER: nobody does */
    bool terms_on;          /* some unit and level has changes of terms */
    int next_term_change;   /* no post changes terms before this month */
    bool wishes_on;         /* somebody may apply to a department */
    bool push_on;           /* some level is pushed */
    int *asks;              /* [n_posts] equal where posts of a level ask the same */
    struct ech_asked asked;
    uint64_t discipline_bound;       /* no word above it is a case, whoever's it is, */
    uint64_t discipline_staff_bound; /* of people without a post, */
    uint64_t discipline_bounds[2][ECH_DISCIPLINE_YEARS]; /* of others and chiefs, by completed
                                                            years in the post */
    double stagnation_factor[ECH_MOST_STAGNATION + 1];   /* of leaving, by completed years */
    bool leaving_moves;      /* load or strain act on leaving, so that it changes every month */
    double leaving_bound;    /* most that load and strain can multiply leaving by */
    double strain_logarithm; /* of the rate ratio of strain, */
    double strain_centre;    /* and where it is 1 */
    double wants_threshold;  /* see ech_leaving_wants */
    double training_fade[ECH_FADE];           /* of a boost, by months since */
    double death_rate[ECH_N_SEXES][ECH_AGES]; /* 1/year, by completed years */
    double merit_common; /* weights of merit and contrast in a dimension; see merit.h */
    double merit_contrast;
    struct ech_curves curves;
    struct ech_lesson lessons[ECH_N_COURSES];
    struct ech_lens lens;                                         /* of the yearly assessment */
    struct ech_lens vote_lens;                                    /* of the votes of colleagues */
    double mean_good, mean_against, good_needed, against_allowed; /* shares of votes, as normal
                                                                     quantiles */

    /* counters of this month */
    int64_t
        *unit_now; /* [n_units * layout.n_unit] the month of the output, or unit_own without one */
    int64_t *unit_own;   /* [n_units * layout.n_unit] */
    int64_t *unit_stock; /* [n_units * layout.n_unit] what stands there from month to month */
    int64_t *type_now;   /* [n_types * layout.n] likewise of the first county, else type_own */
    int64_t *type_own;
    int64_t *type_stock; /* [n_types * layout.n] people and units that are there; see stocks.h */
    struct ech_unit_counted *unit_counted; /* [n_units] as what they stand in the stocks */
    struct ech_counted *counted;           /* [capacity] as what they stand in the stocks */
    struct ech_performer *performers; /* [scenario.n_posts] of their holders; see performance.h */
    int *recount;                     /* [capacity] month in which `counted` is to be looked at */

    /* memory: every array stands in one block */
    void *block;
    int capacity;
    int n_places;
    ech_id *pool;    /* [capacity] scratch lists of people, */
    ech_id *lively;  /* [capacity] another one */
    double *values;  /* [capacity] scratch list of numbers, in the memory of `ranks` */
    double *classes; /* [capacity] likewise, behind the n_posts first of these; see field.h */
    struct ech_rung *rungs; /* [most_rungs] by unit of the county and level */
    int most_rungs;
    struct ech_footing *footing;        /* [capacity] where people stand, kept by ech_pool_stand */
    struct ech_rung_block *rung_blocks; /* [n_rung_blocks] */
    int n_rung_blocks;
    int free_block;  /* first of those in use nowhere */
    int n_pool_rows; /* of each level; see pool.h */
    int n_rows_begun[ECH_MAX_LEVELS];
    struct ech_pool_row *pool_rows; /* [n_levels * n_pool_rows], and for each of them: */
    uint8_t *judged;                /* [most_units] */
    struct ech_rejections *tallies; /* [n_types + 1] */
    uint64_t *pool_sets;            /* [ECH_N_POOL_SETS * n_set_words] a bit for each person */
    int n_set_words;
    unsigned *failed;        /* [2 * n_pool_rows * capacity] clauses that people fail */
    int *judge_due;          /* [capacity] month in which he is to be judged anew for openings */
    struct ech_drawn *drawn; /* [n_drawn] of every row of people, or of none if nobody asks */
    int n_drawn;
    struct ech_rank *ranks; /* [capacity + n_posts + n_units] scratch list */
    int *level_heads;       /* [n_units * n_levels] on the books of free units, with recruitment */
    int *level_start;       /* likewise at month 0 */
    int *block_of;          /* [capacity] of initial people; ECH_NONE: given one by one; `lively` */
    uint8_t *listed_before; /* [capacity] lists before a renewal */
    ech_id *movers;         /* [capacity] people of a rotation, in their order; `lively` too */
    struct ech_asking *asking; /* [n_posts] posts that ask differently, n_asking */
    int n_asking;              /* 0 unless the county has one pool of reserves */
    ech_id *open;              /* [n_posts] open posts of this month, n_open */
    int n_open;
    struct ech_finding *findings; /* [n_posts] */
    int newcomer_month;         /* last month in which somebody in the running became a candidate */
    struct ech_choice *choices; /* [n_posts] of the openings of a round */
    uint64_t *declined; /* [posts of the largest county * n_decline_words] a bit for each person */
    int most_posts;     /* of any county */
    int most_units;     /* likewise */
    struct ech_assessed *assessed; /* [capacity] of the last assessment; NULL where none is held */
    struct ech_team *teams;        /* [n_units] of the last assessment */
    int *pool_end;                 /* [ech_rating_pools()] where each stands in its ranking */
    int n_decline_words;
};

/** Policy in force for a unit and a level (or another column of struct ech_epoch). */
static inline const struct ech_params *ech_policy(const struct ech_run *run, ech_id unit,
                                                  int column)
{
    return ech_scenario_params(run->scenario, run->epoch, unit, column);
}

/** Policy of the whole county (rows of scope COUNTY). */
static inline const struct ech_params *ech_policy_county(const struct ech_run *run)
{
    return ech_policy(run, run->county->first_unit, 0);
}

/** Policy of a unit (rows of scope UNIT). */
static inline const struct ech_params *ech_policy_unit(const struct ech_run *run, ech_id unit)
{
    return ech_policy(run, unit, 0);
}

/** Policy for a post: how it is filled. */
static inline const struct ech_params *ech_policy_post(const struct ech_run *run, ech_id post)
{
    const struct ech_post *facts = &run->scenario->posts[post];
    return ech_policy(run, facts->unit, run->scenario->kinds[facts->kind].column);
}

/** Column of the policy that binds somebody: of his post's kind, else of his level. */
static inline int ech_column_of(const struct ech_run *run, const struct ech_person *person)
{
    const struct ech_scenario *scenario = run->scenario;
    return person->post != ECH_NONE ? scenario->kinds[scenario->posts[person->post].kind].column
                                    : person->level;
}

/** How many of the changes up to an epoch that spare whoever is in office he has escaped: he came onto
    the books, and into the last post that he took, before them. */
static inline int ech_cohort_of(const struct ech_run *run, const struct ech_person *person,
                                int epoch)
{
    const int *months = run->scenario->grandfathered;
    int n = run->scenario->epochs[epoch].n_cohorts - 1;
    int cohort = 0;
    int since =
        person->post_month > person->joined_month ? person->post_month : person->joined_month;
    while (cohort < n && months[n - 1 - cohort] > since) {
        cohort++;
    }
    return cohort;
}

/** Policy that binds somebody in a given epoch, where he is now. */
static inline const struct ech_params *
ech_policy_person_at(const struct ech_run *run, const struct ech_person *person, int epoch)
{
    return ech_scenario_cohort_params(run->scenario, epoch, ech_cohort_of(run, person, epoch),
                                      person->unit, ech_column_of(run, person));
}

/** Policy that binds somebody: how he leaves, how long he may stay. */
static inline const struct ech_params *ech_policy_person(const struct ech_run *run,
                                                         const struct ech_person *person)
{
    return ech_policy_person_at(run, person, run->epoch);
}

/** Whether a selected graduate is in his village: on the books of his unit, away from it, and neither
    promoted nor moved. */
static inline bool ech_in_village(const struct ech_run *run, const struct ech_person *person)
{
    return run->month < person->village_end;
}

/** Kind of a post. */
static inline const struct ech_post_kind *ech_kind_of(const struct ech_run *run, ech_id post)
{
    return &run->scenario->kinds[run->scenario->posts[post].kind];
}

/** Whether a role is a chief (正职). */
static inline bool ech_is_chief(enum ech_role role)
{
    return role <= ECH_ROLE_DEPARTMENT_CHIEF;
}

/** Class of a post for the reserve. */
static inline enum ech_class ech_class_of(const struct ech_run *run, ech_id post)
{
    return ech_is_chief(ech_kind_of(run, post)->role) ? ECH_CLASS_CHIEF : ECH_CLASS_DEPUTY;
}

/** Whether work in a unit is base-level experience (基层); not in ECH_NONE and hosts out of sight. */
static inline bool ech_is_base_level(const struct ech_run *run, ech_id unit)
{
    const struct ech_scenario *scenario = run->scenario;
    return unit >= 0 && scenario->types[scenario->units[unit].type].base_level;
}

/** Third of remoteness in which a unit lies. */
static inline int ech_remoteness_band(const struct ech_run *run, ech_id unit)
{
    int band = (int)(run->scenario->units[unit].remoteness * ECH_N_REMOTENESS);
    return band < ECH_N_REMOTENESS ? band : ECH_N_REMOTENESS - 1;
}

/** Calendar month 1-12 of the current month. */
static inline int ech_calendar_month(const struct ech_run *run)
{
    return (run->scenario->start_month + run->month) % 12 + 1;
}

/** Whether somebody is seconded elsewhere. */
static inline bool ech_is_away(const struct ech_run *run, const struct ech_person *person)
{
    return run->n_away > 0 && run->away[person - run->people].host != ECH_NONE;
}

/** Adds to a counter of this month; `index` is the value of the row's dimension. */
static inline void ech_count(struct ech_run *run, enum ech_count_id row, int index, ech_id unit,
                             int64_t by)
{
    int slot = run->layout.first[row] + index;
    if (ech_count_by_unit[row]) {
        run->unit_now[unit * run->layout.n_unit + slot] += by;
    }
    run->type_now[run->scenario->units[unit].type * run->layout.n + slot] += by;
}

/** Adds to a counter of this month and of every month from now on: a stock. */
static inline void ech_stock(struct ech_run *run, enum ech_count_id row, int index, ech_id unit,
                             int64_t by)
{
    int slot = run->layout.first[row] + index;
    if (ech_count_by_unit[row]) {
        run->unit_now[unit * run->layout.n_unit + slot] += by;
        run->unit_stock[unit * run->layout.n_unit + slot] += by;
    }
    run->type_stock[run->scenario->units[unit].type * run->layout.n + slot] += by;
}

/** A value in millionths, as counters hold it: the nearest whole number, halves away from 0. */
static inline int64_t ech_micro(double value)
{
    double micro = value * 1e6;
    int64_t whole = (int64_t)micro;
    double rest = micro - (double)whole;
    return whole + (rest >= 0.5) - (rest <= -0.5);
}

/** Order of ranks: first, second, tie, key; for qsort. */
int ech_rank_compare(const void *a, const void *b);

#endif
