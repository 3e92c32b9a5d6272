/* Flows, recruitment, free head count and logits in scenario files: what is read, what is refused. */
#include "input_fixture.h"

static void assert_over(struct fixture *f, const char *text, enum ech_error_code code, int line,
                        int column, const char *words)
{
    assert_int_equal(fixture_extend(f, text), ECH_USAGE);
    fixture_only(f, code, line, column, words);
}

#define POOL "units: [{id: pool, type: town, free: true}]\n"

static void test_flows_are_read_by_id(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f, POOL "flows:\n"
                                "  - {id: up, from: low, to: high, rate: 0.13}\n"
                                "  - {id: out, type: town, from: high, exit: resign, "
                                "probability: 0.27, every: 12}\n");
    assert_int_equal(f->scenario.n_flows, 2);
    const struct ech_flow *out = &f->scenario.flows[0];
    const struct ech_flow *up = &f->scenario.flows[1];
    assert_string_equal(out->id, "out");
    assert_true(out->to == ECH_NONE && out->cause == ECH_CAUSE_RESIGN && out->every == 12);
    assert_true(out->rate.is_probability[0] && out->rate.value[0] == 0.27);
    assert_string_equal(f->scenario.types[out->type].id, "town");
    assert_true(up->from == 0 && up->to == 1 && up->type == ECH_NONE && up->every == 1);
    assert_true(!up->rate.is_probability[0] && up->rate.value[0] == 0.13);
    assert_string_equal(fixture_setting(f, "flows[out].probability", "", 0)->value, "0.27");
    assert_int_equal(fixture_setting(f, "flows[up].rate", "", 0)->line, 4);
}

static void test_a_later_file_replaces_a_flow(void **state)
{
    struct fixture *f = *state;
    fixture_write(f, "small.yaml", small);
    fixture_write(f, "flow.yaml",
                  "extends: small.yaml\nflows: [{id: up, from: low, to: high, rate: 0.13}]\n");
    fixture_write(f, "top.yaml",
                  "extends: flow.yaml\n"
                  "flows: [{id: up, from: high, to: low, probability: 0.5, every: 3}]\n");
    assert_int_equal(fixture_load(f, "top.yaml"), ECH_OK);
    assert_int_equal(f->scenario.n_flows, 1);
    assert_true(f->scenario.flows[0].from == 1 && f->scenario.flows[0].every == 3);
}

static void test_recruitment_is_read(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f,
                        POOL "recruitment:\n"
                             "  - {id: b, level: {low: 0.7, high: 0.3}, number: 5, every: 1 y,\n"
                             "     channel: {exam: 0.4, outside: 0.6}, women: 0.37, age: 24}\n"
                             "  - {id: a, level: high, growth: 0.03, of: level, ages: [30, 33]}\n");
    const struct ech_recruitment *a = &f->scenario.recruitments[0];
    const struct ech_recruitment *b = &f->scenario.recruitments[1];
    assert_int_equal(f->scenario.n_recruitments, 2);
    assert_true(a->by == ECH_RECRUIT_GROWTH && a->amount == 0.03 && !a->whole_unit);
    assert_true(a->level[1] == 1 && a->channel[ECH_CHANNEL_EXAM] == 1 && a->women < 0);
    assert_true(a->age_from == 360 && a->age_to == 33 * 12 + 11);
    assert_true(b->by == ECH_RECRUIT_NUMBER && b->amount == 5 && b->every == 12);
    assert_true(b->level[0] == 0.7 && b->level[1] == 0.3 && b->women == 0.37);
    assert_true(b->channel[ECH_CHANNEL_OUTSIDE] == 0.6 && b->age_from == 288 && b->age_to == 288);
}

static void test_wrong_flows_are_refused(void **state)
{
    struct fixture *f = *state;
    assert_over(f, "flows: [{id: a, from: low, to: hihg, rate: 1}]\n", ECH_ERR_UNKNOWN_NAME, 2, 32,
                "did you mean 'high'?");
    assert_over(f, "flows: [{id: a, from: low, rate: 1}]\n", ECH_ERR_MISSING, 2, 9, "to, exit");
    assert_over(f, "flows: [{id: a, from: low, to: high}]\n", ECH_ERR_MISSING, 2, 9,
                "rate, probability");
    assert_over(f, "flows: [{id: a, from: low, to: high, exit: death, rate: 1}]\n",
                ECH_ERR_CONFLICT, 2, 38, "exit contradicts to");
    assert_over(f, "flows: [{id: a, from: low, to: high, rate: 1, probability: 0.1}]\n",
                ECH_ERR_CONFLICT, 2, 47, "probability contradicts rate");
    assert_over(f, "flows: [{id: a, from: low, to: high, rate: 1, every: 3}]\n", ECH_ERR_CONFLICT,
                2, 47, "a rate acts every month");
    assert_over(f, "flows: [{id: a, from: low, to: low, rate: 1}]\n", ECH_ERR_CONFLICT, 2, 32,
                "another level");
    assert_over(f, "flows: [{id: a, from: low, to: high, probability: 1.2}]\n", ECH_ERR_RANGE, 2,
                51, "[0, 1]");
    assert_over(f, "flows: [{id: a, from: low, to: high, rate: {montly: 1}}]\n", ECH_ERR_KEY, 2, 45,
                "monthly");
    assert_over(f,
                "flows: [{id: a, from: low, to: high, rate: 1}, {id: a, from: low, to: high, "
                "rate: 2}]\n",
                ECH_ERR_DUPLICATE, 2, 53, "'a' is given twice");
    assert_over(f,
                "flows: [{id: a, from: low, to: high, probability: 0.6, every: 4},\n"
                "  {id: b, from: low, exit: resign, probability: 0.3, every: 6}]\n"
                "policy: {push.up.rate: {monthly: 0.2}}\n",
                ECH_ERR_RANGE, 3, 3, "level' is 1.1,");
    assert_over(f, "policy: {push.up.rate: {monthly: 0.7}, push.down.rate: {monthly: 0.6}}\n",
                ECH_ERR_CONFLICT, 2, 40, "monthly probabilities sum to 1.3, more");
}

