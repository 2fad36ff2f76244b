/* What the decisions about a page weigh of a line, without a dict being made of it.

   story.line_evidence and titles.title_evidence say what it is, and make it where someone wants to see it: in
   training, in tests and where there is no compiler. Tests hold them together, measure by measure. */

#include "_sight.h"

#include <stdlib.h>

int is_in_story(int label) { return label == PARAGRAPH || label == SUBHEADING; }

/* ---- evidence ---- */

static void say_object(Evidence *evidence, PyObject *name, double value) {
    if (evidence->dict) {
        PyObject *number = PyFloat_FromDouble(value);
        evidence->failed |= !number || PyDict_SetItem(evidence->dict, name, number) < 0;
        Py_XDECREF(number);
        return;
    }
    PyObject *weight = PyDict_GetItemWithError(evidence->weights, name);
    if (weight)
        evidence->sum += PyFloat_AsDouble(weight) * value;
    else
        evidence->failed |= PyErr_Occurred() != NULL;
}

void say(Evidence *evidence, Name *name, double value) {
    if (!name->name && !(name->name = PyUnicode_InternFromString(name->text)))
        evidence->failed = 1;
    else
        say_object(evidence, name->name, value);
}

static void flag(Evidence *evidence, PyObject *name) {
    if (name)
        say_object(evidence, name, 1.0);
    else
        evidence->failed = 1;
    Py_XDECREF(name);
}

void flag_number(Evidence *evidence, const char *name, int value) {
    flag(evidence, PyUnicode_FromFormat("%s %d", name, value));
}

void flag_text(Evidence *evidence, const char *name, PyObject *value) {
    flag(evidence, PyUnicode_FromFormat("%s %U", name, value));
}

/* ``into`` is a dict for the evidence, or None where only its weight is asked for. */
int open_evidence(Evidence *evidence, const Sight *sight, const char *question, PyObject *into) {
    *evidence = (Evidence){0};
    if (into != Py_None) {
        evidence->dict = into;
        return PyDict_Check(into) ? 0 : (PyErr_SetString(PyExc_TypeError, "evidence goes into a dict"), -1);
    }
    evidence->weights = PyDict_GetItemString(sight->weights, question);
    if (evidence->weights && PyDict_Check(evidence->weights))
        return 0;
    PyErr_Format(PyExc_KeyError, "no weights for %s", question);
    return -1;
}

PyObject *close_evidence(const Evidence *evidence) {
    if (!evidence->failed)
        return PyFloat_FromDouble(evidence->sum);
    return PyErr_Occurred() ? NULL : PyErr_NoMemory();
}

/* ---- a line in the story or none: story.line_evidence ---- */

static void say_line(Evidence *found, const Sight *sight, const unsigned char *label, int at, double share) {
    static Name chance = {"chance"}, caption = {"caption"}, teaser = {"teaser"}, head = {"head"}, in = {"in story"},
                behind = {"back"}, before = {"ahead"}, amid = {"amid"}, after = {"right after"},
                ahead_of = {"right before"}, prose = {"prose"}, sentences = {"sentences"}, told = {"told"},
                repeated = {"repeated"}, known = {"known words"}, dated = {"dated"}, run = {"run"},
                more = {"prose after the story"}, plain = {"prose after the story, plain"},
                last = {"prose after the story, at its end"}, alike = {"prose after the story, alike"},
                apart = {"prose after the story, as far apart"};
    int back = 0, ahead = 0;
    const Spot *spot = &sight->spots[at];
    for (int one = at > 4 ? at - 4 : 0; one < at; one++)
        back += is_in_story(label[one]);
    for (int one = at + 1; one < at + 5 && one < sight->count; one++)
        ahead += is_in_story(label[one]);
    int follows = at > 0 && is_in_story(label[at - 1]);
    int precedes = at + 1 < sight->count && is_in_story(label[at + 1]);
    say(found, &chance, odds(chance_of(sight, PARAGRAPH, at) + chance_of(sight, SUBHEADING, at)));
    say(found, &caption, chance_of(sight, CAPTION, at));
    say(found, &teaser, chance_of(sight, TITLE, at) + chance_of(sight, BLURB, at));
    say(found, &head, chance_of(sight, HEADLINE, at) + chance_of(sight, DECK, at) + chance_of(sight, BYLINE, at));
    say(found, &in, is_in_story(label[at]));
    say(found, &behind, back / 4.0);
    say(found, &before, ahead / 4.0);
    say(found, &amid, back && ahead);
    say(found, &after, follows);
    say(found, &ahead_of, precedes);
    say(found, &prose, spot->prose);
    say(found, &sentences, at_most(spot->sentences, 3) / 3.0);
    say(found, &told, share);
    say(found, &repeated, spot->repeats > 1);
    say(found, &known, spot->known);
    say(found, &dated, spot->dated > 0);
    say(found, &run, at_most(spot->run, 5) / 5.0);
    flag_number(found, "size", spot->size);
    flag_text(found, "end", FIELD(spot->shape, S_END));
    if (spot->prose && follows) {
        const Spot *above = spot - 1;
        say(found, &more, 1.0);
        say(found, &plain, !spot->known);
        say(found, &last, !ahead);
        say(found, &alike, are_alike(spot, above));
        say(found, &apart, spot->gap == above->gap);
    }
}

