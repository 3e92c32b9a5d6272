/* Grades, path by path: all comparisons are exact.

   Least times alone (grades_time.yaml). Promotions happen every twelfth month. Whoever came to his grade
   in month a rises in the first month 12 k > a with 12 k - a + c >= w, w the least time and c the months
   that excellent years since a have brought, 6 for each of the (12 k - a) / 12 assessments. From a = 0
   on every a is a multiple of 12, so the wait is 12 ceil(w / 12) months, or with an excellent year every
   year 12 ceil(w / 18).

   Under a cap (grades_cap.yaml). In each month of promotion the numbers not held by somebody who still
   serves go to those with the longest time in grade among whoever has 24 months of it. */
#include "theory.h"

#include "model/state.h"

enum { N_PEOPLE = 97, YEARLY = 12, MOST_PEOPLE = 64 };

/* Least months in the grade below, as grades_ladder.csv says in years. */
static const int least[ECH_N_GRADES] = {0, 0, 15, 30, 9, 36, 12, 33, 6, 21, 42, 24, 51};

/* Grade in a month of whoever began on `first` at month 0; `excellent`: months that a year brings. */
static int grade_at(int month, int first, int excellent)
{
    int grade = first;
    int since = 0;
    while (grade + 1 < ECH_N_GRADES) {
        int years = 1;
        while (years * (YEARLY + excellent) < least[grade + 1]) {
            years++;
        }
        since += years * YEARLY;
        if (since > month) {
            break;
        }
        grade++;
    }
    return grade;
}

static void make_all_excellent(const struct ech_run *run, const char *process, void *context)
{
    struct ech_person *people = run->people; /* the run is the test's own */
    for (ech_id id = 0; id < run->n_people; id++) {
        people[id].rating = ECH_RATING_EXCELLENT;
    }
}

static void check_times(int excellent)
{
    struct theory_model model = {0};
    theory_load(&model, "tests/verify/grades_time.yaml");
    for (int grade = 1; grade < ECH_N_GRADES; grade++) {
        assert_int_equal(model.scenario.tables.grade_months[grade], least[grade]);
    }
    ech_run_set_check(model.run, excellent > 0 ? make_all_excellent : NULL, NULL);
    theory_run(&model, 1, NULL);
    for (int month = 0; month <= model.scenario.n_months; month++) {
        int64_t expected[ECH_N_GRADES] = {0};
        expected[grade_at(month, ECH_GRADE_PRINCIPAL_4, excellent)] += 13;
        expected[grade_at(month, ECH_GRADE_CLERK_1, excellent)] += 53;
        expected[grade_at(month, ECH_GRADE_CLERK_2, excellent)] += 20 + 11;
        int64_t steps = 0;
        for (int grade = 0; grade < ECH_N_GRADES; grade++) {
            assert_int_equal(theory_county(&model, month, ECH_M_heads_GRADE, grade),
                             expected[grade]);
            steps += expected[grade] * (grade - 1);
        }
        assert_int_equal(theory_county(&model, month, ECH_M_graded_NONE, 0), N_PEOPLE);
        assert_int_equal(theory_county(&model, month, ECH_M_grade_ceiling_NONE, 0), 0);
        assert_int_equal(theory_county(&model, month, ECH_M_cost_grades_NONE, 0),
                         steps * 239 * 1000000);
    }
    theory_free(&model);
}

static void test_without_a_cap_the_least_times_decide(void **state)
{
    check_times(0);
}

static void test_each_excellent_year_takes_half_a_year_off(void **state)
{
    check_times(6);
}

/* A queue of people who were all given one by one. */
struct queue {
    int n;
    struct {
        int since;
        int leaves;
        bool risen;
    } people[MOST_PEOPLE];
};

static struct queue queue_of(const struct ech_scenario *scenario)
{
    struct queue queue = {.n = scenario->n_people};
    assert_in_range(queue.n, 20, MOST_PEOPLE);
    for (int i = 0; i < queue.n; i++) {
        queue.people[i].since = scenario->people[i].grade_month;
        queue.people[i].leaves = scenario->people[i].birth_month + 60 * 12;
    }
    return queue;
}

/* The longest waiting of those who have waited enough and still serve; ECH_NONE: nobody. */
static int first_of(const struct queue *queue, int month)
{
    int first = ECH_NONE;
    for (int i = 0; i < queue->n; i++) {
        bool waits = !queue->people[i].risen && queue->people[i].leaves > month &&
                     month - queue->people[i].since >= 24;
        if (waits && (first == ECH_NONE || queue->people[i].since < queue->people[first].since)) {
            first = i;
        }
    }
    return first;
}

static int64_t still_there(const struct queue *queue, int month, bool risen, int waited_since)
{
    int64_t n = 0;
    for (int i = 0; i < queue->n; i++) {
        n += queue->people[i].leaves > month && queue->people[i].risen == risen &&
             waited_since - queue->people[i].since >= 24;
    }
    return n;
}

static void test_under_a_cap_a_queue_moves_as_numbers_fall_free(void **state)
{
    struct theory_model model = {0};
    theory_load(&model, "tests/verify/grades_cap.yaml");
    theory_run(&model, 1, NULL);
    struct queue queue = queue_of(&model.scenario);
    int64_t cap = (int64_t)floor(0.31 * 41);
    int64_t all = 0;
    int held_back = 0;
    for (int month = 1; month <= model.scenario.n_months; month++) {
        int64_t n = 0, waited = 0;
        while (month % YEARLY == 0 && first_of(&queue, month) != ECH_NONE &&
               still_there(&queue, month, true, ECH_NEVER) < cap) {
            int i = first_of(&queue, month);
            queue.people[i].risen = true;
            waited += month - queue.people[i].since;
            n++;
        }
        all += n;
        int last = month / YEARLY * YEARLY;
        int64_t ceiling = last > 0 ? still_there(&queue, month, false, last) : 0;
        held_back += ceiling > 0;
        assert_int_equal(theory_county(&model, month, ECH_M_grade_promotions_NONE, 0), n);
        assert_int_equal(
            theory_county(&model, month, ECH_M_grade_promotions_GRADE, ECH_GRADE_PRINCIPAL_4), n);
        assert_int_equal(theory_county(&model, month, ECH_M_grade_wait_months_NONE, 0), waited);
        assert_int_equal(theory_county(&model, month, ECH_M_grade_ceiling_NONE, 0), ceiling);
        assert_int_equal(theory_county(&model, month, ECH_M_heads_GRADE, ECH_GRADE_PRINCIPAL_4),
                         still_there(&queue, month, true, ECH_NEVER));
    }
    assert_in_range(all, cap + 10, 41);  /* the queue has moved well beyond its first numbers, */
    assert_in_range(held_back, 60, 179); /* and people have waited for them */
    theory_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_without_a_cap_the_least_times_decide),
        cmocka_unit_test(test_each_excellent_year_takes_half_a_year_off),
        cmocka_unit_test(test_under_a_cap_a_queue_moves_as_numbers_fall_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
