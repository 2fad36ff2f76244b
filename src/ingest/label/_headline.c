/* What the choice of a headline weighs of a line: the numbers of headline.headline_evidence.

   What it says in words (how much of the story it tells, what the page's head claims) is Python's. */

#include "_sight.h"

enum { TOP = 3 }; /* headline._TOP */

static double log_of(const Sight *sight, int label, int at) { return log(chance_of(sight, label, at) + 1e-4); }

static double most_below(const Sight *sight, int label, int at) {
    double most = 0;
    for (int one = at + 1; one < at + 5 && one < sight->count; one++)
        most = fmax(most, chance_of(sight, label, one));
    return most;
}

static int is_sentence(const Spot *spot) { return PyUnicode_CompareWithASCIIString(FIELD(spot->shape, S_END), ".") == 0; }

static int is_barred(PyObject *marks) {
    for (Py_ssize_t one = 0; one < PyTuple_GET_SIZE(marks); one++) {
        PyObject *mark = PyTuple_GET_ITEM(marks, one);
        if (PyUnicode_Check(mark) && PyUnicode_GET_LENGTH(mark) == 1) {
            Py_UCS4 sign = PyUnicode_READ_CHAR(mark, 0);
            if (sign == '|' || sign == 0x203A || sign == 0xBB) /* › » */
                return 1;
        }
    }
    return 0;
}

/* headline._placed */
static void say_placed(Evidence *found, const Sight *sight, const unsigned char *label, int at, int first) {
    static Name top = {"top"}, as_above = {"as long above"}, as_below = {"as long below"}, out = {"stands out"},
                alike_above = {"alike above"}, alike_below = {"alike below"}, section = {"section above"},
                byline = {"byline follows"}, date = {"date follows"}, deck = {"deck follows"}, title = {"title case"},
                low = {"low case"}, barred = {"barred"}, text = {"text above"}, spaced = {"spaced"},
                before = {"space before"}, after = {"space after"};
    const Spot *spot = &sight->spots[at];
    int above = 0, below = 0, told = 0;
    for (int one = at > 4 ? at - 4 : 0; one < at; one++)
        above += sight->spots[one].size >= spot->size;
    for (int one = at + 1; one < at + 4 && one < sight->count; one++)
        below += sight->spots[one].size >= spot->size;
    for (int one = first; one < at; one++)
        told += is_in_story(label[one]);
    say(found, &top, at < TOP);
    say(found, &as_above, above / 4.0);
    say(found, &as_below, below / 3.0);
    say(found, &out, !above);
    say(found, &alike_above, at > 0 && are_alike(spot, spot - 1));
    say(found, &alike_below, at + 1 < sight->count && are_alike(spot, spot + 1));
    say(found, &section, at > 0 ? chance_of(sight, SECTION, at - 1) : 0);
    say(found, &byline, most_below(sight, BYLINE, at));
    say(found, &date, most_below(sight, DATE, at));
    say(found, &deck, most_below(sight, DECK, at));
    say(found, &title, spot->capitals == 4);
    say(found, &low, spot->capitals < 3);
    say(found, &barred, is_barred(FIELD(spot->shape, S_MARKS)));
    say(found, &text, told / 3.0);
    if (sight->spaced) {
        say(found, &spaced, 1.0);
        say(found, &before, spot->gap > 0);
        say(found, &after, at + 1 < sight->count && spot[1].gap > 0);
    }
}

/* What the other candidates tell of one. */
typedef struct {
    double rival;
    int longer, sentence;
} Others;

static int see_others(const Sight *sight, PyObject *candidates, int at, Others *others) {
    double most = 0;
    *others = (Others){0};
    for (Py_ssize_t one = 0; one < PyList_GET_SIZE(candidates); one++) {
        int there;
        if (read_int(PyList_GET_ITEM(candidates, one), &there) < 0)
            return -1;
        if (there < 0 || there >= sight->count)
            return PyErr_SetString(PyExc_IndexError, "no such line"), -1;
        if (there != at)
            most = fmax(most, chance_of(sight, HEADLINE, there));
        if (there > at && there - at < 4) {
            others->longer |= sight->spots[there].size > sight->spots[at].size;
            others->sentence |= is_sentence(&sight->spots[there]);
        }
    }
    others->rival = log(most + 1e-4);
    return 0;
}

