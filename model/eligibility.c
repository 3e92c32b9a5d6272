#include "model/eligibility.h"

static unsigned bit(bool failed, enum ech_clause clause)
{
    return failed ? 1U << clause : 0;
}

unsigned ech_eligibility_failed(const struct ech_run *run, const struct ech_person *person,
                                const struct ech_post_kind *kind, const struct ech_params *policy,
                                int ahead)
{
    int month = run->month;
    unsigned failed = bit(person->stepped_down, ECH_CLAUSE_STEPPED_DOWN) |
                      bit(month + ahead < person->village_end, ECH_CLAUSE_VILLAGE);
    if (person->level == kind->level) {
        int tenure = month + ahead - person->post_month;
        return failed | bit(!person->stepped_down && tenure < policy->lateral_min_tenure,
                            ECH_CLAUSE_LATERAL_TENURE);
    }
    failed |= bit(month + ahead - person->level_month < policy->eligibility_min_level_time,
                  ECH_CLAUSE_LEVEL_TIME);
    failed |= bit(month + ahead - person->entry_month < policy->eligibility_min_service,
                  ECH_CLAUSE_SERVICE);
    failed |= bit(month - person->birth_month >= policy->eligibility_max_age, ECH_CLAUSE_AGE_LIMIT);
    failed |= bit(person->education < policy->eligibility_education, ECH_CLAUSE_EDUCATION);
    failed |= bit(month + ahead < person->probation_end, ECH_CLAUSE_PROBATION);
    return failed;
}