static PyObject *sight_line(Sight *sight, PyObject *args) {
    int at;
    double share;
    Py_buffer labels;
    PyObject *into = Py_None, *result = NULL;
    Evidence found;
    if (!PyArg_ParseTuple(args, "iy*d|O", &at, &labels, &share, &into))
        return NULL;
    if (at < 0 || at >= sight->count || labels.len != sight->count) {
        PyErr_SetString(PyExc_IndexError, "no such line");
    } else if (open_evidence(&found, sight, "line", into) == 0) {
        say_line(&found, sight, labels.buf, at, share);
        result = close_evidence(&found);
    }
    PyBuffer_Release(&labels);
    return result;
}

/* ---- another story's title or none: titles.title_evidence ---- */

enum { AROUND = 6, MANY = 8, PARTS = 5 };
static const int TOLD_BY[PARTS + 1] = {TITLE, TEASER_DATE, BLURB, TEASER_BYLINE, SECTION, CHROME};

static int is_gap(const Sight *sight, int at) { return at < sight->count && sight->spots[at].gap; }

static char beat(const Spot *spot) { return beat_of(spot->dated, spot->prose, spot->size); }

static int key_of(const Sight *sight, int at, uint64_t *key) {
    Text turn;
    if (read_text(PyList_GET_ITEM(FIELD(sight->context, C_ROUND), at), &turn) < 0)
        return -1;
    *key = is_gap(sight, at) ? HASH_STEP(HASH_START, '-') : HASH_START;
    *key = hash_on(*key, turn.text, turn.size);
    for (int one = at - 1; !turn.size && one <= at + 1; one++)
        if (one >= 0 && one < sight->count)
            *key = HASH_STEP(*key, beat(&sight->spots[one]));
    *key = is_gap(sight, at + 1) ? HASH_STEP(*key, '-') : *key;
    return 0;
}

static Place *place_in(const Sight *sight, uint64_t key) {
    size_t at = (size_t)(key ^ key >> 32) & sight->mask;
    while (sight->places[at].lines && sight->places[at].key != key)
        at = (at + 1) & sight->mask;
    return &sight->places[at];
}

/* titles.places_of */
static int find_places(Sight *sight) {
    size_t size = 16;
    while (size < 2 * (size_t)sight->count)
        size *= 2;
    sight->mask = size - 1;
    sight->keys = PyMem_Calloc((size_t)sight->count + 1, sizeof *sight->keys);
    sight->places = sight->keys ? PyMem_Calloc(size, sizeof *sight->places) : NULL;
    if (!sight->places)
        return PyErr_NoMemory(), -1;
    for (int at = 0; at < sight->count; at++) {
        if (key_of(sight, at, &sight->keys[at]) < 0)
            return -1;
        Place *place = place_in(sight, sight->keys[at]);
        place->key = sight->keys[at], place->lines++;
        for (int one = 0; one <= PARTS; one++)
            place->sums[one] += chance_of(sight, TOLD_BY[one], at);
    }
    return 0;
}

