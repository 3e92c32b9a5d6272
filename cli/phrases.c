#include "cli/phrases.h"

#include <inttypes.h>
#include <string.h>

#include "plots/words.h"

/* {from} and {to} are a post, else a unit with the level; {detail} is a reserve list, a grade. */
static const struct {
    const char *event;
    const char *cause; /* "": any other */
    const char *words[ECH_N_LANGS];
} phrases[] = {
    {"start", "", {"in {to} at the start", "起始时任职于{to}"}},
    {"entry", "exam", {"recruited by exam into {to}", "经考试招录到{to}"}},
    {"entry", "selected", {"selected graduate, posted to {to}", "作为选调生录用到{to}"}},
    {"entry", "transfer", {"transferred in from elsewhere to {to}", "从外单位调入{to}"}},
    {"entry", "outside", {"appointed from outside the county to {to}", "从县外选派，任{to}"}},
    {"exit", "retire", {"retired from {from}", "从{from}退休"}},
    {"exit", "death", {"died while serving in {from}", "在{from}任上去世"}},
    {"exit", "resign", {"resigned from {from}", "从{from}辞职"}},
    {"exit", "upward", {"left {from} for a higher organ", "从{from}上调"}},
    {"exit", "outward", {"left {from} for another county", "从{from}调往外县"}},
    {"exit", "promoted_out", {"promoted out of the county from {from}", "从{from}提拔外出"}},
    {"exit", "rotated_out", {"rotated out of the county from {from}", "从{from}交流外出"}},
    {"exit", "dismissed", {"dismissed from {from}", "从{from}被辞退开除"}},
    {"promote", "push", {"rose to another level in {from}", "在{from}晋升层次"}},
    {"promote", "", {"promoted from {from} to {to}", "由{from}提拔任{to}"}},
    {"move", "lateral", {"moved at the same level from {from} to {to}", "由{from}平职调任{to}"}},
    {"move", "rotation", {"rotated from {from} to {to}", "由{from}交流任{to}"}},
    {"move",
     "term",
     {"rotated at the change of terms from {from} to {to}", "换届时由{from}交流任{to}"}},
    {"move",
     "conflict",
     {"moved from {from} to {to}, because the two chiefs did not get on",
      "因党政正职不团结，由{from}交流任{to}"}},
    {"move",
     "exchange",
     {"moved from {from} to {to}, so that a successor has a place",
      "由{from}转到{to}，为继任者腾出编制"}},
    {"move",
     "convert",
     {"passed from the institution to the administrative track in {to}",
      "在{to}由事业编制转为行政编制"}},
    {"move", "push", {"fell to another level in {from}", "在{from}降低层次"}},
    {"move", "request", {"moved at own wish from {from} to {to}", "本人申请由{from}调到{to}"}},
    {"move",
     "secondment",
     {"stayed where the secondment had led, moving from {from} to {to}",
      "挂职期满留任，由{from}调到{to}"}},
    {"move", "", {"moved from {from} to {to}", "由{from}调到{to}"}},
    {"step_down",
     "age",
     {"stepped down from {from} by age, keeping the place", "因年龄退出{from}，保留编制"}},
    {"step_down",
     "term",
     {"did not go on in {from} at the change of terms, keeping the place",
      "换届时不再任{from}，保留编制"}},
    {"step_down",
     "probation",
     {"failed the probation in {from} and went back a level", "在{from}试用不胜任，退回下一层次"}},
    {"step_down",
     "demotion",
     {"demoted: lost the post of {from} and a level", "降级：免去{from}，降低层次"}},
    {"step_down",
     "removal",
     {"removed: lost the post of {from} and a level", "撤职：免去{from}，降低层次"}},
    {"step_down",
     "incident",
     {"resigned from {from} on orders after an incident, keeping the place",
      "因追责事件责令辞去{from}，保留编制"}},
    {"sanction",
     "admonition",
     {"admonished after the assessment in {from}", "在{from}考核后被诫勉"}},
    {"sanction", "adjustment", {"adjusted after the assessment in {from}", "在{from}考核后被调整"}},
    {"rating", "excellent", {"rated excellent in {from}", "在{from}考核优秀"}},
    {"rating", "competent", {"rated competent in {from}", "在{from}考核称职"}},
    {"rating", "basic", {"rated basic in {from}", "在{from}考核基本称职"}},
    {"rating", "incompetent", {"rated incompetent in {from}", "在{from}考核不称职"}},
    {"rating", "", {"assessed in {from}", "在{from}参加考核"}},
    {"sanction", "cleared", {"accused in {from} and cleared", "在{from}被举报，查无实据予以澄清"}},
    {"sanction", "warning", {"warned in {from}", "在{from}受警告处分"}},
    {"sanction", "demerit", {"given a demerit in {from}", "在{from}受记过处分"}},
    {"sanction", "serious_demerit", {"given a serious demerit in {from}", "在{from}受记大过处分"}},
    {"sanction", "demotion", {"sanctioned in {from}: demotion", "在{from}受降级处分"}},
    {"sanction", "removal", {"sanctioned in {from}: removal", "在{from}受撤职处分"}},
    {"sanction", "dismissal", {"sanctioned in {from}: dismissal", "在{from}受开除处分"}},
    {"sanction", "blame", {"blamed for an incident in {from}", "因{from}发生事件被诫勉问责"}},
    {"sanction",
     "resignation",
     {"ordered to resign after an incident in {from}", "因{from}发生事件被责令辞职"}},
    {"sanction", "", {"sanctioned in {from}", "在{from}受处分"}},
    {"step_down",
     "assessment",
     {"lost the post of {from} after the assessment", "考核后免去{from}"}},
    {"step_down", "", {"lost the post of {from}, keeping the place", "免去{from}，保留编制"}},
    {"secondment_start",
     "",
     {"seconded from {from} to {to}: {detail}", "由{from}到{to}挂职：{detail}"}},
    {"secondment_end", "converted", {"the secondment ended in a move", "挂职期满留任"}},
    {"secondment_end", "", {"the secondment ended", "挂职结束"}},
    {"nominate", "", {"nominated for {to}, now in {from}", "拟任{to}（现在{from}）"}},
    {"grade", "years", {"rose to a higher grade by years: {detail}", "按年限晋升职级：{detail}"}},
    {"grade",
     "results",
     {"rose to a higher grade by results: {detail}", "按实绩晋升职级：{detail}"}},
    {"grade",
     "level",
     {"got the grade of the new level: {detail}", "按职务层次确定职级：{detail}"}},
    {"grade",
     "township",
     {"rose a grade for long service at the base level: {detail}",
      "因长期在乡镇工作晋升职级：{detail}"}},
    {"grade", "", {"got a grade: {detail}", "确定职级：{detail}"}},
    {"train", "economic", {"went to a course on the economy", "参加经济类培训"}},
    {"train", "law", {"went to a course on law and governance", "参加法治治理类培训"}},
    {"train", "", {"went to a general course", "参加综合类培训"}},
    {"decline", "", {"declined to become {to}", "谢绝任{to}"}},
    {"reject", "", {"considered in vain for {to}", "不符合{to}的条件"}},
    {"reserve_in", "", {"put on the list: {detail}", "列入名单：{detail}"}},
    {"reserve_out",
     "renewal",
     {"off the list at its renewal: {detail}", "调整名单时移出：{detail}"}},
    {"reserve_out", "dropout", {"dropped out of the list: {detail}", "退出名单：{detail}"}},
    {"reserve_out",
     "max_time",
     {"off the list, longest time reached: {detail}", "在名单上已满年限，移出：{detail}"}},
    {"reserve_out",
     "rating",
     {"off the list after a poor rating: {detail}", "考核等次不足，移出名单：{detail}"}},
    {"reserve_out", "", {"off the list: {detail}", "移出名单：{detail}"}},
};

