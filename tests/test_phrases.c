/* Every event, cause and clause of the log has words in both languages. */
#include "fixture.h"

#include "cli/phrases.h"
#include "plots/words.h"

static void check(const char *event, const char *cause)
{
    for (int lang = 0; lang < ECH_N_LANGS; lang++) {
        const char *words = ech_phrase(event, cause, (enum ech_lang)lang);
        if (words == NULL || words[0] == '\0') {
            fail_msg("the table of cli/phrases.c needs a row for %s, %s", event, cause);
        }
    }
}

static void test_every_sort_of_event_has_words(void **state)
{
    for (int type = 0; type < ECH_N_EVENT_TYPES; type++) {
        if (type != ECH_EV_EXIT && type != ECH_EV_ENTRY) {
            check(ech_event_names[type], "");
        }
    }
    for (int cause = 0; cause < ECH_N_CAUSES; cause++) {
        check("exit", ech_cause_names[cause]);
    }
    for (int channel = 0; channel < ECH_N_CHANNELS; channel++) {
        check("entry", ech_channel_names[channel]);
    }
    for (int k = 0; k < ECH_N_SANCTIONS; k++) {
        check("sanction", ech_sanction_names[k]);
        assert_string_not_equal(ech_phrase("sanction", ech_sanction_names[k], ECH_LANG_EN),
                                ech_phrase("sanction", "", ECH_LANG_EN));
    }
    assert_null(ech_phrase("exit", "nothing of the sort", ECH_LANG_EN));
}

static void test_every_clause_has_words(void **state)
{
    for (int clause = 0; clause < ECH_N_CLAUSES; clause++) {
        for (int lang = 0; lang < ECH_N_LANGS; lang++) {
            if (ech_words_clause((enum ech_clause)clause, (enum ech_lang)lang) == NULL) {
                fail_msg("ech_words_clause needs words for %s", ech_clause_names[clause]);
            }
        }
    }
    assert_string_equal(ech_phrase_clause("age_limit", ECH_LANG_ZH), "年龄");
    assert_string_equal(ech_phrase_clause("unheard", ECH_LANG_EN), "unheard");
}

static void test_a_choice_takes_its_events_and_no_other_rejections(void **state)
{
    struct ech_journal journal = {.choice = {.wanted = ECH_WANTED_CHAIN, .post = 3, .month = 17}};
    struct ech_event event = {.type = ECH_EV_REJECT, .cause = "", .detail = "", .chain_post = 3};
    event.chain_month = 18;
    ech_journal_take(&journal, &event);
    assert_int_equal(journal.n, 0);
    event.chain_month = 17;
    ech_journal_take(&journal, &event);
    event.type = ECH_EV_START;
    event.chain_post = ECH_NONE;
    event.detail = "sex=f";
    event.person = 61;
    ech_journal_take(&journal, &event);
    assert_int_equal(journal.n, 2);
    assert_true(ech_journal_wants(&journal.choice, &journal.events[0]));
    assert_false(ech_journal_wants(&journal.choice, &journal.events[1]));
    assert_ptr_equal(ech_journal_arrival(&journal, 61), &journal.events[1]);
    assert_null(ech_journal_arrival(&journal, 62));
    ech_journal_free(&journal);
    ech_journal_free(&journal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_sort_of_event_has_words),
        cmocka_unit_test(test_every_clause_has_words),
        cmocka_unit_test(test_a_choice_takes_its_events_and_no_other_rejections),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
