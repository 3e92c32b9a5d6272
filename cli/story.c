#include "cli/story.h"

#include <stdlib.h>
#include <string.h>

#include "cli/columns.h"
#include "cli/phrases.h"
#include "results/export.h"

/** Where sentences begin, behind "2019-08  ". */
enum { TEXT_AT = 9, MOST_CLAUSES = 64 };

/** People rejected one after the other, by the clause that the log names first. */
struct tally {
    int first_month, last_month;
    int n;
    int n_clauses;
    const char *clause[MOST_CLAUSES];
    int count[MOST_CLAUSES];
};

struct story {
    struct ech_teller teller; /* teller.out is the line being written */
    char *line;
    size_t length;
    bool out_of_memory;
    struct tally tally;
};

/* Lines */

static bool begin_line(struct story *story)
{
    story->teller.out = story->out_of_memory ? NULL : open_memstream(&story->line, &story->length);
    story->out_of_memory = story->teller.out == NULL;
    return !story->out_of_memory;
}

static void put_date(const struct story *story, int month)
{
    char date[16] = "";
    if (month >= 0) {
        ech_export_date(story->teller.journal->scenario->start_month + month, date, sizeof date);
    }
    ech_columns_put(stdout, date, TEXT_AT, ECH_ALIGN_LEFT);
}

/** Ends the line; `month` ECH_NONE: it has no date. */
static void end_line(struct story *story, int month)
{
    story->out_of_memory = fclose(story->teller.out) != 0;
    if (!story->out_of_memory) {
        put_date(story, month);
        ech_columns_wrap(stdout, story->line, TEXT_AT, TEXT_AT);
    }
    free(story->line);
    story->line = NULL;
}

static void put(const struct story *story, const char *en, const char *zh)
{
    fputs(ech_phrase_in(&story->teller, en, zh), story->teller.out);
}

static void put_title(struct story *story, const char *en, const char *zh, ech_id post)
{
    if (begin_line(story)) {
        put(story, en, zh);
        ech_phrase_post(&story->teller, post);
        fclose(story->teller.out);
        ech_columns_wrap(stdout, story->line, 0, 0);
        free(story->line);
        story->line = NULL;
    }
}

/** "who did what", or only what where the story is his own. */
static void put_event(const struct story *story, const struct ech_event *event)
{
    if (story->teller.journal->choice.wanted != ECH_WANTED_PERSON) {
        ech_phrase_person(&story->teller, event);
        put(story, " ", "，");
    }
    ech_phrase_event(&story->teller, event);
}

/* Rejections */

static void add_rejection(struct tally *tally, const struct ech_event *event)
{
    int c = 0;
    while (c < tally->n_clauses && strcmp(tally->clause[c], event->cause) != 0) {
        c++;
    }
    if (c == MOST_CLAUSES) {
        return;
    }
    tally->n_clauses += c == tally->n_clauses;
    tally->clause[c] = event->cause;
    tally->count[c]++;
    tally->first_month = tally->n == 0 ? event->month : tally->first_month;
    tally->last_month = event->month;
    tally->n++;
}

/** The rejections so far as one line. */
static void put_rejections(struct story *story)
{
    const struct tally *tally = &story->tally;
    const struct ech_teller *teller = &story->teller;
    bool own = teller->journal->choice.wanted == ECH_WANTED_PERSON;
    char until[16];
    if (tally->n > 0 && begin_line(story)) {
        fprintf(teller->out,
                own ? ech_phrase_in(teller, "considered %d times in vain", "%d次因不符合条件未入选")
                    : ech_phrase_in(teller, "%d considered in vain", "%d人次不符合条件"),
                tally->n);
        if (tally->last_month > tally->first_month) {
            ech_export_date(teller->journal->scenario->start_month + tally->last_month, until,
                            sizeof until);
            fprintf(teller->out, ech_phrase_in(teller, " until %s", "（至%s）"), until);
        }
        for (int c = 0; c < tally->n_clauses; c++) {
            put(story, c == 0 ? "; first obstacle: " : ", ", c == 0 ? "；首要障碍：" : "，");
            fprintf(teller->out, "%s %d", ech_phrase_clause(tally->clause[c], teller->lang),
                    tally->count[c]);
        }
        end_line(story, tally->first_month);
    }
    story->tally = (struct tally){0};
}

/** Tallies a rejection; true if the event was one. */
static bool tallied(struct story *story, const struct ech_event *event)
{
    if (event->type == ECH_EV_REJECT) {
        add_rejection(&story->tally, event);
        return true;
    }
    put_rejections(story);
    return false;
}

/* A chain */

/** Where a chain stands: its open post, since when, and how many posts it has opened. */
struct chain {
    ech_id open; /* ECH_NONE: ended */
    int since;
    int n_posts;
};

