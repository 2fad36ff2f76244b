/* told.Told in C: what a story tells, and how much of it a line tells again. A test holds the two together. */

#include "_stems.h"

#define LEDE 3 /* told._LEDE */

typedef struct {
    PyObject_HEAD
    Stems stems;
    uint64_t *pairs; /* of stems that follow one another, by their numbers: a table, 0 for none */
    size_t mask, count;
} Told;

/* ---- pairs ---- */

static uint64_t *pair_for(const uint64_t *pairs, size_t mask, uint64_t pair) {
    uint64_t hash = pair * 0x9e3779b97f4a7c15ULL;
    size_t at = (size_t)(hash ^ hash >> 32) & mask;
    while (pairs[at] && pairs[at] != pair)
        at = (at + 1) & mask;
    return (uint64_t *)&pairs[at];
}

static int put_pair(Told *told, uint64_t pair) {
    if (4 * told->count >= 3 * told->mask) {
        size_t mask = told->mask ? 2 * told->mask + 1 : 255;
        uint64_t *more = PyMem_Calloc(mask + 1, sizeof *more);
        if (!more)
            return -1;
        for (size_t at = 0; told->pairs && at <= told->mask; at++)
            if (told->pairs[at])
                *pair_for(more, mask, told->pairs[at]) = told->pairs[at];
        PyMem_Free(told->pairs);
        told->pairs = more, told->mask = mask;
    }
    uint64_t *slot = pair_for(told->pairs, told->mask, pair);
    told->count += !*slot;
    *slot = pair;
    return 0;
}

static uint64_t pair_of(uint32_t one, uint32_t other) { return (uint64_t)one << 32 | other; }

/* ---- reading ---- */

static int open_walk(PyObject *shape, Walk *walk) {
    if (!is_tuple(shape, S_FIELDS) || !is_tuple(FIELD(shape, S_WORDS), 0))
        return -1;
    *walk = (Walk){.words = FIELD(shape, S_WORDS), .wide = FIELD(shape, S_WIDE) == Py_True};
    for (Py_ssize_t at = 0; at < PyTuple_GET_SIZE(walk->words); at++)
        if (!PyUnicode_Check(PyTuple_GET_ITEM(walk->words, at))) {
            PyErr_SetString(PyExc_TypeError, "words are str");
            return -1;
        }
    return 0;
}

static int tell_line(Told *told, PyObject *shape, int lede) {
    Walk walk;
    Stem stem;
    uint32_t before = 0;
    if (open_walk(shape, &walk) < 0)
        return -1;
    for (; next_stem(&walk, &stem); before = stem.id) {
        stem.lede = lede;
        if (tell_stem(&told->stems, &stem) < 0 || (before && put_pair(told, pair_of(before, stem.id)) < 0)) {
            PyErr_NoMemory();
            return -1;
        }
    }
    return 0;
}

static const Stem *found(const Told *told, const Stem *stem) {
    const Stem *slot = told->stems.count ? slot_for(&told->stems, stem) : NULL;
    return slot && slot->id ? slot : NULL;
}

/* ---- what Python calls ---- */

static int told_init(Told *told, PyObject *args, PyObject *keywords) {
    PyObject *story;
    if ((keywords && PyDict_GET_SIZE(keywords)) || told->stems.slots ||
        !PyArg_ParseTuple(args, "O!", &PyList_Type, &story)) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_TypeError, "Told(story: list), once");
        return -1;
    }
    for (Py_ssize_t at = 0; at < PyList_GET_SIZE(story); at++)
        if (tell_line(told, PyList_GET_ITEM(story, at), at < LEDE) < 0)
            return -1;
    return 0;
}

static void told_dealloc(Told *told) {
    PyMem_Free(told->stems.slots);
    PyMem_Free(told->pairs);
    Py_TYPE(told)->tp_free(told);
}

static PyObject *told_share(Told *told, PyObject *shape) {
    Walk walk;
    Stem stem;
    Py_ssize_t every = 0, known = 0;
    if (open_walk(shape, &walk) < 0)
        return NULL;
    for (; next_stem(&walk, &stem); every++)
        known += found(told, &stem) != NULL;
    return PyFloat_FromDouble(every ? (double)known / (double)every : 0.0);
}

static PyObject *told_found(Told *told, PyObject *shape) {
    Walk walk;
    Stem stem;
    Py_ssize_t every = 0, lede = 0, pairs = 0;
    uint32_t before = 0;
    if (open_walk(shape, &walk) < 0)
        return NULL;
    PyObject *times = PyList_New(0);
    for (; times && next_stem(&walk, &stem); every++) {
        const Stem *slot = found(told, &stem);
        pairs += slot && before && told->count && *pair_for(told->pairs, told->mask, pair_of(before, slot->id));
        before = slot ? slot->id : 0;
        PyObject *number = slot ? PyLong_FromLong(slot->times) : NULL;
        if (slot && (!number || PyList_Append(times, number) < 0))
            Py_CLEAR(times);
        Py_XDECREF(number);
        lede += slot && slot->lede;
    }
    return times ? Py_BuildValue("nNnn", every, times, lede, pairs) : NULL;
}

PyDoc_STRVAR(share_doc, "share(shape) -> float: the share of a line's stems that the story has");
PyDoc_STRVAR(found_doc, "found(shape) -> (int, list[int], int, int): what told.Told.found tells");

static PyMethodDef told_methods[] = {
    {"share", (PyCFunction)told_share, METH_O, share_doc},
    {"found", (PyCFunction)told_found, METH_O, found_doc},
    {NULL, NULL, 0, NULL},
};

PyTypeObject told_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "ingest.label._crf.Told",
    .tp_doc = "Told(story: list): what the lines of a story tell, by their shapes",
    .tp_basicsize = sizeof(Told),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)told_init,
    .tp_dealloc = (destructor)told_dealloc,
    .tp_methods = told_methods,
};
