/* The arithmetic of the labeller: a CRFsuite model read, and the probabilities of a page's labels.

   What python-crfsuite does, three to five times as fast: it copies every feature of every line into a
   string of its own, this looks them up where they are. Without this module, python-crfsuite is used;
   a test holds the two together.

   Source of the model's form: CRFsuite 0.12, lib/crf/src/crf1d_model.c and lib/cqdb (file layout).
   Source of the arithmetic: Rabiner, "A tutorial on hidden Markov models", 1989 (scaled forward-backward),
   with the potentials of a linear-chain CRF in the place of probabilities. */

#include "_stems.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- the file ---- */

typedef struct {
    const unsigned char *bytes;
    size_t size;
    int broken; /* something was asked for beyond the end */
} File;

static uint32_t number_at(File *file, size_t at) {
    uint32_t value;
    if (at + 4 > file->size || at + 4 < at) {
        file->broken = 1;
        return 0;
    }
    value = (uint32_t)file->bytes[at] | (uint32_t)file->bytes[at + 1] << 8 |
            (uint32_t)file->bytes[at + 2] << 16 | (uint32_t)file->bytes[at + 3] << 24;
    return value;
}

static double weight_at(File *file, size_t at) {
    uint64_t bits = (uint64_t)number_at(file, at) | (uint64_t)number_at(file, at + 4) << 32;
    double value;
    memcpy(&value, &bits, 8);
    return value;
}

/* The text with a number in a database of texts (CQDB) that begins at ``base``. */
static const char *text_of(File *file, size_t base, uint32_t number, uint32_t *size) {
    size_t back = base + number_at(file, base + 20); /* offsets of the records, by number */
    size_t record = base + number_at(file, back + 4 * (size_t)number);
    *size = number_at(file, record + 4);
    if (file->broken || *size == 0 || record + 8 + *size > file->size) {
        file->broken = 1;
        return "";
    }
    *size -= 1; /* without the NUL that ends it */
    return (const char *)file->bytes + record + 8;
}

enum { FEATURES = 28, LABELS = 32, ATTRIBUTES = 36, OF_LABELS = 40, OF_ATTRIBUTES = 44 }; /* in the head */

static int read_names(Model *model, File *file) {
    size_t base = number_at(file, LABELS);
    model->names = PyTuple_New(model->labels);
    if (!model->names)
        return -1;
    for (int label = 0; label < model->labels; label++) {
        uint32_t size;
        const char *text = text_of(file, base, (uint32_t)label, &size);
        PyObject *name = file->broken ? NULL : PyUnicode_DecodeUTF8(text, size, NULL);
        if (!name)
            return -1;
        PyTuple_SET_ITEM(model->names, label, name);
    }
    return 0;
}

static void read_transitions(Model *model, File *file, size_t features) {
    size_t table = number_at(file, OF_LABELS) + 12;
    for (uint32_t from = 0; from < (uint32_t)model->labels; from++) {
        size_t list = number_at(file, table + 4 * (size_t)from);
        uint32_t count = number_at(file, list);
        for (uint32_t one = 0; one < count && !file->broken; one++) {
            size_t at = features + 20 * (size_t)number_at(file, list + 4 + 4 * (size_t)one);
            uint32_t to = number_at(file, at + 8);
            if (to < (uint32_t)model->labels)
                model->transition[from][to] = weight_at(file, at + 12);
        }
    }
}