/** How long somebody who leaves a post had held it: "; in that post for 14 months". */
static void put_tenure(const struct story *story, const struct ech_event *leaving)
{
    const struct ech_journal *journal = story->teller.journal;
    const struct ech_event *taking = NULL;
    for (const struct ech_event *event = journal->events; event < leaving; event++) {
        bool takes = event->person == leaving->person && event->to_post == leaving->from_post &&
                     ech_event_takes_post(event);
        taking = takes ? event : taking;
    }
    if (taking == NULL || taking->type == ECH_EV_START) {
        put(story, "; in that post since before the start", "；任此职始于起始之前");
        return;
    }
    put(story, "; in that post for ", "；任此职");
    ech_phrase_months(&story->teller, leaving->month - taking->month);
}

static void put_opening(struct story *story, const struct ech_event *event, struct chain *chain)
{
    put(story, "The chain begins: ", "空缺链开始：");
    put_event(story, event);
    put_tenure(story, event);
    *chain = (struct chain){.open = event->from_post, .since = event->month, .n_posts = 1};
}

static void put_filling(struct story *story, const struct ech_event *event, struct chain *chain)
{
    put_event(story, event);
    put(story, "; it was vacant for ", "；该职空缺");
    ech_phrase_months(&story->teller, event->month - chain->since);
    chain->open = ECH_NONE;
    if (event->from_post != ECH_NONE) {
        put(story, ". Left behind: ", "。由此空出：");
        ech_phrase_post(&story->teller, event->from_post);
        put_tenure(story, event);
        *chain = (struct chain){event->from_post, event->month, chain->n_posts + 1};
    } else {
        put(story, ". No post is left behind", "。未再空出职位");
    }
}

/** What the chain came to, `month` after its last event. */
static void put_chain_end(struct story *story, const struct chain *chain, int last_month)
{
    const struct ech_teller *teller = &story->teller;
    int begun = teller->journal->choice.month;
    int month = chain->open == ECH_NONE ? last_month : teller->journal->scenario->n_months;
    if (!begin_line(story)) {
        return;
    }
    if (chain->open == ECH_NONE) {
        put(story, "The chain ended after ", "空缺链历时");
        ech_phrase_months(teller, month - begun);
        put(story, "; posts filled: ", "结束，共补缺职位：");
        fprintf(teller->out, "%d", chain->n_posts);
    } else {
        put(story, "At the end of the run the chain is open after ",
            "模拟结束时空缺链仍未结束，已历时");
        ech_phrase_months(teller, month - begun);
        put(story, "; vacant for ", "；空缺");
        ech_phrase_months(teller, month - chain->since);
        put(story, ": ", "：");
        ech_phrase_post(teller, chain->open);
        put(story, "; posts opened: ", "；共出缺职位：");
        fprintf(teller->out, "%d", chain->n_posts);
    }
    end_line(story, month);
}

static void put_start_of_empty_post(struct story *story)
{
    if (begin_line(story)) {
        put(story, "The chain begins: the post is vacant at the start",
            "空缺链开始：起始时该职空缺");
        end_line(story, 0);
    }
}

static void tell_chain_event(struct story *story, const struct ech_event *event,
                             struct chain *chain)
{
    bool takes = ech_event_takes_post(event) && event->to_post == chain->open;
    if (tallied(story, event) || !begin_line(story)) {
        return;
    }
    if (takes) {
        put_filling(story, event, chain);
    } else if (chain->n_posts == 0) {
        put_opening(story, event, chain);
    } else {
        put_event(story, event);
    }
    end_line(story, event->month);
}

static void tell_chain(struct story *story)
{
    const struct ech_journal *journal = story->teller.journal;
    struct chain chain = {.open = ECH_NONE};
    int last_month = journal->choice.month;
    put_title(story, "Vacancy chain that began with ", "空缺链，始于", journal->choice.post);
    if (journal->choice.month == 0) { /* nobody left before the first month */
        chain = (struct chain){.open = journal->choice.post, .n_posts = 1};
        put_start_of_empty_post(story);
    }
    for (int i = 0; i < journal->n; i++) {
        if (ech_journal_wants(&journal->choice, &journal->events[i])) {
            last_month = journal->events[i].month;
            tell_chain_event(story, &journal->events[i], &chain);
        }
    }
    put_rejections(story);
    put_chain_end(story, &chain, last_month);
}

/* A career */

static void put_description(struct story *story)
{
    const struct ech_journal *journal = story->teller.journal;
    const struct ech_event *arrival = ech_journal_arrival(journal, journal->choice.person);
    if (arrival != NULL && begin_line(story)) {
        ech_phrase_description(&story->teller, arrival);
        end_line(story, ECH_NONE);
    }
}

