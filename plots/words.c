#include "plots/words.h"

#include <string.h>

static const struct {
    const char *unit;
    const char *words[2];
} units[] = {{"month", {" months", "个月"}},
             {"months", {" months", "个月"}},
             {"year", {" years", "岁"}}, /* every parameter in years is an age */
             {"years", {" years", "年"}},
             {"1/year", {" a year", "/年"}},
             {"1/month", {" a month", "/月"}},
             {"share/month", {" a month", "/月"}},
             {"strain", {"", ""}},
             {"log ratio", {"", ""}},
             {"load", {" × average", "倍（平均负荷）"}},
             {"x table", {" × table", "倍（生命表）"}},
             {"rate ratio", {" ×", "倍"}},
             {"odds ratio", {" × odds", "倍（可能性比）"}},
             {"factor", {" ×", "倍"}},
             {"mean", {"", ""}},
             {"share", {"", ""}},
             {"share/year", {" a year", "/年"}},
             {"variance share", {" of the variance", "（方差占比）"}},
             {"looks/year", {" looks a year", "次/年"}},
             {"assessments", {" assessments", "次考核"}},
             {"correlation", {"", ""}},
             {"weight", {"", ""}},
             {"sd", {" sd", "个标准差"}},
             {"people", {" people", "人"}},
             {"people/post", {" people a post", "人/职位"}},
             {"people/place", {" people a place", "人/职位"}},
             {"yuan/person", {" yuan a head", "元/人"}},
             {"people/month", {" people a month", "人/月"}},
             {"people/year", {" people a year", "人/年"}},
             {"posts", {" posts", "个职位"}},
             {"places", {" places", "个编制"}},
             {"openings", {" openings", "个出缺"}},
             {"chains", {" chains", "条"}},
             {"rejections", {" rejections", "人次"}},
             {"terms", {" terms", "届"}},
             {"teams", {" teams", "个班子"}},
             {"specialties", {" specialties", "个专业"}},
             {"demands", {" demands", "项"}},
             {"units", {" units", "个单位"}},
             {"pairs", {" pairs", "对"}},
             {"points", {" points", "点"}},
             {"strain", {"", ""}},
             {"incidents", {" incidents", "起"}},
             {"conflicts", {" conflicts", "起"}},
             {"grade", {"", "级"}},
             {"probability", {"", ""}},
             {"yuan", {" yuan", "元"}},
             {"yuan/year", {" yuan a year", "元/年"}},
             {"sd/year", {" sd a year", "个标准差/年"}},
             {"yuan/month", {" yuan a month", "元/月"}},
             {"true|false", {"", ""}}};
enum { N_UNITS = sizeof units / sizeof *units };

bool ech_words_unit_is_known(const char *unit)
{
    for (int i = 0; i < N_UNITS; i++) {
        if (strcmp(units[i].unit, unit) == 0) {
            return true;
        }
    }
    return strchr(unit, '|') != NULL;
}

const char *ech_words_unit(const char *unit, enum ech_lang lang)
{
    for (int i = 0; i < N_UNITS; i++) {
        if (strcmp(units[i].unit, unit) == 0) {
            return units[i].words[lang];
        }
    }
    return "";
}

