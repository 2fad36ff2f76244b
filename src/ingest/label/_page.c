/* Python's lines, shapes and context -> what the features need of them.

   Nothing here runs code of Python's, so the objects stay as they are while they are looked at. */

#include "_page.h"

/* A lone surrogate is in no model's feature, and so is this byte. */
static const Text UNKNOWN = {"\xff", 1};

int read_text(PyObject *object, Text *text) {
    text->text = PyUnicode_AsUTF8AndSize(object, &text->size);
    if (text->text)
        return 0; /* no str is a TypeError */
    if (!PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
        return -1;
    PyErr_Clear();
    *text = UNKNOWN;
    return 0;
}

int read_int(PyObject *object, int *number) {
    int over;
    if (!PyLong_Check(object)) {
        PyErr_SetString(PyExc_TypeError, "a count is an int");
        return -1;
    }
    long value = PyLong_AsLongAndOverflow(object, &over);
    *number = over > 0 || value > INT_MAX ? INT_MAX : over < 0 || value < -NEAR ? -NEAR : (int)value;
    return 0;
}

int is_tuple(PyObject *object, Py_ssize_t least) {
    if (PyTuple_Check(object) && PyTuple_GET_SIZE(object) >= least)
        return 1;
    PyErr_SetString(PyExc_TypeError, "lines, shapes and context are the tuples that they are named for");
    return 0;
}

static int read_shape(PyObject *shape, Look *look) {
    if (!is_tuple(shape, S_FIELDS))
        return -1;
    look->words = FIELD(shape, S_WORDS), look->marks = FIELD(shape, S_MARKS), look->lexicon = FIELD(shape, S_LEXICON);
    if (!is_tuple(look->words, 0) || !is_tuple(look->marks, 0) || !is_tuple(look->lexicon, 0) ||
        read_int(FIELD(shape, S_SIZE), &look->size) < 0 || read_text(FIELD(shape, S_END), &look->end) < 0 ||
        read_text(FIELD(shape, S_START), &look->start) < 0 ||
        read_int(FIELD(shape, S_SENTENCES), &look->sentences) < 0 ||
        read_int(FIELD(shape, S_CAPITALS), &look->capitals) < 0 ||
        read_int(FIELD(shape, S_DIGITS), &look->digits) < 0 || read_int(FIELD(shape, S_DATE), &look->date) < 0)
        return -1;
    Py_ssize_t words = PyTuple_GET_SIZE(look->words);
    int name = (look->capitals == 4 || look->capitals == 5) && words >= 2 && words <= 4 && !look->digits &&
               !PyTuple_GET_SIZE(look->lexicon) && look->end.size == 1 && look->end.text[0] == 'a';
    look->named = name ? (int)words : 0;
    return 0;
}

static int read_context(PyObject *context, Py_ssize_t at, Look *look) {
    int *numbers[C_FIELDS] = {[C_REPEATS] = &look->repeats, [C_BEFORE] = &look->before, [C_AFTER] = &look->after,
                              [C_SHARED] = &look->shared,   [C_LEDE] = &look->lede,     [C_HELD] = &look->held,
                              [C_HOLDS] = &look->holds,     [C_RANK] = &look->rank,     [C_RUN] = &look->run,
                              [C_DENSITY] = &look->density};
    Text *texts[C_FIELDS] = {[C_KINDS] = &look->kind, [C_ROUND] = &look->round, [C_HOME] = &look->home};
    for (int field = C_KINDS; field < C_FIELDS; field++) {
        PyObject *value = PyList_GET_ITEM(FIELD(context, field), at);
        if (numbers[field] ? read_int(value, numbers[field]) < 0 : read_text(value, texts[field]) < 0)
            return -1;
    }
    return 0;
}

static int read_line(PyObject *line, Look *look) {
    if (!is_tuple(line, L_FIELDS) || read_int(FIELD(line, L_GAP), &look->gap) < 0)
        return -1;
    PyObject *hints = FIELD(line, L_HINTS);
    look->href = Py_None, look->line_text = FIELD(line, L_TEXT);
    if (!PyUnicode_CheckExact(look->line_text)) { /* whose methods are known to run no code of Python's */
        PyErr_SetString(PyExc_TypeError, "a line's text is a str");
        return -1;
    }
    if (hints == Py_None)
        return 0;
    if (!is_tuple(hints, H_FIELDS) || read_text(FIELD(hints, H_TAG), &look->tag) < 0 ||
        read_int(FIELD(hints, H_BLOCK), &look->block) < 0 || read_int(FIELD(hints, H_DEPTH), &look->depth) < 0)
        return -1;
    PyObject *share = FIELD(hints, H_LINK_SHARE), *href = FIELD(hints, H_HREF), *time = FIELD(hints, H_DATETIME);
    PyObject *words = FIELD(hints, H_WORDS), *ancestors = FIELD(hints, H_ANCESTORS);
    if (!(PyFloat_Check(share) || PyLong_Check(share)) || !PyAnySet_CheckExact(words) ||
        !PyAnySet_CheckExact(ancestors) || !(href == Py_None || PyUnicode_CheckExact(href)) || !(time == Py_None || PyUnicode_Check(time))) {
        PyErr_SetString(PyExc_TypeError, "hints are as they are named");
        return -1;
    }
    look->marked_up = 1;
    look->link_share = PyFloat_Check(share) ? PyFloat_AS_DOUBLE(share) : (double)(PyLong_AsLong(share) > 0);
    if (!(look->link_share >= 0 && look->link_share < 1e6)) /* no number, or none that an int can hold */
        look->link_share = 0;
    if (PyErr_Occurred())
        PyErr_Clear(); /* an int beyond a long */
    look->names[0] = ancestors, look->names[1] = words;
    look->bare = !PySet_GET_SIZE(words) && !PySet_GET_SIZE(ancestors);
    look->timed = time != Py_None && PyUnicode_GET_LENGTH(time) > 0;
    look->href = href != Py_None && PyUnicode_GET_LENGTH(href) > 0 ? href : Py_None;
    return 0;
}

int read_page(Page *page, PyObject *lines, PyObject *shapes, PyObject *context) {
    Py_ssize_t count = PyList_GET_SIZE(lines);
    PyObject *core = is_tuple(context, C_FIELDS) ? FIELD(context, C_CORE) : NULL;
    if (!core || !is_tuple(core, 2) || read_int(FIELD(core, 0), &page->start) < 0 ||
        read_int(FIELD(core, 1), &page->end) < 0)
        return -1;
    int same = PyList_GET_SIZE(shapes) == count && count < INT_MAX / 16;
    for (int field = C_KINDS; field < C_FIELDS; field++)
        same = same && PyList_Check(FIELD(context, field)) && PyList_GET_SIZE(FIELD(context, field)) == count;
    if (!same) {
        PyErr_SetString(PyExc_ValueError, "there are not as many shapes or entries of the context as lines");
        return -1;
    }
    page->looks = PyMem_Calloc((size_t)count + 1, sizeof(Look));
    if (!page->looks) {
        PyErr_NoMemory();
        return -1;
    }
    for (page->count = 0; page->count < count; page->count++) {
        Look *look = &page->looks[page->count];
        if (read_shape(PyList_GET_ITEM(shapes, page->count), look) < 0 ||
            read_line(PyList_GET_ITEM(lines, page->count), look) < 0 || read_context(context, page->count, look) < 0)
            return -1;
        page->gaps |= look->gap > 0;
    }
    return 0;
}