static void say_echoes(Evidence *found, const Sight *sight, int at) {
    static Name alone = {"alone"}, echoes = {"echoes"};
    static Name one[PARTS + 1] = {{"echo teaser-title"},  {"echo teaser-date"},   {"echo teaser-blurb"},
                                  {"echo teaser-byline"}, {"echo section-label"}, {"echo chrome"}};
    static Name all[PARTS + 1] = {{"echoes teaser-title"},  {"echoes teaser-date"},   {"echoes teaser-blurb"},
                                  {"echoes teaser-byline"}, {"echoes section-label"}, {"echoes chrome"}};
    const Place *place = place_in(sight, sight->keys[at]);
    int others = place->lines - 1;
    if (!others) {
        say(found, &alone, 1.0);
        return;
    }
    double trust = at_most(others, MANY) / (double)MANY;
    say(found, &echoes, trust);
    for (int part = 0; part <= PARTS; part++) {
        double rest = place->sums[part] - chance_of(sight, TOLD_BY[part], at);
        double likely = odds((rest > 0 ? rest : 0) / others);
        say(found, &one[part], likely);
        say(found, &all[part], trust * likely);
    }
}

static double most_of(const Sight *sight, int at, int one, int two, int three) {
    double most = fmax(chance_of(sight, one, at), chance_of(sight, two, at));
    return fmax(most, chance_of(sight, three, at));
}

static void say_beside(Evidence *found, const Sight *sight, int at) {
    static const int steps[4] = {-2, -1, 1, 2};
    static Name names[4][PARTS] = {
        {{"teaser-title -2"}, {"teaser-date -2"}, {"teaser-blurb -2"}, {"teaser-byline -2"}, {"section-label -2"}},
        {{"teaser-title -1"}, {"teaser-date -1"}, {"teaser-blurb -1"}, {"teaser-byline -1"}, {"section-label -1"}},
        {{"teaser-title +1"}, {"teaser-date +1"}, {"teaser-blurb +1"}, {"teaser-byline +1"}, {"section-label +1"}},
        {{"teaser-title +2"}, {"teaser-date +2"}, {"teaser-blurb +2"}, {"teaser-byline +2"}, {"section-label +2"}}};
    static Name after = {"after an entry"}, dated = {"after an entry, dated"},
                told = {"after an entry, with a blurb"}, between = {"between titles"};
    for (int step = 0; step < 4; step++)
        for (int part = 0; part < PARTS; part++) {
            int there = at + steps[step];
            if (there >= 0 && there < sight->count && chance_of(sight, TOLD_BY[part], there) > 0.01)
                say(found, &names[step][part], chance_of(sight, TOLD_BY[part], there));
        }
    if (at > 0 && at < sight->count - 1) {
        double over = most_of(sight, at - 1, TEASER_DATE, BLURB, TEASER_BYLINE);
        say(found, &after, over);
        say(found, &dated, over * chance_of(sight, TEASER_DATE, at + 1));
        say(found, &told, over * chance_of(sight, BLURB, at + 1));
        say(found, &between, chance_of(sight, TITLE, at - 1) * chance_of(sight, TITLE, at + 1));
    }
}