/* `choices` NULL: wherever the value stands. */
static const struct {
    const char *choices, *value, *zh;
} values[] = {{NULL, "true", "是"},
              {NULL, "false", "否"},
              {NULL, "off", "不设"},
              {NULL, "admin", "行政编制"},
              {NULL, "institution", "事业编制"},
              {"law|old|none", "law", "现行规定"},
              {"law|old|none", "old", "原退休年龄"},
              {"law|old|none", "none", "不退休"},
              {"before|after", "before", "补缺之前"},
              {"before|after", "after", "补缺之后"},
              {"leave|move", "leave", "离任"},
              {"leave|move", "move", "异地交流"},
              {"any|same_type|out", "any", "不限"},
              {"any|same_type|out", "same_type", "同类单位之间"},
              {"any|same_type|out", "out", "交流到县外"},
              {"swap|outside|wait", "swap", "与未满期者对调"},
              {"swap|outside|wait", "outside", "交流到县外"},
              {"swap|outside|wait", "wait", "等待"},
              {"other|college|bachelor|postgraduate", "other", "不限"},
              {"other|college|bachelor|postgraduate", "college", "大专"},
              {"other|college|bachelor|postgraduate", "bachelor", "本科"},
              {"other|college|bachelor|postgraduate", "postgraduate", "研究生"},
              {"chiefs|leaders|all", "chiefs", "正职优先"},
              {"chiefs|leaders|all", "leaders", "领导干部优先"},
              {"chiefs|leaders|all", "all", "一视同仁"},
              {"off|years|results", "years", "按年限（普惠）"},
              {"off|years|results", "results", "按实绩"},
              {"off|basic|competent|excellent", "basic", "基本称职"},
              {"off|basic|competent|excellent", "competent", "称职"},
              {"off|basic|competent|excellent", "excellent", "优秀"},
              {"score|seniority|lottery|votes|exam|mix", "score", "评价得分"},
              {"score|seniority|lottery|votes|exam|mix", "seniority", "论资排辈"},
              {"score|seniority|lottery|votes|exam|mix", "lottery", "抽签"},
              {"score|seniority|lottery|votes|exam|mix", "votes", "民主推荐"},
              {"score|seniority|lottery|votes|exam|mix", "exam", "竞争性考试"},
              {"score|seniority|lottery|votes|exam|mix", "mix", "综合评价"},
              {"wait|relax|outside", "wait", "等待"},
              {"wait|relax|outside", "relax", "破格提拔"},
              {"wait|relax|outside", "outside", "县外选派"},
              {"constant|uniform|geometric", "constant", "固定"},
              {"constant|uniform|geometric", "uniform", "均匀分布"},
              {"constant|uniform|geometric", "geometric", "几何分布"},
              {"unit|type|county|outside", "unit", "本单位"},
              {"unit|type|county|outside", "type", "同类单位"},
              {"unit|type|county|outside", "county", "全县"},
              {"unit|type|county|outside", "outside", "县外"},
              {"unit|type|county", "unit", "本单位"},
              {"unit|type|county", "type", "同类单位"},
              {"unit|type|county", "county", "全县"},
              {"both|economic|broad", "both", "两方面"},
              {"both|economic|broad", "economic", "经济工作"},
              {"both|economic|broad", "broad", "全面工作"},
              {"off|admonish|adjust", "admonish", "诫勉"},
              {"off|admonish|adjust", "adjust", "调整"},
              {"off|demote|remove", "demote", "降职"},
              {"off|demote|remove", "remove", "免职"},
              {"rule|unlimited", "rule", "按比例"},
              {"rule|unlimited", "unlimited", "符合条件全部列入"},
              {"ignored|preferred|required", "ignored", "不考虑"},
              {"ignored|preferred|required", "preferred", "优先"},
              {"ignored|preferred|required", "required", "必须"}};

const char *ech_words_value(const char *choices, const char *value, enum ech_lang lang)
{
    for (size_t i = 0; lang == ECH_LANG_ZH && i < sizeof values / sizeof *values; i++) {
        bool here = !values[i].choices || (choices && strcmp(values[i].choices, choices) == 0);
        if (here && strcmp(values[i].value, value) == 0) {
            return values[i].zh;
        }
    }
    return value;
}

const char *ech_words_event(const char *path, enum ech_lang lang)
{
    static const struct {
        const char *key, *words[2];
    } keys[] = {{" exam_window].track", {"exam window: track", "外地招考：人员编制"}},
                {" exam_window].share", {"exam window: share that leaves", "外地招考：走人比例"}},
                {" exam_window].ages", {"exam window: ages", "外地招考：年龄"}},
                {" exam_window].cause", {"exam window: destination", "外地招考：去向"}}};
    for (size_t i = 0; strncmp(path, "events[", 7) == 0 && i < sizeof keys / sizeof *keys; i++) {
        if (strstr(path, keys[i].key)) {
            return keys[i].words[lang];
        }
    }
    return "";
}

const char *ech_words_cause(enum ech_cause cause, enum ech_lang lang)
{
    static const char *const words[ECH_N_CAUSES][2] = {
        [ECH_CAUSE_RETIRE] = {"retired", "退休"},
        [ECH_CAUSE_DEATH] = {"died", "死亡"},
        [ECH_CAUSE_RESIGN] = {"resigned", "辞职"},
        [ECH_CAUSE_UPWARD] = {"to a higher organ", "上调"},
        [ECH_CAUSE_OUTWARD] = {"to another county", "调往外县"},
        [ECH_CAUSE_PROMOTED_OUT] = {"promoted out", "提拔外出"},
        [ECH_CAUSE_ROTATED_OUT] = {"rotated out", "交流外出"},
        [ECH_CAUSE_DISMISSED] = {"dismissed", "辞退开除"}};
    return words[cause][lang];
}

const char *ech_words_vacancy(enum ech_vacancy vacancy, enum ech_lang lang)
{
    static const char *const words[ECH_N_VACANCIES][2] = {
        [ECH_VACANT_PROCEDURE] = {"under procedure", "任用程序中"},
        [ECH_VACANT_NOBODY] = {"nobody eligible", "无合格人选"},
        [ECH_VACANT_NO_PLACE] = {"no free place", "无空编"}};
    return words[vacancy][lang];
}

const char *ech_words_remoteness(int band, enum ech_lang lang)
{
    static const char *const words[ECH_N_REMOTENESS][2] = {
        {"near", "较近"}, {"middle", "居中"}, {"remote", "偏远"}};
    return words[band][lang];
}