const char *ech_phrase(const char *event, const char *cause, enum ech_lang lang)
{
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
        bool fits = phrases[i].cause[0] == '\0' || strcmp(phrases[i].cause, cause) == 0;
        if (fits && strcmp(phrases[i].event, event) == 0) {
            return phrases[i].words[lang];
        }
    }
    return NULL;
}

const char *ech_phrase_in(const struct ech_teller *teller, const char *en, const char *zh)
{
    return teller->lang == ECH_LANG_ZH ? zh : en;
}

void ech_phrase_months(const struct ech_teller *teller, int months)
{
    fprintf(teller->out, ech_phrase_in(teller, months == 1 ? "%d month" : "%d months", "%d个月"),
            months);
}

const char *ech_phrase_clause(const char *name, enum ech_lang lang)
{
    for (int clause = 0; clause < ECH_N_CLAUSES; clause++) {
        if (strcmp(ech_clause_names[clause], name) == 0) {
            const char *words = ech_words_clause((enum ech_clause)clause, lang);
            return words != NULL ? words : name;
        }
    }
    return name;
}

void ech_phrase_post(const struct ech_teller *teller, ech_id post)
{
    const struct ech_scenario *scenario = teller->journal->scenario;
    const struct ech_post *row = &scenario->posts[post];
    const char *ordinal = strchr(strchr(row->id, '/') + 1, '/'); /* NULL: the only one */
    fprintf(teller->out, ech_phrase_in(teller, "%s, %s", "%s%s"),
            scenario->units[row->unit].title.text[teller->lang],
            scenario->kinds[row->kind].title.text[teller->lang]);
    if (ordinal != NULL) {
        fprintf(teller->out, ech_phrase_in(teller, " %s", "（%s）"), ordinal + 1);
    }
}