static void test_wrong_recruitment_is_refused(void **state)
{
    struct fixture *f = *state;
    assert_over(f, "recruitment: [{id: a, level: low}]\n", ECH_ERR_MISSING, 2, 15,
                "number, total, growth");
    assert_over(f, "recruitment: [{id: a, number: 3}]\n", ECH_ERR_MISSING, 2, 15, "'level'");
    assert_over(f, "recruitment: [{id: a, level: low, number: 3, total: 4}]\n", ECH_ERR_CONFLICT, 2,
                46, "total contradicts number");
    assert_over(f, "recruitment: [{id: a, level: low, number: 3, of: unit}]\n", ECH_ERR_CONFLICT, 2,
                46, "of contradicts number");
    assert_over(f, "recruitment: [{id: a, level: {low: 0.7, high: 0.2}, number: 3}]\n",
                ECH_ERR_RANGE, 2, 30, "0.9,");
    assert_over(f, "recruitment: [{id: a, level: low, number: 3, channel: exm}]\n",
                ECH_ERR_UNKNOWN_NAME, 2, 55, "did you mean 'exam'?");
    assert_over(f, "recruitment: [{id: a, level: low, number: 3, age: 24, ages: [24, 25]}]\n",
                ECH_ERR_CONFLICT, 2, 55, "ages contradicts age");
    assert_over(f,
                "recruitment: [{id: a, level: low, total: 3},\n"
                "  {id: b, level: high, total: 9, of: unit}]\n",
                ECH_ERR_CONFLICT, 3, 3, "recruitment[b] contradicts recruitment[a]");
    const char *many = POOL "recruitment: [{id: a, level: low, number: 2000000}]\n";
    assert_int_equal(fixture_extend(f, many), ECH_MEMORY); /* refused before it is taken */
    fixture_only(f, ECH_ERR_TOO_LARGE, 3, 15, "48000024, which would take about");
}

static void test_free_units_have_no_quotas(void **state)
{
    struct fixture *f = *state;
    assert_over(f, "units: [{id: tax, free: true}]\n", ECH_ERR_CONFLICT, 0, 0,
                "tax, free: true contradicts posts");
    assert_over(f, "units: [{id: new, type: town, free: true, establishment: 3}]\n",
                ECH_ERR_CONFLICT, 2, 9, "contradicts establishment");
    assert_over(f, "initial: {blocks: [{id: b, fill: free, count: 3, ages: [[30, 40, 3]]}]}\n",
                ECH_ERR_MARGIN, 2, 20, "3 people with the other blocks");
    assert_over(f, POOL "initial: {blocks: [{id: b, fill: free, ages: [[30, 40, rest]]}]}\n",
                ECH_ERR_MISSING, 3, 20, "'count' is missing");
    assert_over(f,
                POOL "initial: {blocks: [{id: b, fill: posts, level: low, count: 0, "
                     "ages: [[30, 40, 0]]}]}\n",
                ECH_ERR_CONFLICT, 3, 48, "fill: free");
}

static void test_logits_are_read_and_written(void **state)
{
    struct fixture *f = *state;
    fixture_extend_well(f, "policy: {exit.resign.rate: {logit: {age: 0.031, intercept: -4.7}, "
                           "frozen: true}}\n");
    const struct ech_rate *rate = &f->scenario.sets[0].exit_resign_rate;
    assert_true(rate->by == ECH_BY_LOGIT && rate->frozen);
    assert_true(rate->value[ECH_LOGIT_INTERCEPT] == -4.7 && rate->value[ECH_LOGIT_AGE] == 0.031);
    assert_string_equal(fixture_setting(f, "exit.resign.rate", "", 0)->value,
                        "{logit: {intercept: -4.7, age: 0.031}, frozen: true}");
    assert_over(f, "policy: {exit.resign.rate: {logit: {agee: 1}}}\n", ECH_ERR_KEY, 2, 37,
                "did you mean 'age'?");
    assert_over(f, "policy: {exit.resign.rate: {logit: {age: x}}}\n", ECH_ERR_TYPE, 2, 42, "'age'");
    assert_over(f, "policy: {exit.resign.rate: {logit: {age: 1}, frozen: 3}}\n", ECH_ERR_TYPE, 2,
                54, "true or false");
    assert_over(f, "policy: {exit.resign.rate: {logit: {remote: 1}, frozen: true}}\n",
                ECH_ERR_CONFLICT, 2, 57, "remote contradicts frozen: true");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(test_flows_are_read_by_id),
        WITH_FOLDER(test_a_later_file_replaces_a_flow),
        WITH_FOLDER(test_recruitment_is_read),
        WITH_FOLDER(test_wrong_flows_are_refused),
        WITH_FOLDER(test_wrong_recruitment_is_refused),
        WITH_FOLDER(test_free_units_have_no_quotas),
        WITH_FOLDER(test_logits_are_read_and_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