static int read_attributes(Model *model, File *file, size_t features, uint32_t count, uint32_t weights) {
    size_t base = number_at(file, ATTRIBUTES), table = number_at(file, OF_ATTRIBUTES) + 12;
    uint32_t slots = 16, next = 0;
    while (slots < 2 * count)
        slots *= 2;
    model->mask = slots - 1;
    model->slots = PyMem_Calloc(slots, sizeof(Slot));
    model->weights = PyMem_Calloc(weights + 1, sizeof(Weight));
    if (!model->slots || !model->weights) {
        PyErr_NoMemory();
        return -1;
    }
    for (uint32_t attribute = 0; attribute < count && !file->broken; attribute++) {
        size_t list = number_at(file, table + 4 * (size_t)attribute);
        uint32_t size, many = number_at(file, list);
        const char *text = text_of(file, base, attribute, &size);
        if (file->broken || many == 0 || many > weights - next)
            continue;
        uint64_t hash = hash_on(HASH_START, text, size);
        Slot *slot = slot_of(model, hash);
        *slot = (Slot){hash, next, many};
        for (uint32_t one = 0; one < many; one++, next++) {
            size_t at = features + 20 * (size_t)number_at(file, list + 4 + 4 * (size_t)one);
            uint32_t label = number_at(file, at + 8);
            model->weights[next] = (Weight){label < (uint32_t)model->labels ? label : 0, weight_at(file, at + 12)};
        }
    }
    return 0;
}

static int read_model(Model *model, File *file) {
    uint32_t weights = number_at(file, 16), labels = number_at(file, 20), attributes = number_at(file, 24);
    if (file->broken || memcmp(file->bytes, "lCRF", 4) || memcmp(file->bytes + 8, "FOMC", 4) || labels == 0 ||
        labels > MOST_LABELS || weights > file->size / 20 || attributes > file->size / 8) {
        PyErr_SetString(PyExc_ValueError, "this is no CRFsuite model");
        return -1;
    }
    size_t features = number_at(file, FEATURES) + 12;
    weights = number_at(file, features - 4);
    if (weights > file->size / 20)
        file->broken = 1;
    model->labels = (int)labels;
    if (read_names(model, file) == 0) {
        read_transitions(model, file, features);
        if (read_attributes(model, file, features, attributes, weights) < 0)
            return -1;
    }
    if (file->broken && !PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "the CRFsuite model breaks off");
    return PyErr_Occurred() ? -1 : 0;
}

static int model_init(Model *model, PyObject *args, PyObject *named) {
    Py_buffer view;
    if (model->names) {
        PyErr_SetString(PyExc_RuntimeError, "a model is read once");
        return -1;
    }
    if (!PyArg_ParseTuple(args, "y*", &view))
        return -1;
    File file = {view.buf, (size_t)view.len, 0};
    int failed = read_model(model, &file);
    PyBuffer_Release(&view);
    return failed;
}

static void model_dealloc(Model *model) {
    PyMem_Free(model->slots);
    PyMem_Free(model->weights);
    Py_XDECREF(model->names);
    Py_TYPE(model)->tp_free((PyObject *)model);
}

/* ---- a page ---- */

/* ``state`` becomes the probability of each label for each line; ``ahead`` and ``back`` are room to work in. */
static void marginals(Model *model, double *state, Py_ssize_t count, double *ahead, double *back) {
    int many = model->labels;
    double step[MOST_LABELS][MOST_LABELS];
    for (int from = 0; from < many; from++)
        for (int to = 0; to < many; to++)
            step[from][to] = exp(model->transition[from][to]);
    for (Py_ssize_t line = 0; line < count; line++) { /* exp, against the greatest, which cancels out */
        double *own = state + line * many, top = own[0];
        for (int one = 1; one < many; one++)
            top = own[one] > top ? own[one] : top;
        for (int one = 0; one < many; one++)
            own[one] = exp(own[one] - top);
    }
    for (Py_ssize_t line = 0; line < count; line++) {
        double *own = ahead + line * many, sum = 0;
        for (int to = 0; to < many; to++) {
            double reach = line ? 0 : 1;
            for (int from = 0; line && from < many; from++)
                reach += own[from - many] * step[from][to];
            own[to] = reach * state[line * many + to];
            sum += own[to];
        }
        for (int to = 0; to < many; to++)
            own[to] /= sum;
    }
    for (Py_ssize_t line = count; line-- > 0;) {
        double *own = back + line * many, sum = 0;
        for (int from = 0; from < many; from++) {
            double reach = line + 1 < count ? 0 : 1;
            for (int to = 0; line + 1 < count && to < many; to++)
                reach += step[from][to] * state[(line + 1) * many + to] * own[many + to];
            own[from] = reach;
            sum += reach;
        }
        for (int from = 0; from < many; from++)
            own[from] /= sum;
    }
    for (Py_ssize_t line = 0; line < count; line++) {
        double *own = state + line * many, sum = 0;
        for (int one = 0; one < many; one++)
            sum += own[one] = ahead[line * many + one] * back[line * many + one];
        for (int one = 0; one < many; one++)
            own[one] /= sum;
    }
}

