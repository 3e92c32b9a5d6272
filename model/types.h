/* The few types that every header of the model shares. */
#ifndef ECH_TYPES_H
#define ECH_TYPES_H

#include <limits.h>
#include <stdint.h>

/** A row of people, posts, units, places, ...; ECH_NONE where there is none. */
typedef int32_t ech_id;
/** A stable identity that scenarios share; see docs/ODD.md, Chance. */
typedef uint64_t ech_key;

#define ECH_NONE ((ech_id)-1)
/** A row that is drawn when it is first asked for. */
#define ECH_UNDRAWN ((ech_id)-2)
/** A month that nobody said. */
#define ECH_UNSAID INT_MIN
/** A month before all others: of what has not happened, or is to be looked at anew at once. */
#define ECH_LONG_AGO (INT_MIN / 2)
/** A limit in months that never acts ("off"). */
#define ECH_NEVER (INT_MAX / 4)

enum ech_sex { ECH_FEMALE, ECH_MALE, ECH_N_SEXES };
enum ech_education {
    ECH_EDU_OTHER,
    ECH_EDU_COLLEGE,
    ECH_EDU_BACHELOR,
    ECH_EDU_POSTGRADUATE,
    ECH_N_EDUCATIONS
};
/** What somebody was trained for. */
enum ech_specialty {
    ECH_SPECIALTY_GENERAL,
    ECH_SPECIALTY_FINANCE,
    ECH_SPECIALTY_AUDIT,
    ECH_SPECIALTY_ENGINEERING,
    ECH_SPECIALTY_LAW,
    ECH_SPECIALTY_AGRICULTURE,
    ECH_N_SPECIALTIES
};
/** Result of the last yearly assessment (年度考核), the worst first; whoever was never assessed is unrated. */
enum ech_rating {
    ECH_RATING_NONE,
    ECH_RATING_INCOMPETENT, /* 不称职 */
    ECH_RATING_BASIC,       /* 基本称职 */
    ECH_RATING_COMPETENT,   /* 称职 */
    ECH_RATING_EXCELLENT,   /* 优秀 */
    ECH_N_RATINGS
};
/** What an assessment may bring on somebody, the mildest first; of several the hardest. */
enum ech_consequence {
    ECH_CONSEQUENCE_NONE,
    ECH_CONSEQUENCE_ADMONISH, /* 诫勉: a block */
    ECH_CONSEQUENCE_ADJUST,   /* 调整: loses the post, keeps the level, without a block */
    ECH_CONSEQUENCE_DEMOTE,   /* 降职: loses the post and a level */
    ECH_CONSEQUENCE_REMOVE,   /* 免职: loses the post, keeps the level */
    ECH_CONSEQUENCE_DISMISS   /* 辞退 */
};
/** Consequences but for the first, in their order. */
enum { ECH_N_CONSEQUENCES = ECH_CONSEQUENCE_DISMISS };
enum ech_track { ECH_ADMIN, ECH_INSTITUTION, ECH_N_TRACKS };
/** Roles of leading posts; a lower number is a higher role. The first three are chiefs (正职). */
enum ech_role {
    ECH_ROLE_PARTY_CHIEF,
    ECH_ROLE_GOVERNMENT_CHIEF,
    ECH_ROLE_DEPARTMENT_CHIEF,
    ECH_ROLE_DEPUTY,
    ECH_ROLE_MEMBER,
    ECH_N_ROLES
};
/** Classes of posts for the reserve: every leading post is of one of the two. */
enum ech_class { ECH_CLASS_CHIEF, ECH_CLASS_DEPUTY, ECH_N_CLASSES };
/** Ways to leave the county; the words of the event log. */
enum ech_cause {
    ECH_CAUSE_RETIRE,
    ECH_CAUSE_DEATH,
    ECH_CAUSE_RESIGN,
    ECH_CAUSE_UPWARD,
    ECH_CAUSE_OUTWARD,
    ECH_CAUSE_PROMOTED_OUT,
    ECH_CAUSE_ROTATED_OUT,
    ECH_CAUSE_DISMISSED,
    ECH_N_CAUSES
};
/** Ways into the county's books. */
enum ech_channel {
    ECH_CHANNEL_EXAM,
    ECH_CHANNEL_TRANSFER,
    ECH_CHANNEL_OUTSIDE,
    ECH_CHANNEL_SELECTED,
    ECH_N_CHANNELS
};
/** Why a post stands vacant at the end of a month. */
enum ech_vacancy {
    ECH_VACANT_PROCEDURE, /* a nominee is on his way */
    ECH_VACANT_NOBODY,    /* nobody is eligible */
    ECH_VACANT_NO_PLACE,  /* somebody would be, but the unit has no free place */
    ECH_N_VACANCIES
};
/** Time in post as team reviews (班子分析研判) band it: under 3, 3 to 5, over 5 years. */
enum { ECH_N_TENURES = 3 };
/** How a vacancy chain ends: with somebody from below the leading posts, or from outside. */
enum ech_ending { ECH_ENDING_STAFF, ECH_ENDING_OUTSIDE, ECH_N_ENDINGS };
/** Thirds of remoteness: below 1/3, from 1/3, from 2/3. */
enum { ECH_N_REMOTENESS = 3 };
/** Lengths of vacancy chains: 1, 2, 3, 4, and 5 or more openings. */
enum { ECH_N_LENGTHS = 5 };
/** Outcomes of a case of discipline (处分), the mildest first. */
enum ech_sanction {
    ECH_SANCTION_WARNING,         /* 警告 */
    ECH_SANCTION_DEMERIT,         /* 记过 */
    ECH_SANCTION_SERIOUS_DEMERIT, /* 记大过 */
    ECH_SANCTION_DEMOTION,        /* 降级 */
    ECH_SANCTION_REMOVAL,         /* 撤职 */
    ECH_SANCTION_DISMISSAL,       /* 开除 */
    ECH_N_SANCTIONS
};
/** How an incident ends for the chief on whom it falls. */
enum ech_incident {
    ECH_INCIDENT_NOTHING,
    ECH_INCIDENT_TOLERATED,   /* an honest failure that goes unpunished (容错) */
    ECH_INCIDENT_BLAME,       /* 诫勉问责 */
    ECH_INCIDENT_RESIGNATION, /* 责令辞职、免职 */
    ECH_N_INCIDENTS
};
/** What is compared between units of the base level. */
enum ech_quantity {
    ECH_QUANTITY_VACANCY, /* vacant leading posts / posts, over the months of a year */
    ECH_QUANTITY_RESERVE, /* people on the lists / people needed, at the end of a year */
    ECH_N_QUANTITIES
};
/** Clauses of eligibility, in table order (the order in which a rejection names them). */
enum ech_clause {
    ECH_CLAUSE_LEVEL_TIME,
    ECH_CLAUSE_SERVICE,
    ECH_CLAUSE_AGE_LIMIT,
    ECH_CLAUSE_EDUCATION,
    ECH_CLAUSE_PROBATION,
    ECH_CLAUSE_BASE_EXPERIENCE,
    ECH_CLAUSE_SANCTION,
    ECH_CLAUSE_POST_PROBATION,
    ECH_CLAUSE_RATING,
    ECH_CLAUSE_TRAINING,
    ECH_CLAUSE_EXAM,
    ECH_CLAUSE_HIDDEN_STEP,
    ECH_CLAUSE_HOME_AVOIDANCE,
    ECH_CLAUSE_LATERAL_TENURE,
    ECH_CLAUSE_STEPPED_DOWN,
    ECH_CLAUSE_VILLAGE,
    ECH_CLAUSE_RESERVE_REQUIRED,
    ECH_CLAUSE_ESTABLISHMENT_FULL,
    ECH_N_CLAUSES
};
/** What is asked of the structure of a leading team; each counts the same in its index. */
enum ech_team_demand {
    ECH_DEMAND_POSTS,       /* every post filled */
    ECH_DEMAND_WOMAN,       /* a woman in the team */
    ECH_DEMAND_AGES,        /* three age bands */
    ECH_DEMAND_DEGREES,     /* half with a bachelor's degree or more */
    ECH_DEMAND_SPECIALTIES, /* no specialty gap */
    ECH_DEMAND_TENURE,      /* nobody over ten years in post */
    ECH_N_DEMANDS
};
/** Grades (职级), the lowest first; ECH_GRADE_NONE: institution staff, and where grades are off. */
enum ech_grade {
    ECH_GRADE_NONE,
    ECH_GRADE_CLERK_2,      /* 二级科员 */
    ECH_GRADE_CLERK_1,      /* 一级科员 */
    ECH_GRADE_PRINCIPAL_4,  /* 四级主任科员 */
    ECH_GRADE_PRINCIPAL_3,  /* 三级主任科员 */
    ECH_GRADE_PRINCIPAL_2,  /* 二级主任科员 */
    ECH_GRADE_PRINCIPAL_1,  /* 一级主任科员 */
    ECH_GRADE_CONSULTANT_4, /* 四级调研员 */
    ECH_GRADE_CONSULTANT_3, /* 三级调研员 */
    ECH_GRADE_CONSULTANT_2, /* 二级调研员 */
    ECH_GRADE_CONSULTANT_1, /* 一级调研员 */
    ECH_GRADE_INSPECTOR_2,  /* 二级巡视员 */
    ECH_GRADE_INSPECTOR_1,  /* 一级巡视员 */
    ECH_N_GRADES
};
/** Courses that people are trained in. */
enum ech_course { ECH_COURSE_GENERAL, ECH_COURSE_ECONOMIC, ECH_COURSE_LAW, ECH_N_COURSES };
/** Six age bands of the field's statistics: <=35, 36-40, 41-45, 46-50, 51-55, >=56. */
enum { ECH_N_AGE_BANDS = 6, ECH_MAX_LEVELS = 12 };