static PyObject *sight_title(Sight *sight, PyObject *args) {
    static Name chance = {"chance"}, blurb = {"blurb"}, section = {"section"}, caption = {"caption"},
                labelled = {"labelled"}, around = {"around"}, best = {"best around"}, alike = {"alike"},
                likely = {"alike and likely"}, above = {"above story"}, in = {"in story"}, sentences = {"sentences"},
                words = {"words"}, wide = {"wide"}, repeated = {"repeated"}, known = {"known words"},
                dated = {"dated"}, told = {"told"};
    int at, label, start, stop, near = 0, same = 0;
    double sum = 0, most = 0, most_alike = 0;
    PyObject *into = Py_None;
    Evidence found;
    if (!PyArg_ParseTuple(args, "iiii|O", &at, &label, &start, &stop, &into))
        return NULL;
    if (at < 0 || at >= sight->count)
        return PyErr_SetString(PyExc_IndexError, "no such line"), NULL;
    if (open_evidence(&found, sight, "title", into) < 0 || (!sight->places && find_places(sight) < 0))
        return NULL;
    const Spot *spot = &sight->spots[at];
    for (int one = at > AROUND ? at - AROUND : 0; one <= at + AROUND && one < sight->count; one++) {
        double title = chance_of(sight, TITLE, one);
        if (one == at)
            continue;
        near++, sum += title, most = fmax(most, title);
        if (are_alike(&sight->spots[one], spot))
            same++, most_alike = fmax(most_alike, title);
    }
    say(&found, &chance, odds(chance_of(sight, TITLE, at)));
    say(&found, &blurb, chance_of(sight, BLURB, at));
    say(&found, &section, chance_of(sight, SECTION, at));
    say(&found, &caption, chance_of(sight, CAPTION, at));
    say(&found, &labelled, label == TITLE);
    say(&found, &around, sum / (near ? near : 1));
    say(&found, &best, most);
    say(&found, &alike, same / (double)(near ? near : 1));
    say(&found, &likely, most_alike);
    say(&found, &above, at < start);
    say(&found, &in, at >= start && at < stop);
    say(&found, &sentences, at_most(spot->sentences, 2) / 2.0);
    say(&found, &words, at_most(spot->words, 14) / 14.0);
    say(&found, &wide, spot->wide);
    say(&found, &repeated, spot->repeats > 1);
    say(&found, &known, spot->known);
    say(&found, &dated, spot->dated > 0);
    say(&found, &told, spot->shared / 4.0);
    flag_number(&found, "size", spot->size);
    flag_text(&found, "end", FIELD(spot->shape, S_END));
    flag_text(&found, "start", FIELD(spot->shape, S_START));
    flag_number(&found, "capitals", spot->capitals);
    say_beside(&found, sight, at);
    say_echoes(&found, sight, at);
    return close_evidence(&found);
}

/* ---- the page ---- */

static int is_list_of(PyObject *list, Py_ssize_t count) { return PyList_Check(list) && PyList_GET_SIZE(list) == count; }

static int read_spot(const Sight *sight, int at, Spot *spot) {
    PyObject *shape = PyList_GET_ITEM(sight->shapes, at), *line = PyList_GET_ITEM(sight->lines, at);
    if (!is_tuple(shape, S_FIELDS) || !is_tuple(line, L_FIELDS))
        return -1;
    int *const of_shape[S_FIELDS] = {[S_SIZE] = &spot->size,         [S_SENTENCES] = &spot->sentences,
                                     [S_CAPITALS] = &spot->capitals, [S_DIGITS] = &spot->digits,
                                     [S_DATE] = &spot->dated,        [S_WIDE] = &spot->wide};
    int *const of_context[C_FIELDS] = {[C_REPEATS] = &spot->repeats, [C_BEFORE] = &spot->before,
                                       [C_SHARED] = &spot->shared,   [C_RANK] = &spot->rank,
                                       [C_RUN] = &spot->run};
    for (int field = 0; field < S_FIELDS; field++)
        if (of_shape[field] && read_int(FIELD(shape, field), of_shape[field]) < 0)
            return -1;
    for (int field = 0; field < C_FIELDS; field++)
        if (of_context[field] && read_int(PyList_GET_ITEM(FIELD(sight->context, field), at), of_context[field]) < 0)
            return -1;
    spot->shape = shape, spot->kind = PyList_GET_ITEM(FIELD(sight->context, C_KINDS), at);
    PyObject *start = FIELD(shape, S_START), *end = FIELD(shape, S_END), *words = FIELD(shape, S_WORDS), *known = FIELD(shape, S_LEXICON);
    if (!PyUnicode_Check(spot->kind) || !PyUnicode_Check(start) || !PyUnicode_Check(end) || !is_tuple(words, 0) || !is_tuple(known, 0) ||
        !is_tuple(FIELD(shape, S_MARKS), 0) || !PyUnicode_Check(FIELD(line, L_TEXT))) {
        PyErr_SetString(PyExc_TypeError, "lines, shapes and context are as they are named");
        return -1;
    }
    if (read_int(FIELD(line, L_GAP), &spot->gap) < 0)
        return -1;
    Py_UCS4 last = PyUnicode_GET_LENGTH(end) == 1 ? PyUnicode_READ_CHAR(end, 0) : 0;
    spot->prose = is_prose(spot->size, spot->sentences, last);
    spot->words = (int)PyTuple_GET_SIZE(words), spot->known = PyTuple_GET_SIZE(known) > 0;
    return 0;
}