const char *ech_words_specialty(enum ech_specialty specialty, enum ech_lang lang)
{
    static const char *const words[ECH_N_SPECIALTIES] = {
        [ECH_SPECIALTY_GENERAL] = "综合", [ECH_SPECIALTY_FINANCE] = "财务",
        [ECH_SPECIALTY_AUDIT] = "审计",   [ECH_SPECIALTY_ENGINEERING] = "工程",
        [ECH_SPECIALTY_LAW] = "法律",     [ECH_SPECIALTY_AGRICULTURE] = "农业"};
    return lang == ECH_LANG_ZH ? words[specialty] : ech_specialty_names[specialty];
}

const char *ech_words_grade(enum ech_grade grade, enum ech_lang lang)
{
    static const char *const words[ECH_N_GRADES][2] = {
        [ECH_GRADE_NONE] = {"no grade", "无职级"},
        [ECH_GRADE_CLERK_2] = {"clerk, second grade", "二级科员"},
        [ECH_GRADE_CLERK_1] = {"clerk, first grade", "一级科员"},
        [ECH_GRADE_PRINCIPAL_4] = {"principal clerk, fourth grade", "四级主任科员"},
        [ECH_GRADE_PRINCIPAL_3] = {"principal clerk, third grade", "三级主任科员"},
        [ECH_GRADE_PRINCIPAL_2] = {"principal clerk, second grade", "二级主任科员"},
        [ECH_GRADE_PRINCIPAL_1] = {"principal clerk, first grade", "一级主任科员"},
        [ECH_GRADE_CONSULTANT_4] = {"consultant, fourth grade", "四级调研员"},
        [ECH_GRADE_CONSULTANT_3] = {"consultant, third grade", "三级调研员"},
        [ECH_GRADE_CONSULTANT_2] = {"consultant, second grade", "二级调研员"},
        [ECH_GRADE_CONSULTANT_1] = {"consultant, first grade", "一级调研员"},
        [ECH_GRADE_INSPECTOR_2] = {"inspector, second grade", "二级巡视员"},
        [ECH_GRADE_INSPECTOR_1] = {"inspector, first grade", "一级巡视员"}};
    return words[grade][lang];
}

const char *ech_words_class(enum ech_class class, enum ech_lang lang)
{
    static const char *const words[ECH_N_CLASSES][2] = {
        [ECH_CLASS_CHIEF] = {"Reserve for chiefs", "正职后备"},
        [ECH_CLASS_DEPUTY] = {"Reserve for deputies", "副职后备"}};
    return words[class][lang];
}

const char *ech_words_age_band(int band)
{
    static const char *const words[ECH_N_AGE_BANDS] = {"≤35",   "36–40", "41–45",
                                                       "46–50", "51–55", "≥56"};
    return words[band];
}

const char *ech_words_basis(const char *basis, enum ech_lang lang)
{
    static const char *const words[][2] = {
        {"rule", "规定"}, {"data", "数据"}, {"assumed", "假定"}, {"fitted", "拟合"}};
    for (size_t i = 0; i < sizeof words / sizeof *words && basis; i++) {
        if (strcmp(words[i][ECH_LANG_EN], basis) == 0) {
            return words[i][lang];
        }
    }
    return "";
}

const char *ech_words_clause(enum ech_clause clause, enum ech_lang lang)
{
    static const char *const words[ECH_N_CLAUSES][2] = {
        [ECH_CLAUSE_LEVEL_TIME] = {"years in level", "任职级年限"},
        [ECH_CLAUSE_SERVICE] = {"years of service", "工作年限"},
        [ECH_CLAUSE_AGE_LIMIT] = {"age limit", "年龄"},
        [ECH_CLAUSE_EDUCATION] = {"education", "学历"},
        [ECH_CLAUSE_PROBATION] = {"recruit's probation", "录用试用期"},
        [ECH_CLAUSE_BASE_EXPERIENCE] = {"base-level experience", "基层工作经历"},
        [ECH_CLAUSE_SANCTION] = {"block by a sanction", "处分影响期"},
        [ECH_CLAUSE_POST_PROBATION] = {"probation in the post", "任职试用期"},
        [ECH_CLAUSE_RATING] = {"last assessment", "考核等次"},
        [ECH_CLAUSE_TRAINING] = {"training", "培训"},
        [ECH_CLAUSE_EXAM] = {"qualifying exam", "任职资格考试"},
        [ECH_CLAUSE_HIDDEN_STEP] = {"hidden step", "隐形台阶"},
        [ECH_CLAUSE_HOME_AVOIDANCE] = {"home avoidance", "成长地回避"},
        [ECH_CLAUSE_LATERAL_TENURE] = {"time in post", "任现职年限"},
        [ECH_CLAUSE_STEPPED_DOWN] = {"stepped down", "已退出领导岗位"},
        [ECH_CLAUSE_VILLAGE] = {"in a village", "驻村期间"},
        [ECH_CLAUSE_RESERVE_REQUIRED] = {"not on the reserve list", "不在后备名单"},
        [ECH_CLAUSE_ESTABLISHMENT_FULL] = {"no free place in the unit", "单位无空编"}};
    return words[clause][lang];
}