static void put_career_end(struct story *story, int n_posts, int n_promotions)
{
    if (begin_line(story)) {
        fprintf(story->teller.out,
                ech_phrase_in(&story->teller, "Posts held: %d; promotions: %d",
                              "担任过的职位：%d；提拔次数：%d"),
                n_posts, n_promotions);
        end_line(story, ECH_NONE);
    }
}

static void tell_career(struct story *story)
{
    const struct ech_journal *journal = story->teller.journal;
    int n_posts = 0;
    int n_promotions = 0;
    put_description(story);
    for (int i = 0; i < journal->n; i++) {
        const struct ech_event *event = &journal->events[i];
        if (!ech_journal_wants(&journal->choice, event) || tallied(story, event)) {
            continue;
        }
        n_posts += ech_event_takes_post(event);
        n_promotions += event->type == ECH_EV_PROMOTE;
        if (begin_line(story)) {
            put_event(story, event);
            end_line(story, event->month);
        }
    }
    put_rejections(story);
    put_career_end(story, n_posts, n_promotions);
}

/* A post */

/** Who holds the post, and what its history comes to. */
struct history {
    bool held;
    ech_key holder;
    int since; /* when it fell vacant */
    int n_holders;
    int n_vacancies;
    int vacant_months; /* month ends without a holder */
};

static void fall_vacant(struct history *history, int month)
{
    history->held = false;
    history->since = month;
    history->n_vacancies++;
}

static void be_taken(struct history *history, const struct ech_event *event)
{
    if (!history->held) {
        history->vacant_months += event->month - history->since;
    }
    history->held = true;
    history->holder = event->person;
    history->n_holders++;
}

static void put_post_event(struct story *story, const struct ech_event *event,
                           struct history *history)
{
    ech_id post = story->teller.journal->choice.post;
    bool takes = event->to_post == post && ech_event_takes_post(event);
    bool leaves = event->from_post == post && ech_event_leaves_post(event);
    put_event(story, event);
    if (takes && event->type != ECH_EV_START && !history->held) {
        put(story, "; it was vacant for ", "；该职空缺");
        ech_phrase_months(&story->teller, event->month - history->since);
    }
    if (takes) {
        be_taken(history, event);
    } else if (leaves) {
        put_tenure(story, event);
        /* in a rotation the other one may have come before he left */
        if (history->held && history->holder == event->person) {
            fall_vacant(history, event->month);
        }
    }
}

static void put_history_end(struct story *story, struct history *history)
{
    int n_months = story->teller.journal->scenario->n_months;
    if (!history->held) {
        history->vacant_months += n_months + 1 - history->since;
    }
    if (begin_line(story)) {
        fprintf(story->teller.out,
                ech_phrase_in(&story->teller,
                              "Holders: %d; times vacant: %d; vacant at %d of %d month ends",
                              "任职者：%d人；出缺：%d次；月末空缺：%d个月（共%d个月）"),
                history->n_holders, history->n_vacancies, history->vacant_months, n_months + 1);
        end_line(story, ECH_NONE);
    }
}

/** Rejections of the holder elsewhere are his story, not that of the post. */
static bool is_of_post(const struct ech_event *event, ech_id post)
{
    return event->to_post == post || (event->from_post == post && event->type != ECH_EV_REJECT);
}

static void tell_post(struct story *story)
{
    const struct ech_journal *journal = story->teller.journal;
    ech_id post = journal->choice.post;
    struct history history = {.held = false};
    put_title(story, "History of ", "职位历史：", post);
    const struct ech_event *first = NULL;
    for (int i = 0; i < journal->n; i++) {
        const struct ech_event *event = &journal->events[i];
        if (!is_of_post(event, post)) {
            continue;
        }
        first = first != NULL ? first : event;
        history.n_vacancies += event == first && event->type != ECH_EV_START;
        if (!tallied(story, event) && begin_line(story)) {
            put_post_event(story, event, &history);
            end_line(story, event->month);
        }
    }
    history.n_vacancies += first == NULL;
    put_rejections(story);
    put_history_end(story, &history);
}

enum ech_status ech_story_tell(const struct ech_journal *journal, enum ech_lang lang,
                               struct ech_error *error)
{
    struct story story = {.teller = {.journal = journal, .lang = lang}};
    switch (journal->choice.wanted) {
    case ECH_WANTED_CHAIN:
        tell_chain(&story);
        break;
    case ECH_WANTED_PERSON:
        tell_career(&story);
        break;
    case ECH_WANTED_POST:
        tell_post(&story);
        break;
    case ECH_WANTED_ALL:
        break;
    }
    return story.out_of_memory
               ? ech_fail(error, ECH_ERR_MEMORY,
                          (struct ech_facts){.what = ECH_BOTH("telling a story", "叙述")})
               : ECH_OK;
}