static int hold_columns(Sight *sight, PyObject *columns) {
    for (int label = 0; label < LABELS; label++) {
        Py_buffer *column = &sight->columns[label];
        if (PyObject_GetBuffer(PyList_GET_ITEM(columns, label), column, PyBUF_CONTIG_RO | PyBUF_FORMAT) < 0)
            return -1;
        if (!column->format || strcmp(column->format, "d") || column->len != 8 * (Py_ssize_t)sight->count)
            return PyErr_SetString(PyExc_ValueError, "a column is an array with a number for each line"), -1;
    }
    return 0;
}

static int sight_init(Sight *sight, PyObject *args, PyObject *named) {
    PyObject *lines, *shapes, *context, *columns, *weights;
    if (sight->lines)
        return PyErr_SetString(PyExc_RuntimeError, "a page is seen once"), -1;
    if ((named && PyDict_GET_SIZE(named)) ||
        !PyArg_ParseTuple(args, "O!O!OO!O!", &PyList_Type, &lines, &PyList_Type, &shapes, &context, &PyList_Type, &columns,
                          &PyDict_Type, &weights) ||
        !is_tuple(context, C_FIELDS))
        return -1;
    Py_ssize_t count = PyList_GET_SIZE(lines);
    int same = is_list_of(shapes, count) && is_list_of(columns, LABELS) && count < INT_MAX / 64;
    for (int field = C_KINDS; field < C_FIELDS; field++)
        same = same && is_list_of(FIELD(context, field), count);
    if (!same)
        return PyErr_SetString(PyExc_ValueError, "there are not as many of everything as lines"), -1;
    sight->lines = Py_NewRef(lines), sight->shapes = Py_NewRef(shapes), sight->context = Py_NewRef(context);
    sight->weights = Py_NewRef(weights), sight->count = (int)count;
    sight->spots = PyMem_Calloc((size_t)count + 1, sizeof *sight->spots);
    if (!sight->spots)
        return PyErr_NoMemory(), -1;
    for (int at = 0; at < sight->count; at++) {
        if (read_spot(sight, at, &sight->spots[at]) < 0)
            return -1;
        sight->spaced |= sight->spots[at].gap > 0;
    }
    return hold_columns(sight, columns);
}

static void sight_dealloc(Sight *sight) {
    PyMem_Free(sight->spots), PyMem_Free(sight->places), PyMem_Free(sight->keys);
    for (int label = 0; label < LABELS; label++)
        if (sight->columns[label].obj)
            PyBuffer_Release(&sight->columns[label]);
    Py_XDECREF(sight->lines), Py_XDECREF(sight->shapes), Py_XDECREF(sight->context), Py_XDECREF(sight->weights);
    Py_TYPE(sight)->tp_free((PyObject *)sight);
}

PyDoc_STRVAR(sight_doc, "Sight(lines, shapes, context, columns, weights): a page as the decisions weigh its lines.\n\n"
                        "``columns`` are the labels' probabilities, ``weights`` those of the regressions.");
PyDoc_STRVAR(line_doc, "line(at, labels, share, into=None) -> float: what story.line_evidence weighs of it");
PyDoc_STRVAR(title_doc, "title(at, label, start, stop, into=None) -> float: what titles.title_evidence weighs of it");
PyDoc_STRVAR(headline_doc, "headline(at, labels, candidates, first, into=None) -> float: what headline_evidence weighs");

static PyMethodDef sight_methods[] = {
    {"line", (PyCFunction)sight_line, METH_VARARGS, line_doc},
    {"title", (PyCFunction)sight_title, METH_VARARGS, title_doc},
    {"headline", (PyCFunction)sight_headline, METH_VARARGS, headline_doc},
    {NULL, NULL, 0, NULL},
};

PyTypeObject sight_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "ingest.label._crf.Sight",
    .tp_doc = sight_doc,
    .tp_basicsize = sizeof(Sight),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)sight_init,
    .tp_dealloc = (destructor)sight_dealloc,
    .tp_methods = sight_methods,
};