/** A post, or else the unit and the level of somebody without a post. */
static void put_place(const struct ech_teller *teller, ech_id unit, ech_id post, ech_id level)
{
    const struct ech_scenario *scenario = teller->journal->scenario;
    if (post != ECH_NONE) {
        ech_phrase_post(teller, post);
    } else if (unit == ECH_NONE) {
        fputs(ech_phrase_in(teller, "no unit of the county", "县外"), teller->out);
    } else if (level == ECH_NONE) {
        fputs(scenario->units[unit].title.text[teller->lang], teller->out);
    } else {
        fprintf(teller->out, ech_phrase_in(teller, "%s (%s)", "%s（%s）"),
                scenario->units[unit].title.text[teller->lang],
                scenario->levels[level].title.text[teller->lang]);
    }
}

/** Row of a word among names, or ECH_NONE. */
static int row_of(const char *word, int length, const char *const *names, int n)
{
    for (int i = 0; i < n; i++) {
        if (strlen(names[i]) == (size_t)length && strncmp(names[i], word, (size_t)length) == 0) {
            return i;
        }
    }
    return ECH_NONE;
}

/** The list of the reserve or the grade that a detail names. */
static void put_detail(const struct ech_teller *teller, const char *detail)
{
    static const char grade_key[] = "grade=";
    size_t key = sizeof grade_key - 1;
    int length = (int)strlen(detail);
    int class = row_of(detail, length, ech_class_names, ECH_N_CLASSES);
    if (class != ECH_NONE) {
        fputs(ech_words_class((enum ech_class) class, teller->lang), teller->out);
    } else if (strncmp(detail, grade_key, key) == 0) {
        int grade = row_of(detail + key, length - (int)key, ech_grade_names, ECH_N_GRADES);
        fputs(ech_words_grade((enum ech_grade)grade, teller->lang), teller->out);
    }
}

/** What no row tells: the names of the log. */
static void put_plainly(const struct ech_teller *teller, const struct ech_event *event)
{
    fprintf(teller->out, "%s%s%s: ", ech_event_names[event->type],
            event->cause[0] != '\0' ? ", " : "", event->cause);
    put_place(teller, event->from_unit, event->from_post, event->from_level);
    fputs(" -> ", teller->out);
    put_place(teller, event->to_unit, event->to_post, event->to_level);
}

void ech_phrase_event(const struct ech_teller *teller, const struct ech_event *event)
{
    const char *at = ech_phrase(ech_event_names[event->type], event->cause, teller->lang);
    if (at == NULL) {
        put_plainly(teller, event);
        return;
    }
    while (*at != '\0') {
        size_t length = strcspn(at, "{");
        fwrite(at, 1, length, teller->out);
        at += length;
        if (strncmp(at, "{from}", 6) == 0) {
            put_place(teller, event->from_unit, event->from_post, event->from_level);
        } else if (strncmp(at, "{to}", 4) == 0) {
            put_place(teller, event->to_unit, event->to_post, event->to_level);
        } else if (strncmp(at, "{detail}", 8) == 0) {
            put_detail(teller, event->detail);
        }
        at += strcspn(at, "}");
        at += *at == '}' ? 1 : 0;
    }
}

/** Value of `key=` in a detail, its length in *length; NULL: it is not there. */
static const char *fact(const char *detail, const char *key, int *length)
{
    size_t n = strlen(key);
    for (const char *at = detail; at != NULL; at = strchr(at, ';')) {
        at += *at == ';' ? 1 : 0;
        if (strncmp(at, key, n) == 0 && at[n] == '=') {
            *length = (int)strcspn(at + n + 1, ";");
            return at + n + 1;
        }
    }
    return NULL;
}

