/* The words of the constants of types.h. */
#include "model/types.h"

const char *const ech_sex_names[ECH_N_SEXES] = {"f", "m"};
const char *const ech_education_names[ECH_N_EDUCATIONS] = {"other", "college", "bachelor",
                                                           "postgraduate"};
const char *const ech_specialty_names[ECH_N_SPECIALTIES] = {
    "general", "finance", "audit", "engineering", "law", "agriculture"};
const char *const ech_rating_names[ECH_N_RATINGS] = {"unrated", "incompetent", "basic", "competent",
                                                     "excellent"};
const char *const ech_consequence_names[ECH_N_CONSEQUENCES] = {"admonition", "adjustment",
                                                               "demotion", "removal", "dismissal"};
const char *const ech_track_names[ECH_N_TRACKS] = {"admin", "institution"};
const char *const ech_role_names[ECH_N_ROLES] = {"party_chief", "government_chief",
                                                 "department_chief", "deputy", "member"};
const char *const ech_class_names[ECH_N_CLASSES] = {"chief", "deputy"};
const char *const ech_cause_names[ECH_N_CAUSES] = {
    "retire", "death", "resign", "upward", "outward", "promoted_out", "rotated_out", "dismissed"};
const char *const ech_channel_names[ECH_N_CHANNELS] = {"exam", "transfer", "outside", "selected"};
const char *const ech_vacancy_names[ECH_N_VACANCIES] = {"procedure", "nobody", "no_place"};
const char *const ech_tenure_names[ECH_N_TENURES] = {"under_3", "3_to_5", "over_5"};
const char *const ech_remoteness_names[ECH_N_REMOTENESS] = {"near", "middle", "far"};
const char *const ech_team_demand_names[ECH_N_DEMANDS] = {"posts",   "woman",       "ages",
                                                          "degrees", "specialties", "tenure"};
const char *const ech_ending_names[ECH_N_ENDINGS] = {"staff", "outside"};
const char *const ech_length_names[ECH_N_LENGTHS] = {"1", "2", "3", "4", ">=5"};
const char *const ech_clause_names[ECH_N_CLAUSES] = {
    "level_time",       "service",           "age_limit",    "education",
    "probation",        "base_experience",   "sanction",     "post_probation",
    "rating",           "training",          "exam",         "hidden_step",
    "home_avoidance",   "lateral_tenure",    "stepped_down", "village",
    "reserve_required", "establishment_full"};
const char *const ech_sanction_names[ECH_N_SANCTIONS] = {"warning",  "demerit", "serious_demerit",
                                                         "demotion", "removal", "dismissal"};
const char *const ech_incident_names[ECH_N_INCIDENTS] = {"nothing", "tolerated", "blame",
                                                         "resignation"};
const char *const ech_grade_names[ECH_N_GRADES] = {
    "none",         "clerk_2",     "clerk_1",      "principal_4",  "principal_3",
    "principal_2",  "principal_1", "consultant_4", "consultant_3", "consultant_2",
    "consultant_1", "inspector_2", "inspector_1"};
const char *const ech_course_names[ECH_N_COURSES] = {"general", "economic", "law"};
const char *const ech_quantity_names[ECH_N_QUANTITIES] = {"vacancy", "reserve"};
const char *const ech_age_band_names[ECH_N_AGE_BANDS] = {"<=35",  "36-40", "41-45",
                                                         "46-50", "51-55", ">=56"};