/** The word of each constant above, as scenario files, exports and the event log spell it. */
extern const char *const ech_sex_names[ECH_N_SEXES];
extern const char *const ech_education_names[ECH_N_EDUCATIONS];
extern const char *const ech_specialty_names[ECH_N_SPECIALTIES];
extern const char *const ech_rating_names[ECH_N_RATINGS];
extern const char *const ech_consequence_names[ECH_N_CONSEQUENCES];
extern const char *const ech_track_names[ECH_N_TRACKS];
extern const char *const ech_role_names[ECH_N_ROLES];
extern const char *const ech_class_names[ECH_N_CLASSES];
extern const char *const ech_cause_names[ECH_N_CAUSES];
extern const char *const ech_channel_names[ECH_N_CHANNELS];
extern const char *const ech_vacancy_names[ECH_N_VACANCIES];
extern const char *const ech_tenure_names[ECH_N_TENURES];
extern const char *const ech_ending_names[ECH_N_ENDINGS];
extern const char *const ech_team_demand_names[ECH_N_DEMANDS];
extern const char *const ech_remoteness_names[ECH_N_REMOTENESS];
extern const char *const ech_length_names[ECH_N_LENGTHS];
extern const char *const ech_clause_names[ECH_N_CLAUSES];
extern const char *const ech_sanction_names[ECH_N_SANCTIONS];
extern const char *const ech_incident_names[ECH_N_INCIDENTS];
extern const char *const ech_grade_names[ECH_N_GRADES];
extern const char *const ech_course_names[ECH_N_COURSES];
extern const char *const ech_quantity_names[ECH_N_QUANTITIES];
extern const char *const ech_age_band_names[ECH_N_AGE_BANDS];

#endif