static void say_headline(Evidence *found, const Sight *sight, const unsigned char *label, int at, int first,
                         const Others *others) {
    static Name chance = {"chance"}, likeliest = {"likeliest"}, by = {"ahead by"}, paragraph = {"paragraph"},
                deck = {"deck"}, title = {"title"}, caption = {"caption"}, labelled = {"labelled"}, told = {"told"},
                words = {"words"}, colon = {"colon"}, capitals = {"capitals"}, numbered = {"numbered"},
                dated = {"dated"}, known = {"known words"}, repeated = {"repeated"}, again = {"repeated above"},
                away = {"away"}, below = {"below"}, between = {"longer between"}, longer = {"longer follows"},
                sentence = {"sentence follows"}, section = {"follows section"}, is_signed = {"signed"},
                decked = {"decked"};
    const Spot *spot = &sight->spots[at];
    double own = log_of(sight, HEADLINE, at), ahead = own - others->rival;
    int least = spot->size > 3 ? spot->size : 3, many = 0, has_byline = 0, has_deck = 0;
    Py_ssize_t far = first - at - 1;
    for (int one = at + 1; one < first && one < sight->count; one++)
        many += sight->spots[one].size > least;
    for (int one = at + 1; one < at + 5 && one < sight->count; one++) {
        has_byline |= label[one] == BYLINE || label[one] == DATE;
        has_deck |= label[one] == DECK;
    }
    PyObject *text = FIELD(PyList_GET_ITEM(sight->lines, at), L_TEXT);
    say(found, &chance, own);
    say(found, &likeliest, own > others->rival);
    say(found, &by, ahead < -3 ? -3 : ahead > 3 ? 3 : ahead);
    say(found, &paragraph, log_of(sight, PARAGRAPH, at));
    say(found, &deck, log_of(sight, DECK, at));
    say(found, &title, log_of(sight, TITLE, at));
    say(found, &caption, log_of(sight, CAPTION, at));
    say(found, &labelled, label[at] == HEADLINE);
    say(found, &told, spot->shared / 4.0);
    say(found, &words, at_most(spot->words, 16) / 16.0);
    say(found, &colon, PyUnicode_FindChar(text, ':', 0, PyUnicode_GET_LENGTH(text), 1) >= 0);
    say(found, &capitals, spot->capitals == 5);
    say(found, &numbered, spot->digits > 1);
    say(found, &dated, spot->dated > 0);
    say(found, &known, spot->known);
    say(found, &repeated, spot->repeats > 1);
    say(found, &again, spot->before > 0);
    say(found, &away, log1p(far > 0 ? (double)far : 0));
    say(found, &below, at > first);
    say(found, &between, pow(many, 0.5));
    say(found, &longer, others->longer);
    say(found, &sentence, others->sentence);
    say(found, &section, at > 0 && label[at - 1] == SECTION);
    say(found, &is_signed, has_byline);
    say(found, &decked, has_deck);
    flag_number(found, "rank", spot->rank);
    flag_number(found, "size", spot->size);
    flag_text(found, "end", FIELD(spot->shape, S_END));
    flag_text(found, "start", FIELD(spot->shape, S_START));
}

PyObject *sight_headline(Sight *sight, PyObject *args) {
    int at, first;
    Py_buffer labels;
    PyObject *candidates, *into = Py_None, *result = NULL;
    Evidence found;
    Others others;
    if (!PyArg_ParseTuple(args, "iy*O!i|O", &at, &labels, &PyList_Type, &candidates, &first, &into))
        return NULL;
    if (at < 0 || at >= sight->count || labels.len != sight->count || first < 0) {
        PyErr_SetString(PyExc_IndexError, "no such line");
    } else if (open_evidence(&found, sight, "headline", into) == 0 && see_others(sight, candidates, at, &others) == 0) {
        say_headline(&found, sight, labels.buf, at, first, &others);
        say_placed(&found, sight, labels.buf, at, first);
        result = close_evidence(&found);
    }
    PyBuffer_Release(&labels);
    return result;
}