/* {name: probabilities} */
static PyObject *told(Model *model, const double *state, Py_ssize_t count) {
    PyObject *columns = PyDict_New();
    for (int label = 0; columns && label < model->labels; label++) {
        PyObject *column = PyList_New(count);
        for (Py_ssize_t line = 0; column && line < count; line++) {
            PyObject *chance = PyFloat_FromDouble(state[line * model->labels + label]);
            if (!chance)
                Py_CLEAR(column);
            else
                PyList_SET_ITEM(column, line, chance);
        }
        if (!column || PyDict_SetItem(columns, PyTuple_GET_ITEM(model->names, label), column) < 0)
            Py_CLEAR(columns);
        Py_XDECREF(column);
    }
    return columns;
}

/* Room for a page's sums, and to work in behind them. */
double *new_state(Model *model, Py_ssize_t count) {
    double *state = NULL;
    if ((size_t)count < PY_SSIZE_T_MAX / (MOST_LABELS * 3 * sizeof(double)) - 1)
        state = PyMem_Calloc((size_t)(count + 1) * (size_t)model->labels * 3, sizeof(double));
    if (!state)
        PyErr_NoMemory();
    return state;
}

PyObject *model_answer(Model *model, double *state, Py_ssize_t count) {
    Py_ssize_t cells = (count + 1) * model->labels;
    marginals(model, state, count, state + cells, state + 2 * cells);
    return told(model, state, count);
}

PyDoc_STRVAR(look_doc, "look(lines, shapes, context, extras) -> dict[str, list[float]]\n\n"
                       "The probability of each label for each of the lines; ``extras`` are those of features.py.");
PyDoc_STRVAR(hashes_doc, "hashes(lines, shapes, context, extras) -> list[list[int]]: the features' hashes, for tests");
PyDoc_STRVAR(group_doc, "group(features: list[str]) -> bytes: features that many lines share, looked up once");

static PyMethodDef model_methods[] = {
    {"look", (PyCFunction)model_look, METH_VARARGS, look_doc},
    {"hashes", (PyCFunction)model_hashes, METH_VARARGS, hashes_doc},
    {"group", (PyCFunction)model_group, METH_O, group_doc},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject model_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "ingest.label._crf.Model",
    .tp_doc = "Model(data: bytes): a CRFsuite model. Raises ValueError for bytes that are none.",
    .tp_basicsize = sizeof(Model),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)model_init,
    .tp_dealloc = (destructor)model_dealloc,
    .tp_methods = model_methods,
};

PyDoc_STRVAR(measure_doc, "measure(text, shape, index, moments, date) -> shape: what shape.py tells of a line\n\n"
                          "``shape`` is the class, ``index`` the vocabulary's phrases by their first word, ``moments``\n"
                          "the words of dates without a digit; ``date`` is asked of texts that may hold one.");

PyDoc_STRVAR(gather_doc, "gather(lines, shapes) -> tuple: the fields of context.py's Context but the last");

static PyMethodDef functions[] = {
    {"gather", (PyCFunction)(void (*)(void))gather, METH_FASTCALL, gather_doc},
    {"measure", (PyCFunction)(void (*)(void))measure, METH_FASTCALL, measure_doc},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, .m_name = "ingest.label._crf", .m_size = -1, .m_methods = functions};

PyMODINIT_FUNC PyInit__crf(void) {
    PyObject *made;
    if (PyType_Ready(&model_type) < 0 || PyType_Ready(&told_type) < 0 || !(made = PyModule_Create(&module)))
        return NULL;
    if (PyModule_AddObjectRef(made, "Model", (PyObject *)&model_type) < 0 ||
        PyModule_AddObjectRef(made, "Told", (PyObject *)&told_type) < 0)
        Py_CLEAR(made);
    return made;
}