/** Completed years of age in a month, from birth=1978-06. */
static int age_at(const struct ech_teller *teller, const char *detail, int month)
{
    int length = 0;
    int year = 0;
    int birth_month = 0;
    const char *birth = fact(detail, "birth", &length);
    if (birth == NULL || sscanf(birth, "%d-%d", &year, &birth_month) != 2) {
        return 0;
    }
    return (teller->journal->scenario->start_month + month - (12 * year + birth_month - 1)) / 12;
}

void ech_phrase_person(const struct ech_teller *teller, const struct ech_event *event)
{
    const struct ech_event *arrival = ech_journal_arrival(teller->journal, event->person);
    int length = 0;
    const char *sex = arrival != NULL ? fact(arrival->detail, "sex", &length) : NULL;
    if (sex == NULL) { /* from outside and never arrived */
        fprintf(teller->out,
                ech_phrase_in(teller, "somebody (%016" PRIx64 ")", "某人（%016" PRIx64 "）"),
                event->person);
        return;
    }
    const char *word =
        *sex == 'f' ? ech_phrase_in(teller, "a woman", "女") : ech_phrase_in(teller, "a man", "男");
    fprintf(teller->out,
            ech_phrase_in(teller, "%s of %d (%016" PRIx64 ")", "%s，%d岁（%016" PRIx64 "）"), word,
            age_at(teller, arrival->detail, event->month), event->person);
}

/** The words of the values in a detail. */
static const struct {
    const char *key;
    const char *value; /* "": as it stands, behind the words */
    const char *words[ECH_N_LANGS];
} facts[] = {
    {"sex", "f", {"woman", "女"}},
    {"sex", "m", {"man", "男"}},
    {"birth", "", {"born", "生于"}},
    {"edu", "postgraduate", {"postgraduate", "研究生"}},
    {"edu", "bachelor", {"bachelor", "本科"}},
    {"edu", "college", {"college", "大专"}},
    {"edu", "other", {"other education", "其他学历"}},
    {"fulltime", "1", {"full-time degree", "全日制学历"}},
    {"party", "cpc", {"party member", "中共党员"}},
    {"party", "none", {"non-party", "党外"}},
    {"track", "admin", {"administrative track", "行政编制"}},
    {"track", "institution", {"institution track", "事业编制"}},
    {"home", "outside", {"from outside the county", "外地人"}},
    {"home", "county", {"from the county", "本县人"}},
    {"home", "", {"home", "家在"}},
    {"grade", "", {"grade:", "职级："}},
    {"specialty", "finance", {"finance", "财经"}},
    {"specialty", "audit", {"audit", "审计"}},
    {"specialty", "engineering", {"engineering", "工程"}},
    {"specialty", "law", {"law", "法律"}},
    {"specialty", "agriculture", {"agriculture", "农业"}},
};

/** A value as it stands; a unit by its title. */
static void put_value(const struct ech_teller *teller, const char *value, int length)
{
    const struct ech_scenario *scenario = teller->journal->scenario;
    for (ech_id unit = 0; unit < scenario->n_units; unit++) {
        const char *id = scenario->units[unit].id;
        if (strlen(id) == (size_t)length && strncmp(id, value, (size_t)length) == 0) {
            fprintf(teller->out, " %s", scenario->units[unit].title.text[teller->lang]);
            return;
        }
    }
    int grade = row_of(value, length, ech_grade_names, ECH_N_GRADES);
    if (grade != ECH_NONE) {
        fprintf(teller->out, " %s", ech_words_grade((enum ech_grade)grade, teller->lang));
        return;
    }
    fprintf(teller->out, " %.*s", length, value);
}

void ech_phrase_description(const struct ech_teller *teller, const struct ech_event *arrival)
{
    const char *between = "";
    const char *told = "";
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        int length = 0;
        const char *value = fact(arrival->detail, facts[i].key, &length);
        bool any = facts[i].value[0] == '\0';
        bool same = value != NULL && strlen(facts[i].value) == (size_t)length &&
                    strncmp(value, facts[i].value, (size_t)length) == 0;
        if (value == NULL || strcmp(told, facts[i].key) == 0 || !(any || same)) {
            continue;
        }
        told = facts[i].key;
        fprintf(teller->out, "%s%s", between, facts[i].words[teller->lang]);
        if (any) {
            put_value(teller, value, length);
        }
        between = ech_phrase_in(teller, ", ", "，");
    }
}
